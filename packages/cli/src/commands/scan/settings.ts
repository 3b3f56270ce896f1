import type { FlowDepth, Severity } from '@lockstep/engine';
import type { Project } from '../../config/open-project.ts';
import type { OutputRequest } from '../../reports/outputs.ts';
import type { TargetOptions } from '../../targets/target.ts';
import type { PoolOptions } from '../../workers/scan-pool.ts';

/** Where the rules come from: `--config`, the repository's `lockstep.yaml`, or `-e` with `-l`. */
export type RuleSource =
  | {
      kind: 'config';
      values: readonly string[];
      /** Nobody asked for these: they are the ones that come with Lockstep. */
      isDefault: boolean;
      /** Ids are prefixed by where their file lies. */
      rewriteIds: boolean;
      /** Folders of models, besides those that come with Lockstep. */
      models: readonly string[];
    }
  | {
      kind: 'project';
      project: Project;
      rewriteIds: boolean;
      /** Folders of models that `--models` names. */
      models: readonly string[];
      /** Only what the repository itself holds. */
      localOnly: boolean;
      /** Nothing may be fetched. */
      offline: boolean;
    }
  | { kind: 'pattern'; pattern: string; language: string; replacement: string | null };

/** What `lockstep.yaml` may say where no flag does. */
export interface ScanLimits {
  /** Of rules in taint mode. */
  depth: FlowDepth;
  /** Rules may ask to follow data across files, whatever the depth: a depth that was given forbids it. */
  interfile: boolean;
  timeoutMs: number;
  timeoutThreshold: number;
  maxTargetBytes: number;
}

export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** What a scan is to do: flags and environment, checked and with every default filled in. */
export interface ScanSettings {
  /** Absolute. */
  cwd: string;
  roots: readonly string[];
  rules: RuleSource;
  /** Ids of rules to leave out, whole or from a dot on. */
  excludeRules: readonly string[];
  /** Empty: all. */
  severities: readonly Severity[];
  targets: Omit<TargetOptions, 'cwd' | 'readStandardInput'>;
  /** A revision: only what is new since then counts. */
  baseline: string | null;
  /** A file of known findings: only others count. */
  baselineFile: string | null;
  pool: PoolOptions;
  /** Absolute folder of what earlier runs found out; null: nothing is kept. */
  cacheFolder: string | null;
  suppressions: boolean;
  /** Of rules in taint mode. */
  depth: FlowDepth;
  /** Rules may ask to follow data across files, whatever the depth: a depth that was given forbids it. */
  interfile: boolean;
  autofix: boolean;
  dryrun: boolean;
  failOnFindings: boolean;
  strict: boolean;
  outputs: readonly OutputRequest[];
  /** The file that GitHub shows as the summary of the job: `--github` adds to it. */
  jobSummary: string | null;
  /** SARIF lists findings that a comment suppresses too, marked as such. */
  sarifSuppressed: boolean;
  /** null: where the stream is a terminal. */
  color: boolean | null;
  verbosity: Verbosity;
  time: boolean;
  maxLinesPerFinding: number;
  maxCharsPerLine: number;
  /** Text shows every step of a flow. */
  dataflowTraces: boolean;
}
