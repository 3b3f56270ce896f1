import { type FileReport, MATCHING_ALL, PARSING } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { FileTask, READING } from './file-task.ts';

const RULES = 20;

/** Plays a thread in which the given rules hang, each at its own place, and says what was tried and reported. */
function play(hang: { while?: number[]; inWalk?: number[]; at?: number }, threshold = 3) {
  const task = new FileTask(
    {
      path: 'a.py',
      absolutePath: '/a.py',
      rulePath: 'a.py',
      languages: ['python'],
      bytes: 1,
      content: null,
      onlyRules: null,
    },
    { ruleCount: RULES, timeoutMs: 5000, timeoutThreshold: threshold, ruleId: (index) => `r${index}` },
  );
  const attempts: string[] = [];
  for (let attempt = task.next(); attempt !== null; attempt = task.next()) {
    const rules = Array.from({ length: RULES }, (_, rule) => rule).filter((rule) => !attempt.excluded.has(rule));
    const inWalk = rules.some((rule) => hang.inWalk?.includes(rule));
    const hung = hang.at ?? (inWalk ? MATCHING_ALL : rules.find((rule) => hang.while?.includes(rule)));
    attempts.push(`${ranges(rules)}${hung === undefined ? '' : ` hangs at ${hung}`}`);
    if (hung === undefined) task.succeeded(reportOf(rules));
    else task.timedOut(hung);
  }
  const { timing, issues } = task.report();
  return { attempts, ran: ranges(Object.keys(timing.rules).map(Number)), issues: issues.map(sayIssue) };
}

function sayIssue({ code, ruleId, message }: FileReport['issues'][number]): string {
  return `${code} ${ruleId}: ${message}`;
}

function reportOf(rules: number[]): FileReport {
  const timing = { parse: 1, match: 1, rules: Object.fromEntries(rules.map((rule) => [rule, 1])) };
  return { path: 'a.py', findings: [], issues: [], unmatchedSuppressions: [], allowances: [], timing };
}

function ranges(numbers: number[]): string {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(' ');
}

test('a file without trouble is scanned once', () => {
  expect(play({})).toEqual({ attempts: ['0-19'], ran: '0-19', issues: [] });
});

test('a rule that hangs is named, and the others run', () => {
  expect(play({ while: [7] })).toMatchInlineSnapshot(`
    {
      "attempts": [
        "0-19 hangs at 7",
        "0-6 8-19",
      ],
      "issues": [
        "timeout r7: the rule took more than 5 s on this file and was stopped; the others went on",
      ],
      "ran": "0-6 8-19",
    }
  `);
});

test('a file with too many of them is given up', () => {
  expect(play({ while: [2, 4, 6] })).toMatchInlineSnapshot(`
    {
      "attempts": [
        "0-19 hangs at 2",
        "0-1 3-19 hangs at 4",
        "0-1 3 5-19 hangs at 6",
      ],
      "issues": [
        "timeout r2: the rule took more than 5 s on this file and was stopped; the others went on",
        "timeout r4: the rule took more than 5 s on this file and was stopped; the others went on",
        "timeout r6: the rule took more than 5 s on this file and was stopped; the others went on",
        "file-timeout null: 3 rules ran out of time on this file; it was given up",
      ],
      "ran": "",
    }
  `);
});

test('without a threshold it is not', () => {
  expect(play({ while: [2, 4, 6, 8] }, 0).ran).toBe('0-1 3 5 7 9-19');
});

test('a hang in the common walk is traced to its rule', () => {
  expect(play({ inWalk: [10] })).toMatchInlineSnapshot(`
    {
      "attempts": [
        "0-19 hangs at -2",
        "0-2",
        "3-5",
        "6-8",
        "9-11 hangs at -2",
        "9",
        "10 hangs at -2",
        "11",
        "12-14",
        "15-17",
        "18-19",
      ],
      "issues": [
        "timeout r10: the rule took more than 5 s on this file and was stopped; the others went on",
      ],
      "ran": "0-9 11-19",
    }
  `);
});

test('a rule that hangs by itself while groups are tried is taken out of its group', () => {
  const { attempts, ran } = play({ inWalk: [0], while: [19] });
  expect(ran).toBe('1-18');
  expect(attempts.slice(-2)).toEqual(['18-19 hangs at 19', '18']);
});

test.each([
  [PARSING, 'file-timeout null: parsing the file took more than 5 s; it was not scanned'],
  [READING, 'file-timeout null: reading the file took more than 5 s; it was not scanned'],
])('a hang that no rule is to blame for ends the file (%i)', (at, issue) => {
  expect(play({ at })).toEqual({ attempts: [`0-19 hangs at ${at}`], ran: '', issues: [issue] });
});
