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
