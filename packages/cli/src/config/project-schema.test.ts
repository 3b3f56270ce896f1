import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { projectJsonSchema, readProjectConfig } from '@lockstep/guardrails';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const PUBLISHED = fileURLToPath(new URL('../../schema/lockstep.schema.json', import.meta.url));
const published = JSON.parse(readFileSync(PUBLISHED, 'utf8'));
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  published,
);

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

test('the published schema is up to date (npm run schema)', () => {
  expect(published).toEqual(projectJsonSchema());
});

test.each([
  'guardrails: [guardrails, { lockstep: default }, { npm: "@acme/guardrails@1.4.0", folder: python }]',
  `guardrails: [{ git: "https://git.example/g", commit: ${COMMIT} }, { git: "git@git.example:g", commit: ${COMMIT} }]`,
  'rules: rules/a.yaml\nmodels: [models]\nignore: generated/\nbaseline: .lockstep/baseline.txt',
  'overrides: [{ guardrail: a, off: true, reason: x, by: y, until: 2027-01-31 }, { rule: b, stage: block, reason: x }]',
  'scan: { depth: project, timeout: 0, timeout-threshold: 1, max-target-bytes: 2 }',
])('both take %s', (text) => {
  expect(readProjectConfig(text, 'lockstep.yaml').problems).toEqual([]);
  validate(parse(text));
  expect(validate.errors).toBeNull();
});

test.each([
  ['an unknown key', 'overides: []'],
  ['a path that leads out', 'guardrails: [../x]'],
  ['a folder that leads out', 'guardrails: [{ npm: a@1.0.0, folder: x/../../y }]'],
  ['an absolute path', 'rules: /x'],
  ['a program in the place of an address', `guardrails: [{ git: "ext::sh", commit: ${COMMIT} }]`],
  ['a branch in the place of a commit', 'guardrails: [{ git: "https://git.example/g", commit: main }]'],
  ['git without a commit', 'guardrails: [{ git: "https://git.example/g" }]'],
  ['a range of versions', 'guardrails: [{ npm: a@^1.0.0 }]'],
  ['a source that is none', 'guardrails: [{}]'],
  ['an empty list', 'guardrails: []'],
  ['an override without a reason', 'overrides: [{ guardrail: a, off: true }]'],
  ['a wrong stage', 'overrides: [{ guardrail: a, stage: warn, reason: x }]'],
  ['a negative limit', 'scan: { timeout: -1 }'],
])('both refuse %s', (_, text) => {
  expect(readProjectConfig(text, 'lockstep.yaml').config).toBeNull();
  expect(validate(parse(text))).toBe(false);
});
