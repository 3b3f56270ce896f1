import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guardrailJsonSchema, readGuardrail } from '@lockstep/guardrails';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const PUBLISHED = join(REPOSITORY, 'packages/cli/schema/guardrail.schema.json');

const published = JSON.parse(readFileSync(PUBLISHED, 'utf8'));
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  published,
);

/** Everything that both the reader and editors must take: the library and the exercises. */
const FOLDERS = ['guardrails', 'examples/guardrail-exercises', 'tests/fixtures/short-forms'].flatMap((parent) =>
  readdirSync(join(REPOSITORY, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`),
);

test('the published schema is up to date (npm run schema)', () => {
  expect(published).toEqual(guardrailJsonSchema());
});

test.each(FOLDERS)('%s fits the schema', (folder) => {
  validate(parse(readFileSync(join(REPOSITORY, folder, 'guardrail.yaml'), 'utf8')));
  expect(validate.errors).toBeNull();
});

const GOOD = `
id: sample
promise: Nothing is left to chance.
weakness: CWE-330
owners: { security: "@acme/appsec", engineering: "@acme/web" }
stage: comment
languages: [python]
`;

/** What the reader refuses or warns of, the schema must not praise. */
test.each([
  ['an unknown key', 'stages: block'],
  ['a wrong stage', 'history: [{ date: 2026-01-01, from: none, to: block, who: x, why: y }]'],
  ['a wrong date', 'origin: { kind: review, date: yesterday }'],
  ['a link that is none', 'references: [tracker/SEC-41]'],
  ['an exception without a reason', 'exceptions: [{ symbol: f }]'],
  ['a requirement without `on`', 'require: [{ have: "@guard" }]'],
  ['an empty list', 'forbid: []'],
  ['a call in place of a mapping', 'unsafe-call: f(...)'],
  ['a bad name', 'forbid: [{ name: My Rule, use: eval }]'],
  ['a metavariable without its sigil', 'forbid: [{ use: eval, where: { X: a } }]'],
  ['a position from zero', 'unsafe-call: [{ call: f(...), argument: { position: 0, must-be: literal } }]'],
])('both refuse %s', (_, line) => {
  const text = `${GOOD}${line}\n`;
  expect(readGuardrail(text, 'guardrail.yaml', 'sample').problems).not.toEqual([]);
  expect(validate(parse(text))).toBe(false);
});

test('both take the sample', () => {
  expect(readGuardrail(GOOD, 'guardrail.yaml', 'sample').problems).toEqual([]);
  expect(validate(parse(GOOD))).toBe(true);
});
