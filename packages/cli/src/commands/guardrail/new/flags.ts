/** The flags of `lockstep guardrail new`, as the command line gives them. */
export interface NewFlags {
  template?: Template;
  pattern?: string;
  lang?: string;
  have?: string;
  safe?: string;
  instead?: string;
  example?: string;
  fromFinding?: number;
  report?: string;
  promise?: string;
  weakness?: string;
  security?: string;
  engineering?: string;
  message?: string;
  dir?: string;
}

export const TEMPLATES = ['forbid', 'require', 'unsafe-call', 'pattern'] as const;
export type Template = (typeof TEMPLATES)[number];
