/** Rules and the annotated files that test them. */
export interface TestSuite {
  /** The rule file, or the guardrail's folder: the name of the suite in reports. */
  config: string;
  /** The files to load rules from. */
  ruleFiles: string[];
  targets: TestTarget[];
}

export interface TestTarget {
  path: string;
  /** The file that shows the target with the rules' fixes applied; null where there is none. */
  fixed: string | null;
}
