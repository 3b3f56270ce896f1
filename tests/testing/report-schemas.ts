import { readFileSync } from 'node:fs';
import { rdformatSchema } from '@umbrelladocs/rdformat-validator';
import { Ajv, type AnySchemaObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { HtmlValidate } from 'html-validate';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

/** What is wrong with a report, by the schema of its format; empty where nothing is. */
export type Check = (report: string) => string[];

const read = (name: string) => readFileSync(new URL(`../schemas/${name}`, import.meta.url), 'utf8');

function jsonCheck(ajv: Ajv | Ajv2020, schema: AnySchemaObject): Check {
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (report) => {
    validate(JSON.parse(report));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

const gitlabReport = jsonCheck(new Ajv({ strictTypes: false }), JSON.parse(read('gitlab-security-report.json')));

/**
 * The schema of Jenkins' xUnit plugin, and the attributes beyond it that pytest, Semgrep and we write and GitLab and
 * CircleCI read: there has never been one schema.
 */
function junitCheck(): Check {
  const attribute = (name: string) => `<xs:attribute name="${name}" type="xs:string"/>`;
  const xsd = read('junit-10.xsd')
    .replace(attribute('classname'), `$&${attribute('file')}${attribute('line')}`)
    .replace('<xs:attribute name="failures" type="xs:string" use="required"/>', `$&${attribute('disabled')}`)
    .replace('<xs:attribute name="failures" type="xs:string" />', `$&${attribute('disabled')}`);
  return (report) => {
    using schema = XmlDocument.fromString(xsd);
    using validator = XsdValidator.fromDoc(schema);
    try {
      using document = XmlDocument.fromString(report);
      validator.validate(document);
      return [];
    } catch (error) {
      return [String(error)];
    }
  };
}

function htmlCheck(): Check {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    // Lines of code end in blanks where the code does.
    rules: { 'no-trailing-whitespace': 'off' },
  });
  return (report) =>
    validator
      .validateStringSync(report)
      .results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`));
}

export const CHECKS = {
  sarif: jsonCheck(new Ajv2020({ strict: false }), JSON.parse(read('sarif-2.1.0.json'))),
  'gitlab-sast': gitlabReport,
  'gitlab-secrets': gitlabReport,
  'gitlab-codequality': jsonCheck(new Ajv(), JSON.parse(read('gitlab-codequality.json'))),
  rdjson: jsonCheck(new Ajv(), rdformatSchema as AnySchemaObject),
  'junit-xml': junitCheck(),
  html: htmlCheck(),
} satisfies Record<string, Check>;
