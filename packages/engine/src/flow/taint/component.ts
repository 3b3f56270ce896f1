import type { Dependency } from '../dependencies.ts';
import type { FunctionBody } from '../il.ts';
import type { Bounds } from './bounds.ts';
import type { SinkHit, Summary } from './summary.ts';
import type { Cell, Meaning } from './value.ts';

/** Data of a source in a variable outside of a function, or in a field of its object. */
export interface Left {
  body: FunctionBody;
  key: string;
  value: Cell;
}

/** What an analysis of a function tells, whatever the function is given. */
export type Told = { kind: 'hit'; hit: SinkHit } | { kind: 'left'; left: Left };

/** The summary of a function for one sort of given values. */
export interface SummaryEntry {
  readonly body: FunctionBody;
  /** What is known of the given values. */
  readonly key: string;
  readonly given: ReadonlyMap<string, Meaning>;
  readonly summary: Summary;
  /**
   * `provisional`: it rests on functions that are being worked out, with which it calls each other; `outdated`: more
   * is known of those by now.
   */
  readonly state: 'new' | 'running' | 'provisional' | 'outdated' | 'final';
  /** Once it is final. */
  readonly component: Component | null;
}

/** Of what function it is a summary, and of what it is given. */
export interface Member {
  /** Of the function. */
  readonly id: string;
  readonly key: string;
}

/** Summaries of functions that call each other, or of one. */
export interface Component {
  readonly members: readonly Member[];
  /** The others that it rests on. */
  readonly callees: readonly Component[];
  /** What was given to functions and is not told apart from others, as they were given too many sorts of values by then. */
  readonly refused: readonly Member[];
  /** What was told while it was worked out, in order. */
  readonly told: readonly Told[];
  /** Bounds that were reached in its functions. */
  readonly bounds: Bounds;
  /** What it depends on, beside its callees and the rule. */
  readonly dependencies: ReadonlySet<Dependency>;
  /** All that is matched in its functions, and in what it rests on, comes from models, which other rules use too. */
  readonly isShared: boolean;
  /** The same comes out wherever it is worked out: nothing was met that depends on what was asked before. */
  readonly isRepeatable: boolean;
}

/** One that this run has worked out. */
export interface OwnComponent extends Component {
  readonly entries: readonly SummaryEntry[];
}
