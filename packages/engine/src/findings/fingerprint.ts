import type { Finding, MetavariableValue } from './finding.ts';
import { pythonPathRepr, pythonRepr } from './python-repr.ts';

/**
 * The match-based identity of a finding (semantics 11 §2): it does not move with line numbers or formatting, and
 * changes with the rule's patterns, what the metavariables hold, the path, or the rule id.
 */
export interface FingerprintSource {
  /** `Rule.formulaString`. */
  formulaString: string;
  /** Relative to the working directory where possible. */
  path: string;
  ruleId: string;
  metavariables: Record<string, Pick<MetavariableValue, 'abstractContent'>>;
}

/** BLAKE2b-512 of a text's UTF-8 bytes, in lower-case hex. The engine has no hash functions of its own. */
export type HashText = (text: string) => string;

/** What Semgrep hashes, character by character: the text form of a Python tuple. */
export function fingerprintText(source: FingerprintSource): string {
  const formula = fillMetavariables(source.formulaString, source.metavariables);
  return `(${pythonRepr(formula)}, ${pythonPathRepr(source.path)}, ${pythonRepr(source.ruleId)})`;
}

/** The fingerprint without its index, which needs the whole report (`numberFingerprints`). */
export function fingerprint(source: FingerprintSource, blake2b512: HashText): string {
  return blake2b512(fingerprintText(source));
}

/**
 * The fingerprints of a report's findings with their `_index`: 0 for the first of equal ones in report order, 1 for
 * the next, and so on. Give it suppressed findings too, so that suppressing one does not rename the others.
 */
export function numberFingerprints(findings: readonly Pick<Finding, 'fingerprint'>[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ fingerprint }) => {
    const index = seen.get(fingerprint) ?? 0;
    seen.set(fingerprint, index + 1);
    return `${fingerprint}_${index}`;
  });
}

/** Longest names first, so that `$REQ` is not replaced within `$REQUEST`; then by name. */
function fillMetavariables(formula: string, metavariables: FingerprintSource['metavariables']): string {
  const names = Object.keys(metavariables).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return names.reduce(
    (text, name) => text.replaceAll(name, () => metavariables[name]?.abstractContent ?? name),
    formula,
  );
}
