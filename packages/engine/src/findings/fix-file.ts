import { applyEdits } from './edits.ts';
import type { Finding } from './finding.ts';
import type { LineIndex } from './line-index.ts';

export interface FixedFile {
  text: string;
  /** Findings whose fix is in the text. */
  fixed: Finding[];
  /** Findings whose fix was left out, with the finding whose fix stood in the way. */
  conflicts: { finding: Finding; with: Finding }[];
}

/**
 * Applies the fixes of one file's findings (semantics 08 §2), which must be in report order, so that of nested matches
 * the outer one wins. Suppressed findings are not fixed. One pass: nothing is matched again.
 */
export function fixFile(index: LineIndex, findings: readonly Finding[]): FixedFile {
  const edits = findings.flatMap((finding) => {
    if (finding.fix === null || finding.ignored) return [];
    const start = index.utf16Offset(finding.start.offset);
    return [{ start, end: index.utf16Offset(finding.end.offset), text: finding.fix, finding }];
  });
  const { text, applied, conflicts } = applyEdits(index.text, edits);
  return {
    text,
    fixed: applied.map(({ finding }) => finding),
    conflicts: conflicts.map(({ edit, with: rival }) => ({ finding: edit.finding, with: rival.finding })),
  };
}
