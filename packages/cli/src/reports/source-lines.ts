import { LineIndex } from '@lockstep/engine';
import type { SourceLine } from './code-frame.ts';

/**
 * Lines of scanned files for code frames. `readText` gives a file's text, or null where it cannot be read; only the
 * last file is kept, as reports go file by file.
 */
export function createSourceLines(readText: (path: string) => string | null): SourceLine {
  let current: { path: string; index: LineIndex | null } | null = null;
  return (path, line) => {
    if (current?.path !== path) {
      const text = readText(path);
      current = { path, index: text === null ? null : new LineIndex(text) };
    }
    const { index } = current;
    return index === null || line > index.lineCount ? null : index.lineText(line);
  };
}
