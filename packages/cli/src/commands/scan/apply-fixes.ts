import { readFileSync, writeFileSync } from 'node:fs';
import { type Finding, fixFile, LineIndex, messageOf } from '@lockstep/engine';
import { decodeSource } from '../../workers/source-text.ts';

export interface AppliedFixes {
  /** Files that were changed. */
  files: number;
  fixes: number;
  /** Fixes that would have touched the code of another; another run applies them. */
  conflicts: number;
  /** Files that were left as they are, with the reason. */
  failures: { path: string; reason: string }[];
}

/**
 * Writes the fixes of findings into their files (semantics 08 §2). `findings` are in report order; `absolutePath` tells
 * where a finding's file is, null if it is none that can be written (standard input).
 */
export function applyFixes(findings: readonly Finding[], absolutePath: (path: string) => string | null): AppliedFixes {
  const applied: AppliedFixes = { files: 0, fixes: 0, conflicts: 0, failures: [] };
  const byPath = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.fix === null || finding.ignored) continue;
    const others = byPath.get(finding.path);
    if (others === undefined) byPath.set(finding.path, [finding]);
    else others.push(finding);
  }
  for (const [path, own] of byPath) {
    const file = absolutePath(path);
    const reason = file === null ? 'it is not a file' : fixOne(file, own, applied);
    if (reason !== null) applied.failures.push({ path, reason });
  }
  return applied;
}

/** Null, or why the file was left alone. */
function fixOne(file: string, findings: readonly Finding[], applied: AppliedFixes): string | null {
  try {
    const { text, exact } = decodeSource(readFileSync(file));
    if (!exact) return 'it is not valid UTF-8';
    const index = new LineIndex(text);
    if (!findings.every((finding) => isUnchanged(finding, index))) return 'it has changed since it was scanned';
    const fixed = fixFile(index, findings);
    if (fixed.text !== text) {
      writeFileSync(file, fixed.text);
      applied.files++;
    }
    applied.fixes += fixed.fixed.length;
    applied.conflicts += fixed.conflicts.length;
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

function isUnchanged({ start, end, lines }: Finding, index: LineIndex): boolean {
  return index.linesOf(index.utf16Offset(start.offset), index.utf16Offset(end.offset)) === lines;
}
