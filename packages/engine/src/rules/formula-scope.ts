/** What the readers of formulas need to know about where they are. */
export interface FormulaScope {
  /** Canonical name of the language that pattern texts are written in. */
  language: string;
  /** In rules for `regex` every string is a regular expression, and the key `pattern` is refused (06 §6.1). */
  regexRule: boolean;
  /** Inside `metavariable-pattern`, whose metavariable is the positive term that a conjunction otherwise needs. */
  hasContext: boolean;
}
