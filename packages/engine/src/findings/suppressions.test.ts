import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineIndex } from './line-index.ts';
import { findSuppressions } from './suppressions.ts';

/**
 * What Semgrep 1.182 does with a finding of the rules `a.b.my-rule` (M) and `other` (O) on the line of `HIT`:
 * the rules that are ignored, and with `--strict` the warnings, as rule:id.
 */
const CASES: [text: string, ignored: string, ...unmatched: string[]][] = [
  ['HIT # nosem', 'MO'],
  ['HIT # nosemgrep', 'MO'],
  ['HIT #nosem', ''],
  ['HIT#nosem', ''],
  ['HIT\tnosem', ''],
  ['HIT\t# nosem', 'MO'],
  ['HIT\t#\tnosem', ''],
  ['HIT\u00a0nosem', ''],
  ['HIT nosem', 'MO'],
  ['HIT # NOSEM', 'MO'],
  ['HIT # NoSemGrep: my-rule', 'M', 'O:my-rule'],
  ['HIT # nosem: my-rule', 'M', 'O:my-rule'],
  ['HIT # nosem:my-rule', 'M', 'O:my-rule'],
  ['HIT # nosem=my-rule', 'M', 'O:my-rule'],
  ['HIT # nosem= my-rule', 'M', 'O:my-rule'],
  ['HIT # nosem:  my-rule', 'MO'],
  ['HIT # nosem:   other', 'MO'],
  ['HIT # nosem :my-rule', 'MO'],
  ['HIT # nosem : my-rule', 'MO'],
  ['HIT # nosem: other', 'O', 'M:other'],
  ['HIT # nosem: b.my-rule', 'M', 'O:b.my-rule'],
  ['HIT # nosem: a.b.my-rule', 'M', 'O:a.b.my-rule'],
  ['HIT # nosem: x.a.b.my-rule', '', 'M:x.a.b.my-rule', 'O:x.a.b.my-rule'],
  ['HIT # nosem: rule', '', 'M:rule', 'O:rule'],
  ['HIT # nosem: my', '', 'M:my', 'O:my'],
  ['HIT # nosem: y-rule', '', 'M:y-rule', 'O:y-rule'],
  ['HIT # nosem: .my-rule', '', 'M:.my-rule', 'O:.my-rule'],
  ['HIT # nosem: My-Rule', '', 'M:My-Rule', 'O:My-Rule'],
  ['HIT # nosem: my-rule, other', 'MO'],
  ['HIT # nosem: my-rule,other', 'MO'],
  ['HIT # nosem: zzz,other', 'O'],
  ['HIT # nosem: zzz other', '', 'M:zzz', 'O:zzz'],
  ['HIT # nosem: other zzz, my-rule', 'MO'],
  ['HIT # nosem: zzz other, my-rule', 'M'],
  ['HIT # nosem: zzz  ,  other', 'O'],
  ['HIT # nosem: "my-rule"', 'M', 'O:my-rule'],
  ['HIT # nosem: "my-rule", "other"', 'MO'],
  ['HIT # nosem:"my-rule other"', 'M', 'O:my-rule'],
  ["HIT # nosem: 'my-rule'", '', "M:'my-rule'", "O:'my-rule'"],
  ['HIT # nosem: my-rule:', '', 'M:my-rule:', 'O:my-rule:'],
  ['HIT # nosem: my-rule;other', '', 'M:my-rule;other', 'O:my-rule;other'],
  ['HIT # nosem: my-rule - because', 'M', 'O:my-rule'],
  ['HIT # nosem: my-rule because, of', 'M'],
  ['HIT # nosem:', 'MO'],
  ['HIT # nosem: ', 'MO'],
  ['HIT # nosem:  ', 'MO'],
  ['HIT # nosem: ,', 'MO'],
  ['HIT # nosem: , my-rule', 'MO'],
  ['HIT # nosem:,my-rule', 'MO'],
  ['HIT # nosem my-rule', 'MO'],
  ['HIT # nosem - why: x', 'MO'],
  ['HIT # nosemx', 'MO'],
  ['HIT # nosemx: my-rule', 'MO'],
  ['HIT # nosemgrepx: my-rule', 'MO'],
  ['HIT # nosemgre: my-rule', 'MO'],
  ['HIT # nosemgrep(my-rule)', 'MO'],
  ['HIT # nosem: my-rule # nosem: other', 'M', 'O:my-rule'],
  ['HIT # nosem: zzz # nosem', '', 'M:zzz', 'O:zzz'],
  ['HIT # nosem # nosem: zzz', '', 'M:zzz', 'O:zzz'],
  ['HIT # nosem: zzz # nosem: my-rule', '', 'M:zzz', 'O:zzz'],
  ['HIT # nosem: zzz, # nosem: other', ''],
  ['HIT # xnosem', ''],
  ['HIT # nosem nosem: other', 'O', 'M:other'],
  ['nosem HIT', ''],
  [' nosem HIT', 'MO'],
  [' nosem: other HIT', 'O', 'M:other'],
  [' nosem: other, HIT', 'O'],
  ['HIT # nosem: my-rule<!-- -->', '', 'M:my-rule<!--', 'O:my-rule<!--'],
  ['HIT # nosem: my-rule -->', 'M', 'O:my-rule'],
  ['HIT # nosem: my-rule-->', '', 'M:my-rule-->', 'O:my-rule-->'],
  ['HIT # nosem: my-rule*/', '', 'M:my-rule*/', 'O:my-rule*/'],
  ['HIT # nosem: my-rule,*/', 'M'],
  ['HIT # nosem:\tmy-rule', 'M', 'O:my-rule'],
  ['HIT # nosem: my-rule\tother', '', 'M:my-rule\tother', 'O:my-rule\tother'],
  ['HIT # nosem: my-rule,\tother', 'M'],
  ['HIT # nosem: my-rule\t, other', 'O'],
  ['HIT # nosem: my_rule!', '', 'M:my_rule!', 'O:my_rule!'],
  ['HIT # nosem: !', '', 'M:!', 'O:!'],
  ['HIT # nosem: \u00e9', '', 'M:\u00e9', 'O:\u00e9'],
  ['HIT # nosem: my-rule, \u00e9', 'M'],
  ['HIT # nosem:: my-rule', '', 'M::', 'O::'],
  ['HIT # nosem:=my-rule', '', 'M:=my-rule', 'O:=my-rule'],
  ['HIT # nosem:\u00a0my-rule', '', 'M:\u00a0my-rule', 'O:\u00a0my-rule'],
  ['HIT # nosem:\u00a0other', '', 'M:\u00a0other', 'O:\u00a0other'],
  ['HIT # nosem: other.', '', 'M:other.', 'O:other.'],
  ['HIT # nosem: other,', 'O'],
  ['HIT # nosem: other,,my-rule', 'MO'],
  ['HIT # nosem: ""', '', 'M:', 'O:'],
  ['HIT # nosem: "",other', 'O'],
  ['HIT # nosem: oth"er', '', 'M:oth"er', 'O:oth"er'],
  ['HIT # \uff2e\uff2f\uff33\uff25\uff2d', ''],
  ['HIT # nosemgrep:other#x', '', 'M:other#x', 'O:other#x'],
  ['HIT # nosemgrep:other #x', 'O', 'M:other'],
  ['HIT # nosem: lint, my-rule', 'M'],
  ['HIT # nosem: other/', '', 'M:other/', 'O:other/'],
  ['HIT # nosem: http://x', '', 'M:http://x', 'O:http://x'],
  ['# nosem\nHIT', 'MO'],
  ['#nosem\nHIT', 'MO'],
  ['nosem\nHIT', 'MO'],
  [' nosem\nHIT', 'MO'],
  ['   # nosem\nHIT', 'MO'],
  ['# see nosem\nHIT', ''],
  ['x = 1 # nosem\nHIT', ''],
  ['1 nosem\nHIT', ''],
  ['_ nosem\nHIT', 'MO'],
  ['\u00e9 nosem\nHIT', 'MO'],
  ['\u00e9nosem\nHIT', 'MO'],
  ['// nosemgrep: my-rule\nHIT', 'M', 'O:my-rule'],
  ['//nosemgrep:my-rule\nHIT', 'M', 'O:my-rule'],
  ['/*nosemgrep:my-rule*/\nHIT', '', 'M:my-rule*/', 'O:my-rule*/'],
  ['/*nosemgrep:my-rule */\nHIT', 'M', 'O:my-rule'],
  ['<!-- nosemgrep: my-rule -->\nHIT', 'M', 'O:my-rule'],
  ['# nosem: other\nHIT', 'O', 'M:other'],
  ['# nosem:  other\nHIT', 'MO'],
  ['# nosem: zzz\nHIT', '', 'M:zzz', 'O:zzz'],
  ['# nosem : zzz\nHIT', 'MO'],
  ['# nosem: my-rule, other\nHIT', 'MO'],
  ['# nosemx: other\nHIT', 'MO'],
  ['#NOSEM=other\nHIT', 'O', 'M:other'],
  ['# # nosem\nHIT', 'MO'],
  ['## nosem: zzz ## nosem\nHIT', '', 'M:zzz', 'O:zzz'],
  ['# nosem # nosem: zzz\nHIT', 'MO'],
  ['# nosem: zzz # nosem: my-rule\nHIT', '', 'M:zzz', 'O:zzz'],
  ['# nosem: zzz, # nosem: other\nHIT', ''],
  ['# nosem nosem: zzz\nHIT', 'MO'],
  ['"nosem"\nHIT', 'MO'],
  ['"# nosem"\nHIT', 'MO'],
  ['\t# nosem\nHIT', 'MO'],
  ['---# nosem: other---\nHIT', '', 'M:other---', 'O:other---'],
  ['# nosem: other---\nHIT', '', 'M:other---', 'O:other---'],
  ['# -*- nosem -*-\nHIT', 'MO'],
  ["print('nosem')\nHIT", ''],
  ['#nosem #nosem: zzz\nHIT', 'MO'],
  ['# nosem\nHIT # nosem: my-rule', 'M', 'O:my-rule'],
  ['# nosem: my-rule\nHIT # nosem', 'M', 'O:my-rule'],
  ['# nosem: my-rule\nHIT # nosem: other', 'MO'],
  ['# nosem: zzz\nHIT # nosem: other', 'O'],
  ['# nosem: zzz\nHIT # nosem', '', 'M:zzz', 'O:zzz'],
  ['x # nosem: my-rule\nHIT # nosem: other', 'O', 'M:other'],
  ['# nosem\nHIT\nMORE', 'MO'],
  ['# nosem\n\nHIT', ''],
];

