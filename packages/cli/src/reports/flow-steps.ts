import type { Trace, TraceEnd, TraceStep } from '@lockstep/engine';

/** A place on the way of data from source to sink, and what it is there. */
export interface FlowStep {
  role: 'source' | 'variable' | 'call' | 'sink';
  place: TraceStep;
  /** How many of the flow's calls it stands in. */
  depth: number;
}

/** A trace in the order in which the data goes: out of the calls that lead to the source, into those to the sink. */
export function flowSteps({ source, through, sink }: Trace): FlowStep[] {
  return [...stepsFromSource(source, 0), ...variables(through, 0), ...stepsToSink(sink, 0)];
}

/** Where the data is to be found first, or arrives at last, whatever the calls around it. */
export function innermostPlace(end: TraceEnd): TraceStep {
  return end.kind === 'place' ? end.step : innermostPlace(end.inner);
}

function stepsFromSource(end: TraceEnd, depth: number): FlowStep[] {
  if (end.kind === 'place') return [{ role: 'source', place: end.step, depth }];
  return [
    ...stepsFromSource(end.inner, depth + 1),
    ...variables(end.through, depth + 1),
    { role: 'call', place: end.step, depth },
  ];
}

function stepsToSink(end: TraceEnd, depth: number): FlowStep[] {
  if (end.kind === 'place') return [{ role: 'sink', place: end.step, depth }];
  return [
    { role: 'call', place: end.step, depth },
    ...variables(end.through, depth + 1),
    ...stepsToSink(end.inner, depth + 1),
  ];
}

function variables(places: readonly TraceStep[], depth: number): FlowStep[] {
  return places.map((place) => ({ role: 'variable', place, depth }));
}
