import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { HtmlValidate } from 'html-validate';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { formatHtml } from './html.ts';
import { DARK, LIGHT } from './html-style.ts';
import { hostileText } from './testing/hostile-text.ts';
import { CALL_FLOW, EVIL_FLOW, flowReport, flowSource, LONG_FLOW } from './testing/sample-flows.ts';
import { emptyReport, SAMPLE_PROBLEMS, SAMPLE_TEXT, sampleFinding, sampleReport } from './testing/sample-report.ts';
import { takenCommands } from './testing/taken-commands.ts';

type Element = DefaultTreeAdapterTypes.Element;

function allElements(html: string): Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(html));
  return found;
}

const textOf = (node: DefaultTreeAdapterTypes.Node): string =>
  'value' in node && node.nodeName === '#text'
    ? node.value
    : 'childNodes' in node
      ? node.childNodes.map(textOf).join('')
      : '';

const attribute = (element: Element, name: string) => element.attrs.find((each) => each.name === name)?.value ?? null;

const sample = () => formatHtml(sampleReport(), SAMPLE_TEXT);
const main = (html: string) => html.slice(html.indexOf('<header>'), html.indexOf('<script>'));

describe('the page', () => {
  test('of a report', () => {
    expect(main(sample())).toMatchInlineSnapshot(`
      "<header>
      <h1>Lockstep: 4 findings</h1>
      <p>1 critical, 2 error, 1 medium. 1 more finding suppressed by comments in the code. 3 files scanned with 4 rules. Incomplete: not everything was looked at.</p>
      <p class="muted">Lockstep 0.1.0, 2026-01-31 12:00:00 UTC</p>
      </header>
      <main>
      <section class="incomplete" aria-labelledby="incomplete">
      <h2 id="incomplete">What was not looked at</h2>
      <ul>
      <li>1 rule cannot be run: <code>rules.broken</code></li>
      <li>1 file was parsed only in part: <code>src/wide.py:2</code></li>
      <li>1 file larger than --max-target-bytes: <code>big.py</code></li>
      </ul>
      </section>
      <section aria-labelledby="findings">
      <h2 id="findings">Findings</h2>
      <form id="filter" hidden>
      <fieldset><legend>Severity</legend>
      <label><input type="checkbox" name="severity" value="critical" checked> 1 critical</label>
      <label><input type="checkbox" name="severity" value="error" checked> 2 error</label>
      <label><input type="checkbox" name="severity" value="medium" checked> 1 medium</label>
      </fieldset>
      <label>Rule <select name="rule"><option value="">all</option><option value="print">print</option><option value="rules.run">rules.run</option><option value="rules.sql">rules.sql</option></select></label>
      <button type="submit">Filter</button>
      <output id="shown"></output>
      </form>
      <article aria-labelledby="finding-1" data-severity="critical" data-rule="print">
      <h3 id="finding-1"><span class="severity critical">critical</span> <code>print</code> <span class="muted">in</span> <code>src/␛[31mev␊il &#60;U+202E&#62;&#60;&#38;&#62;&#39;&#34;.py:1:1</code></h3>
      <p class="message">Prints ␛[2J&#60;U+202E&#62;</p>
      <pre><code><span class="number">   1</span>  <mark>print(&#34;␛[2J&#60;U+202E&#62;&#60;U+009B&#62;&#34;)</mark>
      </code></pre>
      <p><a href="https://example.com/p" rel="noreferrer">Read more</a></p>
      </article>
      <article aria-labelledby="finding-2" data-severity="error" data-rule="rules.sql">
      <h3 id="finding-2"><span class="severity error">error</span> <code>rules.sql</code> <span class="muted">in</span> <code>src/app.py:4:2</code></h3>
      <p class="message">Text is joined into
      SQL ($Q). Pass it as a parameter &#38; &#34;bind&#34; it, as &#60;https://example.com/sql&#62; says.</p>
      <pre><code><span class="number">   3</span>  def get(user):
      <span class="number">   4</span>      <mark>cur.execute(&#34;select &#34; + user)</mark>
      <span class="number">   5</span>      return cur
      </code></pre>
      <h4>Fix</h4>
      <pre><code><del>-     cur.execute(&#34;select &#34; + user)</del>
      <ins>+     cur.execute(&#34;select %s&#34;, user)</ins>
      </code></pre>
      <p><a href="https://example.com/rule" rel="noreferrer">Read more</a></p>
      </article>
      <article aria-labelledby="finding-3" data-severity="error" data-rule="rules.sql">
      <h3 id="finding-3"><span class="severity error">error</span> <code>rules.sql</code> <span class="muted">in</span> <code>src/app.py:7:1</code></h3>
      <p class="message">Text is joined into
      SQL ($Q). Pass it as a parameter &#38; &#34;bind&#34; it, as &#60;https://example.com/sql&#62; says.</p>
      <pre><code><span class="number">   7</span>  <mark>cur.execute(f&#34;&#34;&#34;</mark>
      <span class="number">   8</span>    <mark>select {</mark>
      <span class="number">   9</span>      <mark>user}</mark>
      <span class="number">  10</span>  <mark>&#34;&#34;&#34;)</mark>
      </code></pre>
      <p><a href="https://example.com/rule" rel="noreferrer">Read more</a></p>
      </article>
      <article aria-labelledby="finding-4" data-severity="medium" data-rule="rules.run">
      <h3 id="finding-4"><span class="severity medium">medium</span> <code>rules.run</code> <span class="muted">in</span> <code>src/wide.py:1:15</code></h3>
      <p class="message">run</p>
      <pre><code><span class="number">   1</span>  x = &#34;😀é&#34;; <mark>run(&#34;☃&#34;, y)</mark>
      <span class="number">   2</span>  run(1) # nosem
      </code></pre>
      <h4>Fix</h4>
      <pre><code><del>- x = &#34;😀é&#34;; run(&#34;☃&#34;, y)</del>
      <ins>+ x = &#34;😀é&#34;; safe(&#34;☃&#34;)</ins>
      </code></pre>
      </article>
      </section>
      </main>
      "
    `);
  });

  test('of a change says what there is to know of it', () => {
    const items = ['a & b', ...Array.from({ length: 24 }, (_, at) => `${at}.py`)];
    const notes = [
      { code: 'scope', level: 'info' as const, title: 'What <b> introduces', items: [] },
      { code: 'policy-changed', level: 'notice' as const, title: 'The change touches what counts', items },
    ];
    const html = formatHtml({ ...emptyReport(), notes }, SAMPLE_TEXT);
    const section = html.slice(html.indexOf('<section aria-labelledby="notes">'), html.indexOf('</main>'));
    expect(section.split('\n').slice(0, 6)).toEqual([
      '<section aria-labelledby="notes">',
      '<h2 id="notes">Notes</h2>',
      '<p>What &#60;b&#62; introduces</p>',
      '<p>The change touches what counts</p>',
      '<ul>',
      '<li><code>a &#38; b</code></li>',
    ]);
    expect(section).toContain('<li>and 5 more</li>\n</ul>\n</section>');
  });

  test('of a flow has every step', () => {
    const html = formatHtml(flowReport(CALL_FLOW), { ...SAMPLE_TEXT, source: flowSource });
    const steps = allElements(html).filter(({ tagName }) => tagName === 'li');
    expect(steps.map(textOf)).toMatchInlineSnapshot(`
      [
        "source found = request.args["q"] in shop/store.py:4",
        "held by found = request.args["q"] in shop/store.py:4",
        "call text = store.wanted() in shop/views.py:21",
        "held by text = store.wanted() in shop/views.py:21",
        "call store.find(text) in shop/views.py:22",
        "held by def find(words): in shop/store.py:7",
        "held by query = "select " + words in shop/store.py:8",
        "sink cursor.execute(query) in shop/store.py:9",
      ]
    `);
  });

  test('of a scan that found nothing', () => {
    expect(main(formatHtml(emptyReport(), SAMPLE_TEXT))).toMatchInlineSnapshot(`
      "<header>
      <h1>Lockstep: no findings</h1>
      <p>3 files scanned with 4 rules. Complete: nothing was left out.</p>
      <p class="muted">Lockstep 0.1.0, 2026-01-31 12:00:00 UTC</p>
      </header>
      <main>
      </main>
      "
    `);
  });
});