const RULES: Record<string, string> = { M: 'a.b.my-rule', O: 'other' };

describe('ignored findings and unmatched ids', () => {
  test.each(CASES)('%j', (text, ignored, ...unmatched) => {
    const line = text.split('\n').findIndex((row) => row.includes('HIT')) + 1;
    const findings = Object.values(RULES).map((ruleId) => ({ ruleId, line }));
    const result = findSuppressions(new LineIndex(text), findings);
    const names = Object.keys(RULES);
    expect(names.filter((_, at) => result.ignored[at]).join('')).toBe(ignored);
    const nameOf = (ruleId: string) => names.find((name) => RULES[name] === ruleId);
    expect(result.unmatched.map(({ ruleId, id }) => `${nameOf(ruleId)}:${id}`)).toEqual(unmatched);
  });
});

test('only the first line of a match and the one before it count', () => {
  const text = '# nosem\n\nfoo(\n  1)  # nosem\n';
  expect(findSuppressions(new LineIndex(text), [{ ruleId: 'r', line: 3 }])).toEqual({
    ignored: [false],
    unmatched: [],
    unusedLines: [1, 4],
  });
});

test('an id on the previous line is unmatched at that line', () => {
  const text = 'x\n# nosem: zzz\nHIT\n';
  expect(findSuppressions(new LineIndex(text), [{ ruleId: 'r', line: 3 }]).unmatched).toEqual([
    { line: 2, id: 'zzz', ruleId: 'r' },
  ]);
});

