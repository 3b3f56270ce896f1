import { LineIndex } from '@lockstep/engine';
import type { SourceLine } from './code-frame.ts';

/** Reports go file by file, but a flow may go to and fro between its finding's file and those of the functions it is in. */
const FILES_KEPT = 8;

/**
 * Lines of scanned files for code frames and flows. `readText` gives a file's text, or null where it cannot be read; only
 * the files that were used last are kept.
 */
export function createSourceLines(readText: (path: string) => string | null): SourceLine {
  const files = new Map<string, LineIndex | null>();
  const indexOf = (path: string): LineIndex | null => {
    let index = files.get(path);
    if (index === undefined) {
      const text = readText(path);
      index = text === null ? null : new LineIndex(text);
    }
    // A map keeps the order of insertion: the file used last stands at its end.
    files.delete(path);
    files.set(path, index);
    const [oldest] = files.keys();
    if (files.size > FILES_KEPT && oldest !== undefined) files.delete(oldest);
    return index;
  };
  return (path, line) => {
    const index = indexOf(path);
    return index === null || line > index.lineCount ? null : index.lineText(line);
  };
}
