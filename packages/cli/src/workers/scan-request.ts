import type { FlowDepth, ScanFile } from '@lockstep/engine';

/** A file to scan, as threads pass it on; its text is read where it is scanned. */
export interface ScanRequest extends Omit<ScanFile, 'text'> {
  absolutePath: string;
  /** What the `paths` of rules are matched against. */
  rulePath: string;
  bytes: number;
  /** Scanned in place of what the file holds now; null: read it. */
  content: Uint8Array | null;
  /** Ids of the rules that are to look at it; null: all. Rules that follow data across files are not bound by it. */
  onlyRules: readonly string[] | null;
}

/** What the rules are to do, the same for all files of a run. */
export interface ScanSetup {
  /** Measures time per rule. */
  timeRules: boolean;
  /** Inline suppressions are honoured. */
  suppressions: boolean;
  /** Of rules in taint mode. */
  depth: FlowDepth;
  /** Rules may ask to follow data across files, whatever the depth. */
  interfile: boolean;
  /** The `paths` of rules are honoured; tests of rules run them on any file. */
  rulePaths: boolean;
}
