/** Rules and the annotated files that test them. */
export interface TestSuite {
  /** The rule file, or the guardrail's folder: the name of the suite in reports. */
  config: string;
  /** The files to load rules from. */
  ruleFiles: string[];
  /** Files that are each tested by itself. */
  targets: TestTarget[];
  programs: TestProgram[];
}

/** Files that belong together and are tested together: what one of them does may be found in another. */
export interface TestProgram {
  folder: string;
  targets: TestTarget[];
}

export interface TestTarget {
  path: string;
  /** The file that shows the target with the rules' fixes applied; null where there is none. */
  fixed: string | null;
}
