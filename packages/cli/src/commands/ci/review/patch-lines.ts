/** A line of the new side of a patch. */
export interface PatchLine {
  /** 1-based. */
  line: number;
  /** Its number on the old side; null for one that the change adds. */
  oldLine: number | null;
  text: string;
}

/** The lines of a patch that comments can stand on, hunk by hunk. */
export function readPatch(patch: string): PatchLine[][] {
  const hunks: PatchLine[][] = [];
  let line = 0;
  let oldLine = 0;
  for (const row of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(row);
    const text = row.slice(1);
    if (header !== null) {
      oldLine = Number(header[1]);
      line = Number(header[2]);
      hunks.push([]);
    } else if (row.startsWith('+')) hunks.at(-1)?.push({ line: line++, oldLine: null, text });
    else if (row.startsWith(' ')) hunks.at(-1)?.push({ line: line++, oldLine: oldLine++, text });
    else if (row.startsWith('-')) oldLine++;
  }
  return hunks;
}

/** Lines of a hunk, first and last; `isWhole`: all of those that were looked for. */
export interface PatchRange {
  first: PatchLine;
  last: PatchLine;
  isWhole: boolean;
}

/**
 * Where code stands in a patch; null where it does not. What was scanned may be a merge of the change into its target, in
 * which lines have other numbers than in the change itself: the text decides, and of several places the nearest.
 */
export function locateLines(hunks: readonly PatchLine[][], lines: readonly string[], start: number): PatchRange | null {
  const runs = hunks.flatMap((hunk) => hunk.flatMap((_, at) => runAt(hunk, at, lines)));
  const nearest = runs.toSorted((a, b) => Math.abs(a.first.line - start) - Math.abs(b.first.line - start))[0];
  return nearest ?? locateOne(hunks, lines, start);
}

function runAt(hunk: readonly PatchLine[], at: number, lines: readonly string[]): PatchRange[] {
  const first = hunk[at];
  const last = hunk[at + lines.length - 1];
  if (first === undefined || last === undefined) return [];
  return lines.every((line, offset) => isSame(hunk[at + offset]?.text, line)) ? [{ first, last, isWhole: true }] : [];
}

/** The change has only some of the lines: the first of them that there is no doubt about. */
function locateOne(hunks: readonly PatchLine[][], lines: readonly string[], start: number): PatchRange | null {
  const all = hunks.flat();
  for (const [offset, text] of lines.entries()) {
    if (text.trim() === '') continue;
    const alike = all.filter((each) => isSame(each.text, text));
    const found = alike.find(({ line }) => line === start + offset) ?? (alike.length === 1 ? alike[0] : undefined);
    if (found !== undefined) return { first: found, last: found, isWhole: false };
  }
  return null;
}

/** What findings show of their last line has no blanks at its end. */
function isSame(a: string | undefined, b: string): boolean {
  return a?.trimEnd() === b.trimEnd();
}
