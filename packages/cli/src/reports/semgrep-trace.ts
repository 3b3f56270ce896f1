import type { Trace, TraceEnd, TraceStep } from '@lockstep/engine';
import { semgrepPosition } from './semgrep-errors.ts';

/** A trace as Semgrep's `dataflow_trace`, which it prints for those who are logged in. */
export function semgrepTrace({ source, through, sink }: Trace): object {
  return {
    taint_source: callTrace(source),
    intermediate_vars: through.map(variable),
    taint_sink: callTrace(sink),
  };
}

function callTrace(end: TraceEnd): [kind: string, content: unknown[]] {
  const { content } = end.step;
  const place = [location(end.step), content];
  if (end.kind === 'place') return ['CliLoc', place];
  return ['CliCall', [place, end.through.map(variable), callTrace(end.inner)]];
}

function variable(step: TraceStep): object {
  return { location: location(step), content: step.content };
}

function location({ path, start, end }: TraceStep): object {
  return { path, start: semgrepPosition(start), end: semgrepPosition(end) };
}
