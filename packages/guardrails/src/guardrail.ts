import type { Located } from './fields/values.ts';

/** A promise about the code, as its `guardrail.yaml` tells it. */
export interface Guardrail {
  /** The name of its folder. */
  id: string;
  /** One sentence that both teams would sign. */
  promise: string;
  /** `CWE-532` */
  weakness: string;
  /** Who answers for it, as CODEOWNERS would name them. */
  owners: { security: string; engineering: string };
  /** What made somebody write it; null where that is not told. */
  origin: Origin | null;
  /** The repair that came first; null where there was none. */
  fix: FirstFix | null;
  stage: Stage;
  /** Canonical names of languages; empty where its rules say it. */
  languages: string[];
  /** What its findings say after naming what is wrong, unless an entry has its own words; null: the promise. */
  message: string | null;
  /** URLs that explain the weakness or the right way. */
  references: string[];
  /** Globs of the files it is about. */
  paths: { include: string[]; exclude: string[] };
  require: Requirement[];
  forbid: Prohibition[];
  unsafeCall: UnsafeCall[];
  /** Of all its findings; those of one entry stand there. */
  exceptions: Exception[];
  policy: Policy;
  /** Moves from stage to stage, oldest first. */
  history: StageMove[];
}

export interface Origin {
  kind: OriginKind;
  /** `2026-02-17` */
  date: string | null;
  link: string | null;
}

export interface FirstFix {
  summary: string;
  /** The file that was changed. */
  change: string | null;
  /** The regression test. */
  test: string | null;
}

/** Who sees its findings: security alone; the author too; the author, whose build fails. */
export const STAGES = ['monitor', 'comment', 'block'] as const;
export type Stage = (typeof STAGES)[number];

export const ORIGIN_KINDS = ['incident', 'penetration-test', 'bug-bounty', 'review', 'hunt', 'advisory'] as const;
export type OriginKind = (typeof ORIGIN_KINDS)[number];

/** What all short forms have. Lists of patterns are alternatives. */
interface Entry extends Located {
  /** Its rule is called `<guardrail>-<name>`; null: `<guardrail>`, with a number from the second entry on. */
  name: string | null;
  message: string | null;
  /** Metavariables and the regular expressions that they must match. */
  where: Record<string, string>;
  /** Only within one of these. */
  inside: string[];
  except: Exception[];
}

/** Every such function (class, call) has one of these. */
export interface Requirement extends Entry {
  on: string[];
  have: Safeguard[];
  /** Statements beside it that protect it as well: a router with dependencies, a check before each request. */
  haveOn: string[];
}

export type Safeguard =
  | { kind: 'decorator'; decorator: string; place: DecoratorPlace | null }
  | { kind: 'call'; call: string }
  | { kind: 'wrapper'; wrapper: string }
  | { kind: 'base'; base: string };

/** Where a decorator must stand in relation to those that `on` names. */
export const DECORATOR_PLACES = ['below', 'above'] as const;
export type DecoratorPlace = (typeof DECORATOR_PLACES)[number];

/** This function or module is not used here. */
export interface Prohibition extends Entry {
  /** Dotted names of functions and classes; the last part may be `*`. */
  use: string[];
  /** Dotted names of modules. */
  module: string[];
  /** What to use in its place. */
  instead: string | null;
}

/** This call is fine in one shape and wrong in another. */
export interface UnsafeCall extends Entry {
  call: string[];
  safe: string[];
  /** Only these shapes are wrong; empty: all that are not safe. */
  unsafe: string[];
  argument: Argument | null;
  /** Where data comes from that must not reach it; with `models`, this makes it a rule about data flow. */
  from: string[];
  /** What makes the data safe. */
  cleanedBy: string[];
  models: string[];
  instead: string | null;
}

/** What must be true of an argument: one of the last three says it, or, where data must not reach it, none. */
export interface Argument {
  name: string | null;
  /** Counted from 1. */
  position: number | null;
  mustBe: ArgumentDemand | null;
  oneOf: string[];
  noneOf: string[];
}

export const ARGUMENT_DEMANDS = ['present', 'literal', 'not-literal'] as const;
export type ArgumentDemand = (typeof ARGUMENT_DEMANDS)[number];

/** Code that need not keep the promise. At least one of symbol and path says which; both: it must fit both. */
export interface Exception extends Located {
  /** `function`, `Class.method`, `module:function`, `package.module.function`; `*` for a name, `**` for any. */
  symbol: string | null;
  /** A glob, as `paths` of rules have it. */
  path: string | null;
  reason: string;
  owner: string | null;
  approvedBy: string | null;
  /** The last day it holds. */
  until: string | null;
}

/** What an exception must tell besides its reason. */
export const EXCEPTION_DEMANDS = ['owner', 'approved-by', 'until'] as const;
export type ExceptionDemand = (typeof EXCEPTION_DEMANDS)[number];

export interface Policy {
  exceptions: ExceptionDemand[];
  /** Whether comments in the code may be exceptions. */
  inline: boolean;
  /** What it takes to reach a stage, where that is more than usual. */
  comment: EvidenceDemand | null;
  block: EvidenceDemand | null;
}

/** How sure one must be of a guardrail's findings. */
export interface EvidenceDemand {
  /** So many findings with a verdict. */
  triaged: number;
  /** This share of them was right. */
  precision: number;
}

export interface StageMove {
  date: string;
  from: Stage;
  to: Stage;
  /** Who agreed. */
  who: string;
  why: string;
  /** Figures or a link that the decision rests on. */
  evidence: string | null;
}
