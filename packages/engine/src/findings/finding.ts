import type { Json, Severity } from '../rules/rule.ts';
import type { Anchor } from './anchor.ts';

/** A place in a scanned file. */
export interface Position {
  /** 1-based. */
  line: number;
  /** 1-based, in bytes of the UTF-8 text (as Semgrep counts). */
  column: number;
  /** 0-based, in bytes of the UTF-8 text. */
  offset: number;
}

export interface PropagatedValue {
  abstractContent: string;
  /** null where the value was computed and stands nowhere in the source. */
  start: Position | null;
  end: Position | null;
}

export interface MetavariableValue {
  start: Position;
  end: Position;
  /** Source text of the binding. */
  content: string;
  /** The binding's tokens joined with a blank only between word characters (semantics 11 §1). */
  abstractContent: string;
  propagated: PropagatedValue | null;
}

/** A place that a flow goes through. */
export interface TraceStep {
  /** Of the file it stands in. */
  path: string;
  start: Position;
  /** Exclusive. */
  end: Position;
  /** Source text. */
  content: string;
}

/** Where a flow begins or ends: at a place, or at a call of the function in which it does. */
export type TraceEnd =
  | { kind: 'place'; step: TraceStep }
  /** `through`: the variables it passes between the call and `inner`, in order of the flow. */
  | { kind: 'call'; step: TraceStep; through: TraceStep[]; inner: TraceEnd };

/** How data reaches a sink. */
export interface Trace {
  source: TraceEnd;
  /** Variables that hold the data on its way, each at the assignment that stores it. */
  through: TraceStep[];
  sink: TraceEnd;
}

export interface Finding {
  ruleId: string;
  /** As spelled by the scan root (semantics 10 §1). */
  path: string;
  start: Position;
  /** Exclusive. */
  end: Position;
  /** Interpolated. */
  message: string;
  severity: Severity;
  metadata: { [key: string]: Json };
  /** Keys with sigil; insertion order is by name. */
  metavariables: Record<string, MetavariableValue>;
  /** The full source lines of the match, joined by newlines, right-trimmed. */
  lines: string;
  /** Of a taint rule's finding; null for other rules. */
  trace: Trace | null;
  /** Replacement text for the range; null where the rule offers none. */
  fix: string | null;
  /** Suppressed by an inline comment. */
  ignored: boolean;
  /** Match-based id without the trailing `_index` until the report numbers equal ones. */
  fingerprint: string;
  /** What baselines, verdicts and comments in the code know it by. */
  anchor: Anchor;
}
