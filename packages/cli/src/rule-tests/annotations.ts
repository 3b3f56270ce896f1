/** What a test comment says about the line below it (semantics 09 §2). */
export interface Annotation {
  /**
   * `expected`: a finding; `absent`: none; `tolerated`: either (work to be done, or what only a deeper analysis finds).
   */
  verdict: 'expected' | 'absent' | 'tolerated';
  /** As written, one or more. */
  ids: string[];
  /** 1-based line of the comment. */
  line: number;
}

/** The annotations of a test file, in order. A line may carry several, also behind code. */
export function parseAnnotations(text: string): Annotation[] {
  return text.split('\n').flatMap((line, at) => lineAnnotations(line, at + 1));
}

const ANNOTATION = /(?:#|\/\/|<!--|\(\*|\/\*)[ \t]*(pro|deep)?(todo)?(ruleid|ok)[ \t]*:/g;
const COMMENT_END = /-->|\*\)|\*\//;
/** `ruleid: deepok: x`: what other engines do, which never changes what the ids are. */
const OTHER_ENGINE = /^\s*((?:pro|deep)(?:todo)?(?:ruleid|ok))\s*:/;

function lineAnnotations(line: string, number: number): Annotation[] {
  if (!line.includes(':')) return [];
  return [...line.matchAll(ANNOTATION)].flatMap((match) => {
    const [opening, engine, todo, kind] = match;
    const rest = line.slice(match.index + opening.length).split(COMMENT_END, 1)[0] ?? '';
    const other = OTHER_ENGINE.exec(rest);
    const list = other === null ? rest : rest.slice(other[0].length);
    const ids = list.split(',').map((id) => id.trim());
    const named = ids.filter((id) => id !== '');
    const verdict = verdictOf(engine, todo, kind, other?.[1]);
    return verdict === null || named.length === 0 ? [] : [{ verdict, ids: named, line: number }];
  });
}

/**
 * Lines for a deeper analysis than Semgrep's open one (`deepruleid`) are tolerated rather than forbidden: this engine
 * follows data further than that one. `deepok` alone says nothing about it.
 */
function verdictOf(
  engine: string | undefined,
  todo: string | undefined,
  kind: string | undefined,
  other: string | undefined,
): Annotation['verdict'] | null {
  if (engine !== undefined) return kind === 'ruleid' ? 'tolerated' : null;
  if (todo !== undefined) return 'tolerated';
  if (kind === 'ruleid') return 'expected';
  return other?.endsWith('ruleid') ? 'tolerated' : 'absent';
}
