import { loadRules } from '@lockstep/engine';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGuardrail, unnamedEntries } from './compile-guardrail.ts';
import type { Guardrail } from './guardrail.ts';
import { readGuardrail } from './read-guardrail.ts';

const HEAD = {
  id: 'sample',
  promise: 'Nothing is left to chance.',
  weakness: 'CWE-330',
  owners: { security: '@acme/appsec', engineering: '@acme/web' },
  stage: 'monitor',
  languages: ['python'],
};

function read(forms: object): Guardrail {
  const { guardrail, problems } = readGuardrail(JSON.stringify({ ...HEAD, ...forms }), 'guardrail.yaml', 'sample');
  if (guardrail === null) throw new Error(problems.map(({ message }) => message).join('; '));
  return guardrail;
}

const declaration = fc.constantFrom(
  'def $F(...): ...',
  '@$APP.route(...)\ndef $F(...):\n  ...\n',
  'async def handler(request): ...',
  'class $C(Base): ...',
  'class Service: ...',
);
const call = fc.constantFrom('send(...)', '$BANK.send(...)', 'a.b.c(...)');
const expression = fc.constantFrom('check(...)', 'None', '"..."', '<... uuid.$MAKE(...) ...>', 'x["key"]');
const name = fc.constantFrom('eval', 'pickle.loads', 'pickle.*', 'a.b.c');
const some = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(arbitrary, fc.array(arbitrary, { minLength: 1, maxLength: 3 }));
const shared = {
  inside: some(declaration),
  where: fc.constantFrom({ $F: '^a' }, { $BANK: 'bank$', $F: 'b' }),
  message: fc.constantFrom('Ask the operating system.', '`$F` is wrong'),
};

const requirement = fc.record(
  {
    ...shared,
    on: some(declaration),
    have: some(
      fc.oneof(
        fc.constantFrom<unknown>(
          '@guard',
          '@guard(...)',
          'check(...)',
          'allowed = $ANY',
          { wrapper: 'guard' },
          { base: 'a.B' },
        ),
      ),
    ),
    'have-on': some(fc.constantFrom('$APP = Router(...)', '@$APP.before\ndef $CHECK(...): ...')),
  },
  { requiredKeys: ['on', 'have'] },
);
const prohibition = fc.record(
  { ...shared, use: some(name), module: some(name), instead: fc.constant('json.loads') },
  { requiredKeys: ['use'] },
);
const unsafe = fc.record(
  {
    ...shared,
    call: some(call),
    safe: some(call),
    unsafe: some(call),
    argument: fc.oneof(
      fc.record({ name: fc.constant('key'), 'must-be': fc.constantFrom('present', 'literal', 'not-literal') }),
      fc.record({ position: fc.integer({ min: 1, max: 4 }), 'one-of': some(expression) }),
      fc.record({ name: fc.constant('key'), position: fc.constant(2), 'none-of': some(expression) }),
    ),
    from: some(expression),
    'cleaned-by': some(expression),
  },
  { requiredKeys: ['call', 'safe', 'from'] },
);

test('whatever the entries, their rules are sound and have ids of their own', () => {
  fc.assert(
    fc.property(
      fc.array(requirement, { maxLength: 2 }),
      fc.array(prohibition, { maxLength: 2 }),
      fc.array(unsafe, { maxLength: 2 }),
      (require, forbid, unsafeCall) => {
        const forms = { require, forbid, 'unsafe-call': unsafeCall };
        const written = Object.fromEntries(Object.entries(forms).filter(([, entries]) => entries.length > 0));
        const compiled = compileGuardrail(read(written));
        const ids = compiled.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { rule } of compiled) {
          const { rules, problems } = loadRules(JSON.stringify({ rules: [rule] }), 'compiled');
          expect(problems.filter(({ code }) => code !== 'unbound-metavariable')).toEqual([]);
          expect(rules).toHaveLength(1);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('ids: the first is called like the guardrail, names are kept, others are numbered', () => {
  const guardrail = read({
    forbid: [{ use: 'a.b' }, { use: 'a.c', name: 'named' }, { use: 'a.d' }],
    require: [{ on: '@r\ndef $F(...): ...', have: { decorator: '@g', place: 'below' } }],
  });
  expect(compileGuardrail(guardrail).map(({ id, role }) => `${id} ${role}`)).toEqual([
    'sample fault',
    'sample-order misplaced',
    'sample-inventory inventory',
    'sample-2 fault',
    'sample-named fault',
    'sample-4 fault',
  ]);
  expect(unnamedEntries(guardrail).map(({ place }) => place.path)).toEqual(['forbid.0', 'forbid.2']);
});

test('messages say what is wrong, then what the guardrail has to say', () => {
  const messages = (forms: object) => compileGuardrail(read(forms)).map(({ rule }) => rule['message']);
  expect([
    ...messages({ forbid: [{ use: ['a.b', 'a.c'], instead: 'd' }, { module: 'e' }] }),
    ...messages({ message: 'It is slow.', forbid: [{ use: 'a.b' }, { use: 'a.c', message: 'Not `a.c`.' }] }),
    ...messages({
      require: [
        { on: 'def $F(...): ...', have: '@g' },
        { on: 'def main(): ...', have: ['check()', { base: 'B' }] },
      ],
    }),
    ...messages({
      'unsafe-call': [
        { call: 'f(...)', safe: 'f($A)' },
        { call: 'f(...)', argument: { name: 'key', 'must-be': 'present' }, instead: 'f(key=k)' },
        { call: 'f(...)', argument: { position: 1, 'one-of': ['A', 'B'] } },
        { call: 'f(...)', from: 'input()', 'cleaned-by': ['clean(...)', 'int(...)'] },
      ],
    }),
  ]).toMatchInlineSnapshot(`
    [
      "\`a.b\` and \`a.c\` are not used here: use \`d\` instead. Nothing is left to chance.",
      "\`e\` is not used here. Nothing is left to chance.",
      "\`a.b\` is not used here. It is slow.",
      "Not \`a.c\`.",
      "\`$F\` lacks \`@g\`. Nothing is left to chance.",
      "\`$F\` must have \`@g\`. Nothing is left to chance.",
      "\`main\` has neither \`check()\` nor \`B\`. Nothing is left to chance.",
      "\`main\` must have \`check()\` or \`B\`. Nothing is left to chance.",
      "\`f(...)\` is unsafe in this shape. Write \`f($A)\`. Nothing is left to chance.",
      "\`f(...)\` is unsafe in this shape. \`key\` must be given. Write \`f(key=k)\`. Nothing is left to chance.",
      "\`f(...)\` is unsafe in this shape. Argument 1 must be \`A\` or \`B\`. Nothing is left to chance.",
      "Data from outside reaches \`f(...)\`. Make it safe first with \`clean(...)\` or \`int(...)\`. Nothing is left to chance.",
    ]
  `);
});
