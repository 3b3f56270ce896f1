import { type Finding, fixFile, LineIndex } from '@lockstep/engine';
import { createTwoFilesPatch } from 'diff';

/** A target with the fixes of its findings applied, against the file that shows how it should look then. */
export interface FixTestResult {
  target: string;
  fixed: string;
  passed: boolean;
  /** Unified, from what is expected to what came out; empty where they agree. */
  diff: string;
}

export function testFix(
  target: { path: string; text: string },
  fixed: { path: string; text: string },
  findings: readonly Finding[],
): FixTestResult {
  const result = unixLines(fixFile(new LineIndex(target.text), findings).text);
  const expected = unixLines(fixed.text);
  const passed = result === expected;
  return {
    target: target.path,
    fixed: fixed.path,
    passed,
    diff: passed ? '' : unifiedDiff(target.path, fixed.path, expected, result),
  };
}

function unifiedDiff(target: string, fixed: string, expected: string, result: string): string {
  const patch = createTwoFilesPatch(
    `${fixed} (expected)`,
    `${target} (fixed)`,
    expected,
    result,
    undefined,
    undefined,
    {
      context: 2,
    },
  );
  return patch.replace(/^=+\n/, '').trimEnd();
}

/** Checked-out files may have either kind of line break. */
function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
