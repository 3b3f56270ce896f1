import type { FunctionBody } from '../il.ts';
import type { FlowStyle } from '../lower-function.ts';
import type { CallTargets } from './call-targets.ts';
import type { Labels } from './labels.ts';
import type { SinkHit, Summary } from './summary.ts';
import type { TaintOptions } from './taint-options.ts';
import type { Cell, Meaning, Taints } from './value.ts';

/** What an analysis wants to be told of. */
export interface Observer {
  sink(hit: SinkHit): void;
  returned(value: Cell): void;
  /** Data of a source is given to a call of these inputs, or of their methods. */
  passedTo(inputs: Taints): void;
  /** A call leaves data of a source where functions that it does not name may find it: by key of the called function. */
  left(called: FunctionBody, key: string, value: Cell): void;
}

/** What is known of functions that are called. */
export interface CallHost {
  targets: CallTargets;
  summary(body: FunctionBody, given: ReadonlyMap<string, Meaning>): Summary;
}

export interface TransferHost {
  options: TaintOptions;
  labels: Labels;
  /** Sinks of the rule ask what reaches which of their parts. */
  asksForParts: boolean;
  style: FlowStyle;
  /** Null where calls are not followed. */
  calls: CallHost | null;
  observer: Observer | null;
}
