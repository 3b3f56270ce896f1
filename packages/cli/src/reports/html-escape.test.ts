import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { escapeHtml, escapeHtmlLine } from './html-escape.ts';
import { neutralize, neutralizeLine } from './neutralize.ts';
import { hostileText } from './testing/hostile-text.ts';

test('a browser reads the text and nothing else', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const html = `<b title="${escapeHtmlLine(text)}" lang='${escapeHtmlLine(text)}'>x${escapeHtml(text)}</b>`;
      const [element, ...others] = parseFragment(html).childNodes;
      expect(others).toEqual([]);
      expect(element).toMatchObject({
        nodeName: 'b',
        attrs: [
          { name: 'title', value: neutralizeLine(text) },
          { name: 'lang', value: neutralizeLine(text) },
        ],
        childNodes: [{ nodeName: '#text', value: `x${neutralize(text)}` }],
      });
    }),
  );
});
