import type { FlowDepth, Severity } from '@lockstep/engine';
import type { Located } from './fields/values.ts';
import type { Stage } from './guardrail.ts';

/** What a repository is checked for and how, as its `lockstep.yaml` tells it. */
export interface ProjectConfig {
  guardrails: Source[];
  /** Rule files and folders of them, in the repository. */
  rules: ProjectPath[];
  /** Folders of models, in the repository. */
  models: ProjectPath[];
  overrides: Override[];
  /** Ignore patterns, anchored at the folder of `lockstep.yaml`. */
  ignore: string[];
  /** The file with the findings that are known, in the repository. */
  baseline: ProjectPath | null;
  scan: ScanDefaults;
}

/** A path in the repository, relative to `lockstep.yaml`; `/` between names, no `.` or `..` among them. */
export interface ProjectPath extends Located {
  relative: string;
}

/** Where guardrails come from. */
export type Source = FolderSource | BundledSource | GitSource | NpmSource;

/** A folder of the repository. */
export interface FolderSource extends Located {
  kind: 'folder';
  folder: string;
}

/** Those that come with Lockstep; `default` among the names is all of them. */
export interface BundledSource extends Located {
  kind: 'bundled';
  names: string[];
}

export interface GitSource extends Located {
  kind: 'git';
  url: string;
  /** In full. */
  commit: string;
  /** null: the whole of it. */
  folder: string | null;
}

export interface NpmSource extends Located {
  kind: 'npm';
  package: string;
  /** Exact. */
  version: string;
  /** null: the whole of it. */
  folder: string | null;
}

/** What differs in this repository from what a guardrail or a rule says itself; null and empty: nothing does. */
export interface Override extends Located {
  /** One of these two is set. */
  guardrail: string | null;
  rule: string | null;
  stage: Stage | null;
  severity: Severity | null;
  paths: { include: string[]; exclude: string[] };
  off: boolean;
  reason: string;
  /** Who decided it. */
  by: string | null;
  /** The last day it holds. */
  until: string | null;
}

/** What a scan does where no flag says otherwise; null: what it does without `lockstep.yaml`. */
export interface ScanDefaults {
  depth: FlowDepth | null;
  /** Seconds; 0: any time. */
  timeout: number | null;
  timeoutThreshold: number | null;
  maxTargetBytes: number | null;
}

export const SEVERITIES = [
  'INFO',
  'WARNING',
  'ERROR',
  'LOW',
  'MEDIUM',
  'HIGH',
  'CRITICAL',
] as const satisfies readonly Severity[];
export const DEPTHS = ['function', 'file', 'project'] as const satisfies readonly FlowDepth[];
