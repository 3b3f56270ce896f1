/** Replacing ranges of a text: UTF-16 offsets, `end` exclusive. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

export interface EditedText<Edit extends TextEdit> {
  text: string;
  /** In the order given. An edit equal to an applied one counts as applied. */
  applied: Edit[];
  /** Edits left out because they overlap one that was applied, with that one. */
  conflicts: { edit: Edit; with: Edit }[];
}

/**
 * Applies edits in one pass (semantics 08 §2): in the order given, an edit is accepted unless it overlaps one that was
 * accepted before it; edits that only touch are fine. An empty replacement of a range that starts a line takes the
 * line break after it along.
 */
export function applyEdits<Edit extends TextEdit>(text: string, edits: readonly Edit[]): EditedText<Edit> {
  const accepted: Edit[] = [];
  const applied: Edit[] = [];
  const conflicts: EditedText<Edit>['conflicts'] = [];
  for (const edit of edits) {
    const rival = accepted.find((other) => overlaps(edit, other) || isSame(edit, other));
    if (rival !== undefined && !isSame(edit, rival)) {
      conflicts.push({ edit, with: rival });
      continue;
    }
    if (rival === undefined) accepted.push(edit);
    applied.push(edit);
  }
  return { text: replaceRanges(text, accepted), applied, conflicts };
}

function replaceRanges(text: string, edits: readonly TextEdit[]): string {
  const inOrder = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: string[] = [];
  let from = 0;
  for (const edit of inOrder) {
    pieces.push(text.slice(from, Math.max(from, edit.start)), edit.text);
    from = Math.max(from, deletedEnd(text, edit));
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

/** A range that ends in a line break itself leaves no empty line behind: nothing more is taken. */
function deletedEnd(text: string, edit: TextEdit): number {
  const startsLine = edit.start === 0 || text[edit.start - 1] === '\n';
  const isDeletion = edit.text === '' && edit.end > edit.start;
  if (!isDeletion || !startsLine || text[edit.end - 1] === '\n') return edit.end;
  if (text.startsWith('\r\n', edit.end)) return edit.end + 2;
  return text[edit.end] === '\n' ? edit.end + 1 : edit.end;
}

function overlaps(a: TextEdit, b: TextEdit): boolean {
  return !(a.end <= b.start || b.end <= a.start);
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
