import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { codeBlock, codeSpan, escapeMarkdown } from './markdown-escape.ts';
import { neutralize, neutralizeLine } from './neutralize.ts';
import { hostileText } from './testing/hostile-text.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** What GitHub's dialect makes of Markdown: its elements, and the text outside and inside of code. */
function rendered(markdown: string) {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  const found = { elements: new Set<string>(), text: '', code: '' };
  const visit = (node: Node, inCode: boolean): void => {
    if (node.nodeName === '#text' && 'value' in node) found[inCode ? 'code' : 'text'] += node.value;
    else found.elements.add(node.nodeName);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child, inCode || node.nodeName === 'code');
  };
  for (const node of parseFragment(html).childNodes) visit(node, false);
  return { ...found, elements: [...found.elements].sort() };
}

const withoutGaps = (text: string) => text.replace(/[\u200b\s]/g, '');

describe('text', () => {
  test.each([
    '@team',
    'me@example.com',
    'see #12, !3 and GH-4',
    'https://example.com',
    'www.example.com',
    '[a](https://b.c)',
    '![a](b)',
    '<b onclick=x>',
    '<!-- x',
    '&lt;',
    '# a',
    '- a',
    '1. a',
    '> a',
    'a\n===',
    'a\n---',
    'a\n:-',
    'a | b\n- | -',
    '    code',
    '~~~\ncode',
    '$x$',
    '[^1]: a',
    '[a]: b',
    'a  \nb',
    'a\\',
    '***',
    '| a |',
    '~~a~~',
    '\tcode',
  ])('%j stays text', (text) => {
    // biome-ignore format: a list
    expect(rendered(escapeMarkdown(text)).elements).toEqual(['p']);
  });

  test('what stands between backticks is code, whatever it holds', () => {
    expect(rendered(escapeMarkdown('Pass `shell=<b>` and ``@team`` not `'))).toEqual({
      elements: ['code', 'p'],
      text: 'Pass  and  not `\n'.trimEnd(),
      code: 'shell=<b>@team',
    });
  });

  test('of any kind says what it says, and does nothing', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { elements, text: outside, code } = rendered(escapeMarkdown(text));
        expect(elements.filter((name) => name !== 'p' && name !== 'code')).toEqual([]);
        expect(outside).not.toMatch(/@\w|[#!&$^]\d|:\/\/|www\.|GH-\d/i);
        if (code === '') expect(withoutGaps(outside)).toBe(withoutGaps(neutralize(text)));
      }),
      { numRuns: 2000 },
    );
  });
});

test('a code span holds its text and ends where it should', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const { elements, text: outside, code } = rendered(`a ${codeSpan(text)} b`);
      expect(elements).toEqual(['code', 'p']);
      expect(outside).toBe('a  b');
      expect(code.trim()).toBe(neutralizeLine(text).trim());
    }),
  );
});

test('a block of code holds its lines and ends where it should', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const { elements, text: outside, code } = rendered(`${codeBlock(text.split('\n'), 'py')}\n\nb`);
      expect(elements).toEqual(['code', 'p', 'pre']);
      expect(outside.trim()).toBe('b');
      expect(code).toBe(`${neutralize(text)}\n`);
    }),
  );
});
