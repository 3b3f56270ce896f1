import fc from 'fast-check';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { escapeAttribute, escapeXml } from './junit.ts';
import { hostileText } from './testing/hostile-text.ts';

test('a parser reads the text and nothing else', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      // With something in front, since the library takes a byte order mark at the start of a value away.
      using document = XmlDocument.fromString(`<a b="x${escapeAttribute(text)}">x${escapeXml(text)}</a>`);
      const { root } = document;
      // What XML cannot write at all is replaced.
      const written = text.replace(/(?![\n\r\t])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd');
      expect(root.attr('b')?.value).toBe(`x${written}`);
      // A parser reads every line break as a line feed.
      expect(root.content).toBe(`x${written.replace(/\r\n?/g, '\n')}`);
      expect((root as XmlElement).find('*')).toEqual([]);
    }),
  );
});
