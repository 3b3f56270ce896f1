import type { Position } from './finding.ts';
import type { LineIndex } from './line-index.ts';

/**
 * Comments that allow what a guardrail forbids: `# lockstep: allow no-eval, no-exec -- reason (until 2027-01-31)`, in
 * the comments of any language. Unlike `nosemgrep` they say why; whether that is enough is for the guardrail's policy to
 * say, so here they are only read.
 */
export interface Allowance {
  start: Position;
  /** Exclusive. */
  end: Position;
  /** The line that a comment alone on its line is about: the next one that is no comment; null for one beside code. */
  below: number | null;
  /** Guardrails or rules, as written. */
  names: string[];
  /** Empty where none is given. */
  reason: string;
  owner: string | null;
  approvedBy: string | null;
  /** The last day it holds: `2027-01-31`. */
  until: string | null;
  /** What is wrong with its form; null: nothing. */
  fault: string | null;
}

/** The allowances of a text, in its order. `languages` are those that the file is scanned as. */
export function readAllowances(lines: LineIndex, languages: readonly string[]): Allowance[] {
  const { text } = lines;
  // Most files have none: one search must tell.
  if (!/lockstep:/i.test(text)) return [];
  const isComment = languages.includes('python') ? pythonComments(text) : () => true;
  return [...text.matchAll(MARKER)].flatMap((match) => {
    const { lead = '', content = '' } = match.groups ?? {};
    if (!isComment(match.index)) return [];
    const line = lines.lineAt(match.index);
    const isAlone = lines.lineText(line).trimStart().startsWith(match[0].trim());
    const place = { start: lines.position(match.index), end: lines.position(match.index + match[0].length) };
    return [{ ...place, below: isAlone ? lineBelow(lines, line, lead) : null, ...readContent(content) }];
  });
}

/** Where a comment begins in the languages there are: `#`, `//`, `/*`, `--`, `<!--`, `;`, `%`, `{#`, `(*`. */
const MARKER = /(?<lead>\/\/|\/\*+|<!--|--|\{#|\(\*|[#;%*])[ \t]*lockstep:[ \t]*allow\b(?<content>[^\n]*)/gi;

/** Where a comment ends before its line does. */
const CLOSING = /\s*(?:\*+\/\}?|-->|#\}|\*\)|\r)\s*$/;

type Content = Pick<Allowance, 'names' | 'reason' | 'owner' | 'approvedBy' | 'until' | 'fault'>;

function readContent(written: string): Content {
  const content = written.replace(CLOSING, '').trim();
  const { names: list = '', rest = '' } =
    /^(?<names>\w[\w.-]*(?:\s*,\s*\w[\w.-]*)*)?(?<rest>.*)$/.exec(content)?.groups ?? {};
  const names = list.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  const { reason = null } = /^\s*(?:--|—|–)\s*(?<reason>.*)$/.exec(rest)?.groups ?? {};
  const details = readDetails(reason ?? '');
  const fault =
    names.length === 0 ? 'it names no guardrail' : reason === null && rest.trim() !== '' ? UNSEPARATED : null;
  return { names, ...details, fault: fault ?? details.fault };
}

const UNSEPARATED = 'its reason does not follow after `--`';

/** What stands in parentheses at the end of the reason, where it is of the kind that we know. */
function readDetails(text: string): Omit<Content, 'names'> {
  const details: Omit<Content, 'names'> = {
    reason: text.trim(),
    owner: null,
    approvedBy: null,
    until: null,
    fault: null,
  };
  const { reason, list } = /^(?<reason>.*?)\s*\((?<list>[^()]*)\)\s*$/.exec(text)?.groups ?? {};
  if (reason === undefined || list === undefined) return details;
  const items = list.split(',').map((item) => DETAIL.exec(item)?.groups);
  if (!items.every((item) => item !== undefined)) return details;
  details.reason = reason.trim();
  for (const { key = '', value = '' } of items) {
    if (key.startsWith('own')) details.owner = value;
    else if (key.startsWith('app')) details.approvedBy = value;
    else if (isDate(value)) details.until = value;
    else details.fault = `\`${value}\` is not a date, write it as \`2027-01-31\``;
  }
  return details;
}

const DETAIL = /^\s*(?<key>until|owner|owned by|approved[- ]by):?\s+(?<value>\S.*?)\s*$/;

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  // The day must be one that its month has: others are taken for days of the next.
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** Further lines of the comment may explain it. */
function lineBelow(lines: LineIndex, line: number, lead: string): number {
  let below = line + 1;
  const isComment = () => lines.lineText(below).trimStart().startsWith(lead);
  while (below <= lines.lineCount && isComment()) below++;
  return below;
}

/** Says of a place in Python whether it lies in a comment: texts of tests are full of comments that are none. */
function pythonComments(text: string): (offset: number) => boolean {
  const comments = [...text.matchAll(PYTHON_TOKEN)].filter(([token]) => token.startsWith('#'));
  return (offset) => comments.some(({ index, 0: { length } }) => index <= offset && offset < index + length);
}

const PYTHON_TOKEN =
  /("{3}|'{3})(?:\\[\s\S]|(?!\1)[^\\])*(?:\1|$)|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*/g;
