import { expect, test } from 'vitest';
import { formatEmacs } from './emacs.ts';
import { escapeAttribute, escapeXml, formatJunit } from './junit.ts';
import { emptyReport, sampleFinding, sampleReport } from './testing/sample-report.ts';
import { spelled } from './testing/spelled.ts';
import { formatVim } from './vim.ts';

const report = sampleReport();

test('Emacs', () => {
  expect(spelled(formatEmacs(report))).toMatchInlineSnapshot(`
    "src/␛[31mev␊il <U+202E><&>'".py:1:1:critical(print):print("␛[2J<U+202E><U+009B>"):Prints ␛[2J<U+202E>
    src/app.py:4:2:error(sql):\\u0009cur.execute("select " + user):Text is joined into
    SQL ($Q). Pass it as a parameter & "bind" it, as <https://example.com/sql> says.
    src/app.py:7:1:error(sql):cur.execute(f""":Text is joined into
    SQL ($Q). Pass it as a parameter & "bind" it, as <https://example.com/sql> says.
    src/wide.py:1:15:medium(run):x = "😀é"; run("☃", y):run
    "
  `);
});

test('Emacs without a rule id for a pattern on the command line', () => {
  const findings = [sampleFinding('src/app.py', 'return cur', '-')];
  expect(formatEmacs({ ...report, findings })).toMatchInlineSnapshot(`
    "src/app.py:5:2:error:	return cur:return cur
    "
  `);
});

test('Vim', () => {
  expect(spelled(formatVim(report))).toMatchInlineSnapshot(`
    "src/␛[31mev␊il <U+202E><&>'".py:1:1:C:print:Prints ␛[2J<U+202E>
    src/app.py:4:2:E:rules.sql:Text is joined into
    SQL ($Q). Pass it as a parameter & "bind" it, as <https://example.com/sql> says.
    src/app.py:7:1:E:rules.sql:Text is joined into
    SQL ($Q). Pass it as a parameter & "bind" it, as <https://example.com/sql> says.
    src/wide.py:1:15:M:rules.run:run
    "
  `);
});

test('JUnit', () => {
  expect(spelled(formatJunit(report))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites disabled="0" errors="0" failures="4" tests="4" time="0.0"><testsuite disabled="0" errors="0" failures="4" name="semgrep results" skipped="0" tests="4" time="0"><testcase name="print" classname="src/�[31mev&#10;il &#8238;&lt;&amp;&gt;'&quot;.py" file="src/�[31mev&#10;il &#8238;&lt;&amp;&gt;'&quot;.py" line="1"><failure type="CRITICAL" message="Prints �[2J&#8238;">print(&quot;�[2J&#8238;�&quot;)</failure></testcase><testcase name="rules.sql" classname="src/app.py" file="src/app.py" line="4"><failure type="ERROR" message="Text is joined into&#10;SQL ($Q). Pass it as a parameter &amp; &quot;bind&quot; it, as &lt;https://example.com/sql&gt; says.">\\u0009cur.execute(&quot;select &quot; + user)</failure></testcase><testcase name="rules.sql" classname="src/app.py" file="src/app.py" line="7"><failure type="ERROR" message="Text is joined into&#10;SQL ($Q). Pass it as a parameter &amp; &quot;bind&quot; it, as &lt;https://example.com/sql&gt; says.">cur.execute(f&quot;&quot;&quot;
      select {
        user}
    &quot;&quot;&quot;)</failure></testcase><testcase name="rules.run" classname="src/wide.py" file="src/wide.py" line="1"><failure type="MEDIUM" message="run">x = &quot;😀é&quot;; run(&quot;☃&quot;, y)</failure></testcase></testsuite></testsuites>
    "
  `);
});

test('nothing found', () => {
  expect(formatEmacs(emptyReport())).toBe('');
  expect(formatVim(emptyReport())).toBe('');
  expect(formatJunit(emptyReport())).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites disabled="0" errors="0" failures="0" tests="0" time="0.0"><testsuite disabled="0" errors="0" failures="0" name="semgrep results" skipped="0" tests="0" time="0"></testsuite></testsuites>
    "
  `);
});

test.each([
  ['a<b>&"c\'', "a&lt;b&gt;&amp;&quot;c'", null],
  ['l1\nl2\r\n\tx', 'l1\nl2\r\n\tx', 'l1&#10;l2&#13;&#10;&#9;x'],
  ['\u001b[31m\0\uffff\ud800é😀', '\ufffd[31m\ufffd\ufffd\ufffdé😀', null],
  [']]>', ']]&gt;', null],
])('XML of %j', (text, content, attribute) => {
  expect(escapeXml(text)).toBe(content);
  expect(escapeAttribute(text)).toBe(attribute ?? content);
});
