import type { StageMove } from '@lockstep/guardrails';
import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLSeq } from 'yaml';

/**
 * The text of a `guardrail.yaml` after a move: another stage, and one entry more in its history. Everything else stays as
 * it was written, to the byte: the library tells where things stand, and the text is edited there. (Its own way of
 * writing a document keeps comments, but not line breaks, alignment or quotes.)
 */
export function withMove(text: string, move: StageMove): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  const edits = [stageEdit(document, move.to), historyEdit(document, text, move)];
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce((edited, { start, end, insert }) => edited.slice(0, start) + insert + edited.slice(end), text);
}

/** Offsets into the text, end exclusive. */
interface TextEdit {
  start: number;
  end: number;
  insert: string;
}

function stageEdit(document: Document, to: string): TextEdit {
  const stage = document.get('stage', /* keepScalar */ true);
  if (!isScalar(stage) || !stage.range) throw new Error('a sound guardrail has a stage');
  const [start, end] = stage.range;
  return { start, end, insert: to };
}

function historyEdit(document: Document, text: string, move: StageMove): TextEdit {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const history = historyOf(document);
  if (history === null) {
    const gap = text === '' || text.endsWith('\n') ? '' : newline;
    const end = text.length;
    return { start: end, end, insert: `${gap}history:${newline}${blockEntry(move, '  ', newline)}` };
  }
  const end = history.items.at(-1)?.range?.[1] ?? 0;
  if (history.flow === true) return { start: end, end, insert: `, ${flowEntry(move)}` };
  // A comment may follow the last entry on its line.
  const lineEnd = text[end - 1] === '\n' ? end : text.indexOf('\n', end) + 1 || text.length;
  const gap = text[lineEnd - 1] === '\n' ? '' : newline;
  return { start: lineEnd, end: lineEnd, insert: gap + blockEntry(move, indentOf(history), newline) };
}

/** The history where there is one; a sound guardrail's is never empty. */
function historyOf(document: Document): YAMLSeq<{ range?: [number, number, number] | null }> | null {
  if (!isMap(document.contents)) return null;
  const pair = document.contents.items.find((each: Pair) => isScalar(each.key) && each.key.value === 'history');
  return isSeq<{ range?: [number, number, number] | null }>(pair?.value) ? pair.value : null;
}

function indentOf({ srcToken }: YAMLSeq): string {
  return ' '.repeat(srcToken?.type === 'block-seq' ? srcToken.indent : 2);
}

function pairsOf({ date, from, to, who, why, evidence }: StageMove): [string, string][] {
  const quoted = { who, why, ...(evidence === null ? {} : { evidence }) };
  // A string of JSON is one of YAML, whatever it holds.
  return [
    ...Object.entries({ date, from, to }),
    ...Object.entries(quoted).map(([key, value]) => [key, JSON.stringify(value)] as [string, string]),
  ];
}

function blockEntry(move: StageMove, indent: string, newline: string): string {
  return pairsOf(move)
    .map(([key, value], at) => `${indent}${at === 0 ? '- ' : '  '}${key}: ${value}${newline}`)
    .join('');
}

function flowEntry(move: StageMove): string {
  return `{ ${pairsOf(move)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }`;
}
