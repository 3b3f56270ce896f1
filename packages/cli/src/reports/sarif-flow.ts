import type { Position, Trace, TraceStep } from '@lockstep/engine';
import type { SourceLine } from './code-frame.ts';
import { type FlowStep, flowSteps, innermostPlace } from './flow-steps.ts';
import { utf16Column } from './match-lines.ts';
import type { LeftOut } from './sarif-limits.ts';
import { sarifLocation } from './sarif-location.ts';
import { withoutLinks } from './sarif-text.ts';
import { shorten } from './shorten.ts';

/** A trace as SARIF's `codeFlow`, worded as Semgrep does; steps within calls are nested. */
export function sarifFlow(trace: Trace, source: SourceLine, leftOut: LeftOut): object {
  const from = placeName(innermostPlace(trace.source));
  const to = placeName(innermostPlace(trace.sink));
  return {
    message: { text: `Untrusted dataflow from ${from} to ${to}` },
    threadFlows: [{ locations: leftOut.limitSteps(flowSteps(trace)).map((step) => threadFlowLocation(step, source)) }],
  };
}

const ROLES: Record<FlowStep['role'], string> = {
  source: 'Source',
  variable: 'Propagator',
  call: 'Call',
  sink: 'Sink',
};

function threadFlowLocation({ role, place, depth }: FlowStep, source: SourceLine): object {
  const text = `${ROLES[role]}: '${withoutLinks(inOneLine(place.content))}' @ '${placeName(place)}'`;
  const physicalLocation = {
    artifactLocation: sarifLocation(place.path),
    region: { ...region(place, source), snippet: { text: place.content } },
  };
  return { location: { message: { text }, physicalLocation }, nestingLevel: depth };
}

function region({ path, start, end }: TraceStep, source: SourceLine): object {
  const column = ({ line, column }: Position) => utf16Column(source(path, line) ?? '', column) + 1;
  return { startLine: start.line, startColumn: column(start), endLine: end.line, endColumn: column(end) };
}

function placeName({ path, start }: TraceStep): string {
  return `${path}:${start.line}`;
}

/** A list of steps shows one line of each; the whole code is in the snippet. */
function inOneLine(code: string): string {
  const line = code
    .slice(0, 4 * MAX_CODE)
    .replace(/\s+/g, ' ')
    .trim();
  return shorten(line, MAX_CODE);
}

const MAX_CODE = 100;
