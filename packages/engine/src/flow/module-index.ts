import { factsOf } from './body-facts.ts';
import { type Answer, type DependencyLog, onFile, onModule } from './dependencies.ts';
import type { Declared, FunctionBody } from './il.ts';
import { firstImported, importsOf } from './imports.ts';
import type { ProgramFile } from './program.ts';

/** What a dotted name leads to. */
type Found = Declared | null;

/** A name that modules import from each other is looked for in so many: a package may have all names of all its modules. */
const MAX_MODULES = 200;

interface Module {
  file: ProgramFile;
  /** Dotted path from the root of the project, and whether it is the package itself. */
  path: readonly string[];
  isPackage: boolean;
}

/**
 * The modules of a project by dotted path, and what names in them stand for: functions, classes, methods, and what a
 * module imports from another. Where the roots of import paths are is not known: a module is found by any end of its
 * path, and of several the one nearest to who imports it is taken.
 */
export class ModuleIndex {
  private readonly byEnd = new Map<string, Module[]>();
  private readonly byFile = new Map<string, Module>();
  /** By file that asks, then by name. */
  private readonly known = new Map<string, Map<string, Answer<Found>>>();
  private readonly log: DependencyLog;

  /** `log` is told what answers depend on. */
  constructor(files: readonly ProgramFile[], log: DependencyLog) {
    this.log = log;
    for (const file of files) this.add(file);
  }

  /** The paths of the files that a dotted path may mean. */
  filesAt(dotted: string): string[] {
    return (this.byEnd.get(dotted) ?? []).map(({ file }) => file.path);
  }

  private add(file: ProgramFile): void {
    const parts = file.path
      .replace(/\.\w+$/, '')
      .split('/')
      .filter((part) => part !== '' && part !== '.');
    const isPackage = parts[parts.length - 1] === file.language.packageModule;
    const path = isPackage ? parts.slice(0, -1) : parts;
    const module: Module = { file, path, isPackage };
    this.byFile.set(file.path, module);
    for (let from = 0; from < path.length; from++) {
      const end = path.slice(from).join('.');
      const known = this.byEnd.get(end);
      if (known === undefined) this.byEnd.set(end, [module]);
      else known.push(module);
    }
  }

  /** What a canonical name stands for where it is used in a function. */
  lookup = (canonical: readonly string[], from: FunctionBody): Found => {
    let ofFile = this.known.get(from.path);
    if (ofFile === undefined) {
      ofFile = new Map();
      this.known.set(from.path, ofFile);
    }
    const key = canonical.join('.');
    return this.log.remembered(ofFile, key, () => this.find(canonical, from.path, new Set()));
  };

  /** `seen` are the names of modules that it has been looked for under: modules import from each other. */
  private find(canonical: readonly string[], file: string, seen: Set<string>): Found {
    const absolute = this.absolute(canonical, file);
    if (absolute === null) return null;
    for (let length = absolute.length - 1; length >= 1; length--) {
      const module = this.module(absolute.slice(0, length), file);
      const found = module && this.member(module, absolute.slice(length), seen);
      if (found !== null) return found;
    }
    return null;
  }

  /** `..a.b` (the dots are part of the first name) seen from a file. */
  private absolute(canonical: readonly string[], file: string): readonly string[] | null {
    const dots = /^\.*/.exec(canonical[0] ?? '')?.[0].length ?? 0;
    if (dots === 0) return canonical;
    const module = this.byFile.get(file);
    if (module === undefined) return null;
    const up = module.isPackage ? dots - 1 : dots;
    if (up > module.path.length) return null;
    const first = (canonical[0] ?? '').slice(dots);
    return [...module.path.slice(0, module.path.length - up), ...(first === '' ? [] : [first]), ...canonical.slice(1)];
  }

  private module(path: readonly string[], file: string): Module | null {
    const end = path.join('.');
    this.log.note(onModule(end));
    const found = this.byEnd.get(end) ?? [];
    if (found.length <= 1) return found[0] ?? null;
    const own = file.split('/');
    const shared = (module: Module): number => {
      const other = module.file.path.split('/');
      let length = 0;
      while (length < own.length && own[length] === other[length]) length++;
      return length;
    };
    return [...found].sort((a, b) => shared(b) - shared(a) || a.path.length - b.path.length)[0] ?? null;
  }

  private member({ file }: Module, names: readonly string[], seen: Set<string>): Found {
    const [name, method, ...others] = names;
    if (name === undefined || others.length > 0) return null;
    const place = `${names.join('.')} ${file.path}`;
    if (seen.has(place) || seen.size >= MAX_MODULES) return null;
    seen.add(place);
    this.log.note(onFile(file.path));
    // What imports everything of others does not say the name.
    if (!file.text.includes(name) && !file.text.includes('*')) return null;
    const body = file.functions().at(-1);
    if (body === undefined) return null;
    const owner = body.classes.get(name);
    if (method !== undefined) return owner?.methods.get(method) ?? null;
    return owner ?? body.functions.get(name) ?? this.imported(body, name, seen) ?? variableOf(body, name);
  }

  /** A name that the module has from another, by name or by `*`. */
  private imported(body: FunctionBody, name: string, seen: Set<string>): Found {
    return firstImported(importsOf(body), name, (canonical) => this.find(canonical, body.path, seen));
  }
}

function variableOf(enclosing: FunctionBody, name: string): Found {
  return factsOf(enclosing).keys.has(name) ? { kind: 'variable', name, enclosing } : null;
}