describe('is valid HTML', () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    // The long form of a doctype is the usual one; lines of code end in blanks where the code does.
    rules: { 'no-trailing-whitespace': 'off' },
  });
  const problemsOf = async (html: string) =>
    (await validator.validateString(html)).results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`),
    );

  test.each([
    ['a report', sampleReport()],
    ['flows', flowReport(LONG_FLOW, CALL_FLOW, EVIL_FLOW)],
    ['nothing found', emptyReport()],
    ['nothing scanned', { ...emptyReport(), problems: SAMPLE_PROBLEMS }],
  ])('%s', async (_, report) => {
    expect(await problemsOf(formatHtml(report, { ...SAMPLE_TEXT, source: flowSource }))).toEqual([]);
  });

  test('and a page that is not is refused', async () => {
    expect(await problemsOf(sample().replace('<h3 id="finding-1">', '<h5 id="finding-1">'))).not.toEqual([]);
    expect(await problemsOf(sample().replace('</article>', ''))).not.toEqual([]);
  });
});

test('the policy allows the style sheet and the script of the page and nothing else', () => {
  const elements = allElements(sample());
  const inline = elements.filter(({ tagName }) => tagName === 'style' || tagName === 'script').map(textOf);
  const hashes = inline.map((text) => createHash('sha256').update(text).digest('base64'));
  const policy = elements.find((element) => attribute(element, 'http-equiv') === 'Content-Security-Policy');
  expect(attribute(policy as Element, 'content')).toBe(
    `default-src 'none'; style-src 'sha256-${hashes[0]}'; script-src 'sha256-${hashes[1]}'; base-uri 'none'; form-action 'none'`,
  );
  // Attributes that would load, run or style something.
  const names = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
  expect([...names].filter((name) => /^(on|src|style$|action$)/.test(name))).toEqual([]);
});

test('whatever names, messages, code and fixes hold, the page keeps its shape', () => {
  const page = (text: string) => {
    const finding = sampleFinding('src/app.py', 'os', 'rules.run', { message: 'x', fix: 'y' });
    const hostile = { ...finding, path: text, ruleId: text, message: text, lines: text, fix: `${text}y` };
    const report = { ...emptyReport(), findings: [text === '' ? finding : hostile] };
    return formatHtml({ ...report, skipped: [{ path: `${text}/`, reason: 'minified' }] }, SAMPLE_TEXT);
  };
  // A message may hold code, and a match lines.
  const shape = (html: string) =>
    allElements(html)
      .map(({ tagName }) => tagName)
      .filter((name) => !['code', 'span', 'mark', 'ins', 'del'].includes(name));
  const expected = shape(page(''));
  fc.assert(
    fc.property(hostileText, (text) => {
      const html = page(text);
      expect(shape(html)).toEqual(expected);
      expect(takenCommands(html)).toEqual([]);
    }),
  );
});

describe('contrast', () => {
  /** WCAG 2.2's relative luminance of `#rrggbb`. */
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string) => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const { page: _page, panel: _panel, line: _line, mark: _mark, ...texts } = LIGHT;

  test.each([
    ['light', LIGHT],
    ['dark', DARK],
  ])('of text is 4.5 and more, of borders 3, in %s', (_, colors) => {
    for (const name of Object.keys(texts) as (keyof typeof texts)[]) {
      expect([name, contrast(colors[name], colors.page) >= 4.5]).toEqual([name, true]);
      expect([name, contrast(colors[name], colors.panel) >= 4.5]).toEqual([name, true]);
    }
    expect(contrast(colors.text, colors.mark)).toBeGreaterThan(4.5);
    expect(contrast(colors.line, colors.page)).toBeGreaterThan(3);
  });
});
