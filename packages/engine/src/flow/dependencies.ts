/**
 * What an answer depends on: a file's text, which files a dotted path may mean, the texts of all files that hold some
 * words, or what a class and a method are as far as the texts of all files seem to declare.
 */
export type Dependency = string;

const FILE = 'file:';
const MODULE = 'module:';
const WORDS = 'words:';
const OUTLINE = 'outline:';

export function onFile(path: string): Dependency {
  return FILE + path;
}

export function onModule(dotted: string): Dependency {
  return MODULE + dotted;
}

export function onWords(words: readonly string[]): Dependency {
  return WORDS + words.join('.');
}

export function onOutline(owner: string, method: string): Dependency {
  return `${OUTLINE}${owner}.${method}`;
}

/** The path of a dependency on a file; null of any other. */
export function fileOf(dependency: Dependency): string | null {
  return dependency.startsWith(FILE) ? dependency.slice(FILE.length) : null;
}

/** The dotted path of a dependency on which files it may mean; null of any other. */
export function moduleOf(dependency: Dependency): string | null {
  return dependency.startsWith(MODULE) ? dependency.slice(MODULE.length) : null;
}

/** The words of a dependency on all files that hold them; null of any other. */
export function wordsOf(dependency: Dependency): string[] | null {
  return dependency.startsWith(WORDS) ? dependency.slice(WORDS.length).split('.') : null;
}

/** The class and the method of a dependency on what they are; null of any other. */
export function outlineOf(dependency: Dependency): [owner: string, method: string] | null {
  if (!dependency.startsWith(OUTLINE)) return null;
  const [owner = '', method = ''] = dependency.slice(OUTLINE.length).split('.');
  return [owner, method];
}

/** What was worked out once, and what that depends on. */
export interface Answer<Result> {
  result: Result;
  dependencies: ReadonlySet<Dependency>;
}

/** Collects what answers about a program depend on, while they are worked out: what is asked on the way tells it. */
export class DependencyLog {
  private into: Set<Dependency> | null = null;

  note(dependency: Dependency): void {
    this.into?.add(dependency);
  }

  private noteAll(dependencies: Iterable<Dependency>): void {
    if (this.into === null) return;
    for (const one of dependencies) this.into.add(one);
  }

  /** An answer that is worked out once; whoever asks again depends on the same. */
  remembered<Key, Result>(known: Map<Key, Answer<Result>>, key: Key, work: () => Result): Result {
    let answer = known.get(key);
    if (answer === undefined) {
      const dependencies = new Set<Dependency>();
      answer = { result: this.collect(dependencies, work), dependencies };
      known.set(key, answer);
    }
    this.noteAll(answer.dependencies);
    return answer.result;
  }

  /** Does some work, and collects what is noted meanwhile; not what other collections within the work take. */
  collect<Result>(into: Set<Dependency>, work: () => Result): Result {
    const outer = this.into;
    this.into = into;
    try {
      return work();
    } finally {
      this.into = outer;
    }
  }
}
