import { textWidth } from './text-width.ts';

/**
 * Breaks a text into lines of at most `width` terminal columns (longer words stay whole). A single line break counts
 * as a blank, since rule messages are often wrapped for their YAML file; blank lines, list items and indented lines
 * keep their place.
 */
export function wrapText(text: string, width: number): string[] {
  return joinSoftBreaks(text.trim()).flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function joinSoftBreaks(text: string): string[] {
  const paragraphs: string[] = [];
  let open = false;
  for (const line of text.split('\n').map((each) => each.trimEnd())) {
    const last = paragraphs.length - 1;
    if (line === '') {
      if (paragraphs[last] !== '') paragraphs.push('');
      open = false;
    } else if (open && !KEEPS_PLACE.test(line)) {
      paragraphs[last] += ` ${line}`;
    } else {
      paragraphs.push(line);
      open = !/^\s/.test(line);
    }
  }
  return paragraphs;
}

const KEEPS_PLACE = /^(?:\s|[-*•] |\d+[.)] )/;

function wrapParagraph(paragraph: string, width: number): string[] {
  const indentation = /^(?:\s*(?:[-*•] |\d+[.)] )?)/.exec(paragraph)?.[0] ?? '';
  if (textWidth(paragraph) <= width) return [paragraph];
  const lines: string[] = [];
  let line = indentation;
  for (const word of paragraph.slice(indentation.length).split(' ')) {
    const isEmpty = line.trim() === '' || line === indentation;
    if (!isEmpty && textWidth(`${line} ${word}`) > width) {
      lines.push(line);
      line = ' '.repeat(indentation.length) + word;
    } else {
      line += isEmpty ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}
