/** What an answer depends on: a file's text, or which files a dotted path may mean. Of `FILE` or `MODULE`. */
export type Dependency = string;

const FILE = 'file:';
const MODULE = 'module:';

export function onFile(path: string): Dependency {
  return FILE + path;
}

export function onModule(dotted: string): Dependency {
  return MODULE + dotted;
}

/** The path of a dependency on a file; null of any other. */
export function fileOf(dependency: Dependency): string | null {
  return dependency.startsWith(FILE) ? dependency.slice(FILE.length) : null;
}

/** The dotted path of a dependency on which files it may mean; null of any other. */
export function moduleOf(dependency: Dependency): string | null {
  return dependency.startsWith(MODULE) ? dependency.slice(MODULE.length) : null;
}

/** Collects what answers about a program depend on, while they are worked out: what is asked on the way tells it. */
export class DependencyLog {
  private into: Set<Dependency> | null = null;

  note(dependency: Dependency): void {
    this.into?.add(dependency);
  }

  noteAll(dependencies: Iterable<Dependency>): void {
    if (this.into === null) return;
    for (const one of dependencies) this.into.add(one);
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