test('lines end at a newline only, and the carriage return before it is no part of an id', () => {
  const text = 'HIT # nosem: other\r\n#nosem: other\r\nHIT\r\nHIT\r# nosem\r\n';
  const findings = [1, 3, 4].map((line) => ({ ruleId: 'other', line }));
  expect(findSuppressions(new LineIndex(text), findings).ignored).toEqual([true, true, true]);
});

test('markers that ignored nothing are named', () => {
  const text = 'a # nosem\nb # nosem: r\n# nosem\nc\nd # nosem\n# see nosem\n';
  const findings = [1, 2, 4].map((line) => ({ ruleId: line === 2 ? 'other' : 'r', line }));
  expect(findSuppressions(new LineIndex(text), findings)).toMatchObject({
    ignored: [true, false, true],
    unusedLines: [2, 5, 6],
  });
});

test('other words', () => {
  const text = 'a # nosem\nb # lint.off: r\nc # lintxoff\n';
  const findings = [1, 2, 3].map((line) => ({ ruleId: 'r', line }));
  expect(findSuppressions(new LineIndex(text), findings, ['lint.off']).ignored).toEqual([false, true, false]);
});

test('markers elsewhere in the file never change the verdict on a line', () => {
  const line = fc.constantFrom('x', '# nosem', 'y # nosem: r', 'z # nosem: other', '', '\ud800 nosem');
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.nat(11), (lines, at) => {
      const row = at % lines.length;
      const whole = findSuppressions(new LineIndex(lines.join('\n')), [{ ruleId: 'r', line: row + 1 }]);
      const alone = [lines[row - 1] ?? '', lines[row] ?? ''].join('\n');
      expect(whole.ignored).toEqual(findSuppressions(new LineIndex(alone), [{ ruleId: 'r', line: 2 }]).ignored);
    }),
  );
});
