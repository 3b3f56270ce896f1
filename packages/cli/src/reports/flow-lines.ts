import type { Finding, TraceStep } from '@lockstep/engine';
import type { SourceLine } from './code-frame.ts';
import { type CodeLine, prepareLine } from './code-line.ts';
import { type FlowStep, flowSteps } from './flow-steps.ts';
import { utf16Column } from './match-lines.ts';
import { neutralizeLine } from './neutralize.ts';
import type { Palette } from './palette.ts';
import { textWidth } from './text-width.ts';

export interface FlowOptions {
  palette: Palette;
  source: SourceLine;
  /** Terminal columns. */
  width: number;
  /** `--max-chars-per-line`; 0: as many as there is room for. */
  maxChars: number;
  /** `--dataflow-traces`: a row for every step. */
  allSteps: boolean;
}

/** The steps of a flow that one row shows: one, or all on a line. */
interface Row {
  steps: [FlowStep, ...FlowStep[]];
  /** Indented by the calls it stands in. */
  label: string;
}

/** The way of a finding's data, a row for each line of code that it goes through; in short unless asked for every step. */
export function flowLines({ trace, path }: Finding, options: FlowOptions): string[] {
  if (trace === null) return [];
  const steps = flowSteps(trace);
  const rows = options.allSteps ? steps.map((step) => rowOf([step])) : abridge(stepsByLine(steps).map(rowOf));
  return layOut(rows, path, options);
}

/** Stands for rows that are left out, with so many steps. */
interface Gap {
  left: number;
}

/** The ends of a long way. One that does not leave its line is not worth a word: the code frame shows it. */
function abridge(rows: readonly Row[]): readonly (Row | Gap)[] {
  if (rows.length < 2) return [];
  if (rows.length <= HEAD + TAIL + 1) return rows;
  const left = rows.slice(HEAD, -TAIL).reduce((sum, { steps }) => sum + steps.length, 0);
  return [...rows.slice(0, HEAD), { left }, ...rows.slice(-TAIL)];
}

/** Rows shown at both ends of a long way: the source and where it goes first, the sink and how it is reached. */
const HEAD = 2;
const TAIL = 3;

function stepsByLine(steps: readonly FlowStep[]): Row['steps'][] {
  const lines: Row['steps'][] = [];
  for (const step of steps) {
    const line = lines.at(-1);
    if (line !== undefined && isOnSameLine(line[0], step)) line.push(step);
    else lines.push([step]);
  }
  return lines;
}

function isOnSameLine(a: FlowStep, b: FlowStep): boolean {
  return a.place.path === b.place.path && a.place.start.line === b.place.start.line && a.depth === b.depth;
}

function rowOf(steps: Row['steps']): Row {
  const roles = new Set(steps.map(({ role }) => role).filter((role) => role !== 'variable'));
  const label = roles.size > 0 ? [...roles].join(', ') : `↓ ${variableNames(steps)}`;
  return { steps, label: INDENTATION.repeat(Math.min(steps[0].depth, MAX_INDENTATION)) + label };
}

function variableNames(steps: readonly FlowStep[]): string {
  const names = new Set(steps.map(({ place }) => place.content.replace(/\s+/g, ' ')));
  return prepareLine([...names].join(', '), 0, 0, MAX_NAMES).after;
}

/** Characters: a variable may be as long as `self.cache[key].rows`, and code needs the room more. */
const MAX_NAMES = 20;
const INDENTATION = '  ';
/** Deeper calls look no deeper, for the same reason. */
const MAX_INDENTATION = 6;

function layOut(rows: readonly (Row | Gap)[], firstPath: string, options: FlowOptions): string[] {
  const { dim } = options.palette;
  const shown = rows.filter((row) => 'steps' in row);
  const labelWidth = Math.max(...shown.map(({ label }) => textWidth(label)));
  const numberWidth = Math.max(...shown.map(({ steps }) => String(steps[0].place.start.line).length));
  const room = Math.max(MIN_CODE, options.width - labelWidth - numberWidth - '   │ '.length);
  let path = firstPath;
  return rows.flatMap((row) => {
    if ('left' in row) return [dim(`… ${row.left} more steps (--dataflow-traces)`)];
    const { place } = row.steps[0];
    const padding = ' '.repeat(labelWidth - textWidth(row.label));
    const number = dim(String(place.start.line).padStart(numberWidth));
    const line = `${row.label}${padding}  ${number} │ ${codeOf(place, room, options)}`.trimEnd();
    if (place.path === path) return [line];
    path = place.path;
    return [dim(`${neutralizeLine(path)}:${place.start.line}`), line];
  });
}

/** Narrower than this, code tells nothing. */
const MIN_CODE = 20;

/** The line of a step without its indentation, the step itself marked. */
function codeOf(place: TraceStep, room: number, { palette, source, maxChars }: FlowOptions): string {
  const { line, start, end } = lineOf(place, source);
  const indentation = line.length - line.trimStart().length;
  const code = line.trim();
  const from = Math.max(0, start - indentation);
  const { before, marked, after } = fit(code, from, Math.max(from, end - indentation), room, maxChars);
  return `${before}${marked === '' ? '' : palette.bold(marked)}${after}`;
}

function lineOf(place: TraceStep, source: SourceLine): { line: string; start: number; end: number } {
  const line = source(place.path, place.start.line);
  if (line === null) {
    const [first = ''] = place.content.split('\n', 1);
    return { line: first, start: 0, end: first.length };
  }
  const endsHere = place.end.line === place.start.line;
  return {
    line,
    start: utf16Column(line, place.start.column),
    end: endsHere ? utf16Column(line, place.end.column) : line.length,
  };
}

/** Wide characters, and controls that are spelled out, take more columns than characters: then fewer are kept. */
function fit(code: string, start: number, end: number, room: number, maxChars: number): CodeLine {
  let chars = maxChars > 0 ? Math.min(maxChars, room) : room;
  for (;;) {
    const line = prepareLine(code, start, end, chars);
    const width = textWidth(line.before + line.marked + line.after);
    if (width <= room || chars <= 2) return line;
    chars = Math.min(chars - 1, Math.max(2, Math.floor((chars * room) / width)));
  }
}
