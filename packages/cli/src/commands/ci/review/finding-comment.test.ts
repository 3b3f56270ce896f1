import { expect, test } from 'vitest';
import { CALL_FLOW, flowSource } from '../../../reports/testing/sample-flows.ts';
import { emptyReport, SAMPLE_TEXT, sampleFinding } from '../../../reports/testing/sample-report.ts';
import { type FindingCommentOptions, findingComment, goneComment } from './finding-comment.ts';
import { knowsAll } from './review-content.ts';

const OPTIONS: FindingCommentOptions = {
  source: SAMPLE_TEXT.source,
  maxLines: 10,
  maxChars: 160,
  allSteps: false,
  maxBytes: 0,
  suggestion: (lines) => `suggestion:-0+${lines - 1}`,
  promise: null,
  lesson: null,
  approver: null,
};

const metadata = { lockstep: { guardrail: 'no-join', stage: 'comment' }, source: 'https://example.com/rule' };

test('says what was found, what is promised, what to write instead, where to read on and how to allow it', () => {
  const finding = sampleFinding('src/app.py', 'cur.execute("select " + user)', 'rules.sql', {
    message: 'Joined into `SQL` by @team',
    fix: 'cur.execute("select ?", user)',
    metadata,
  });
  const options = { ...OPTIONS, promise: 'No <b>SQL</b> is joined.', lesson: 'Lesson: `a.md`' };
  expect(findingComment(finding, options)).toMatchInlineSnapshot(`
    "**error** \`rules.sql\`: does not block this change

    Joined into \`SQL\` by @&#8203;team

    > No \\<b\\>SQL\\</b\\> is joined.

    \`\`\`suggestion:-0+0
    	cur.execute("select ?", user)
    \`\`\`

    Lesson: \`a.md\` · [Read more](<https://example.com/rule>)

    Is it right as it is? Say why in a comment on its line: \`lockstep: allow no-join -- …\`"
  `);
  expect(findingComment(finding, { ...OPTIONS, suggestion: null })).toContain('```diff\n- ');
  expect(findingComment(finding, { ...OPTIONS, approver: '@acme/appsec' })).toMatch(
    /Is it right as it is\? `@acme\/appsec` can make an exception from `no-join`\.$/,
  );
});

test('the way of the data is there to be opened', () => {
  const text = findingComment(CALL_FLOW, { ...OPTIONS, source: flowSource });
  expect(text).toContain('<details><summary>How the data gets there</summary>\n\n```\n');
});

test.each([
  ['what one cannot see', 'run("\u202e")'],
  ['an order to GitLab', 'run("""\n```\n/merge\n""")'],
  ['a carriage return', 'run(1)\r\nrun(2)'],
])('%s is no suggestion', (_, fix) => {
  const text = findingComment(sampleFinding('src/app.py', 'os', 'rules.run', { fix }), OPTIONS);
  expect(text).not.toContain('suggestion');
  expect(text).toContain('```diff');
  expect(text).not.toMatch(/^\/merge|\u202e/m);
});

test('a fix that removes a line leaves none, and backticks end no block', () => {
  const removed = sampleFinding('src/app.py', 'import os', 'rules.run', { fix: '' });
  expect(findingComment(removed, OPTIONS)).toContain('```suggestion:-0+0\n```\n');
  const ticks = sampleFinding('src/app.py', 'import os', 'rules.run', { fix: 'x = "```"' });
  expect(findingComment(ticks, OPTIONS)).toContain('````suggestion:-0+0\nx = "```"\n````\n');
});

test('what is gone stays readable, and can no longer be applied', () => {
  const text = goneComment('said\n\n```suggestion:-0+1\nx\n```\n\n````suggestion\ny\n````', 'c'.repeat(40));
  expect(text.split('\n')[0]).toBe('**No longer reported** as of cccccccccccc: it is fixed, or allowed.');
  expect(text).toContain('said\n\n```\nx\n```\n\n````\ny\n````');
});

test('nothing is concluded about what was not looked at', () => {
  const place = { guardrail: 'sql', path: 'a.py', symbol: '', finding: '' };
  const issue = { level: 'warn' as const, spans: [], message: '', remedy: '' };
  const knows = (parts: Partial<Parameters<typeof knowsAll>[0]>) => knowsAll({ ...emptyReport(), ...parts })(place);
  expect(knows({})).toBe(true);
  expect(knows({ issues: [{ ...issue, code: 'timeout', path: 'a.py', ruleId: 'r.sql' }] })).toBe(false);
  expect(knows({ issues: [{ ...issue, code: 'timeout', path: 'b.py', ruleId: 'r.sql' }] })).toBe(true);
  expect(knows({ issues: [{ ...issue, code: 'rule-error', path: null, ruleId: 'r.sql' }] })).toBe(false);
  expect(knows({ issues: [{ ...issue, code: 'rule-error', path: null, ruleId: 'r.run' }] })).toBe(true);
  expect(knows({ skipped: [{ path: 'a.py', reason: 'too_big' }] })).toBe(false);
});
