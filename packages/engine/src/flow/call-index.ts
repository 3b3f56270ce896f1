import type { FlowLanguage } from '../languages/flow-language.ts';
import { type Application, applicationsIn, namesOfCallee, otherNamesIn } from './applications.ts';
import { baseNames, factsOf } from './body-facts.ts';
import { type DependencyLog, onOutline, onWords } from './dependencies.ts';
import type { ClassBody, Expression, FunctionBody } from './il.ts';
import type { Program, ProgramFile } from './program.ts';

/**
 * A method of a name that so many functions have is only looked for where the object's class is known: calls of `get`
 * would else connect all of a program.
 */
const MAX_NAMESAKES = 8;

/**
 * What a function is given is told from so many calls: one that is called more often, and a method of a class that more are
 * derived from than the names say, is given all sorts of things. Of openstack/nova, that is the base of its exceptions.
 */
const MAX_APPLICATIONS = 1000;
const MAX_APPLIED_NAMES = 64;

/** So is one whose name stands in more files than that; and who knew of it would have to look again after most changes. */
const MAX_FILES = 64;

/**
 * Which functions of a program call functions of a name: more than do, so that no caller is missed that is followed.
 * Files that do not hold the name are not looked at.
 */
export class CallIndex {
  private readonly program: Program;
  private readonly callers: FunctionsByName;
  private readonly others: FunctionsByName;
  private readonly log: DependencyLog;
  /** Callers in all files, by name of what is called. */
  private readonly known = new Map<string, readonly FunctionBody[]>();
  private names: DeclaredNames | null = null;

  /** `log` is told what answers depend on, but for the file of the function that is asked about. */
  constructor(program: Program, log: DependencyLog) {
    this.program = program;
    this.log = log;
    this.callers = new FunctionsByName((body) => factsOf(body).called);
    this.others = new FunctionsByName(otherNamesIn);
  }

  /** The functions that may call it, or are around it. */
  callersOf(body: FunctionBody): FunctionBody[] {
    const callers = this.namesOf(body).flatMap((name) => this.callersOfName(name));
    return body.enclosing === null ? callers : [...callers, body.enclosing];
  }

  private callersOfName(name: string): readonly FunctionBody[] {
    let callers = this.known.get(name);
    if (callers === undefined) {
      // Of `Class.method`, a file that calls it so names the class as well.
      callers = this.program.naming(name.split('.')).flatMap((file) => this.callers.in(file, name));
      this.known.set(name, callers);
    }
    return callers;
  }

  /**
   * Calls and decorators that may run it, as far as names tell: those of its own name, of a method also those of what its
   * objects are kept in. What a function defines is run by it, or by who calls what it returns.
   */
  applicationsOf = (body: FunctionBody): readonly Application[] => {
    const found = new Set<Application>();
    for (const one of this.possibleApplications(body)) {
      found.add(one);
      if (found.size > MAX_APPLICATIONS) return [];
    }
    return [...found];
  };

  private *possibleApplications(body: FunctionBody): Iterable<Application> {
    const { enclosing } = body;
    if (enclosing !== null && enclosing.kind !== 'top-level') {
      for (const one of [enclosing, ...enclosing.functions.values()]) yield* applicationsIn(one);
      yield* this.possibleApplications(enclosing);
      return;
    }
    const names = new Set(this.applicationNames(body));
    if (names.size > MAX_APPLIED_NAMES) return;
    const seen = new Set<FunctionBody>();
    for (const name of names) {
      for (const caller of this.appliersOf(name)) {
        if (seen.has(caller)) continue;
        seen.add(caller);
        for (const one of applicationsIn(caller)) {
          if ([...namesOfCallee(one.callee, caller)].some((called) => names.has(called))) yield one;
        }
      }
    }
  }

  /** The functions that may call something of a name, or decorate with it: of `a.b`, more than do. */
  private appliersOf(name: string): FunctionBody[] {
    const words = name.split('.');
    const last = words[words.length - 1] ?? '';
    return (this.filesNaming(words) ?? []).flatMap((file) =>
      [...new Set([name, last])].flatMap((one) => [...this.callers.in(file, one), ...this.others.in(file, one)]),
    );
  }

  /** The files that hold all of the words; null where those are too many to tell anything. */
  filesNaming(words: readonly string[]): readonly ProgramFile[] | null {
    this.log.note(onWords(words));
    const files = this.program.naming(words);
    return files.length > MAX_FILES ? null : files;
  }

  private applicationNames(body: FunctionBody): string[] {
    const { class: owner, name, language } = body;
    if (owner === null) return this.namesOf(body);
    this.log.note(onOutline(owner.name, name));
    if (name === language.constructor) return [...this.namesOf(body), `${owner.name}.${name}`];
    const makers = this.makersOf(owner);
    const holders = makers.flatMap((maker) => (this.filesNaming([maker]) === null ? [] : this.namesOfMade(maker)));
    if (name === language.caller) return [...makers, ...holders];
    return [...this.namesOf(body), ...holders.map((holder) => `${holder}.${name}`)];
  }

  /** What a call of the function may look like. */
  private namesOf({ kind, name, class: owner, language }: FunctionBody): string[] {
    if (kind !== 'function') return [];
    if (owner === null) return [name];
    // An object is made by calling its class.
    const makers = this.makersOf(owner);
    if (name === language.constructor || language.records.finishers.has(name))
      return [...makers, ...declaredBases(owner, language).map((base) => `${base}.${name}`)];
    if (name === language.caller) return [...makers, ...makers.flatMap((maker) => this.namesOfMade(maker))];
    const plain = this.isRare(name) ? [name] : [];
    return [...plain, ...[...makers, ...declaredBases(owner, language)].map((one) => `${one}.${name}`)];
  }

  /** What a dependency on a class and a method comes to: all that is told of them by what texts seem to declare. */
  outline([owner, method]: readonly [owner: string, method: string]): string {
    return [this.isRare(method), ...family(owner, this.declared.derived)].join(' ');
  }

  private isRare(method: string): boolean {
    return (this.declared.namesakes.get(method) ?? 0) <= MAX_NAMESAKES;
  }

  /** The names of the class and of what is derived from it. */
  private makersOf(owner: ClassBody): string[] {
    return [...family(owner.name, this.declared.derived)];
  }

  private get declared(): DeclaredNames {
    this.names ??= declaredNames(this.program.files);
    return this.names;
  }

  /** What variables and fields are called that hold objects which a call of this name makes. */
  private namesOfMade(maker: string): string[] {
    return this.callersOfName(maker).flatMap(({ nodes }) =>
      nodes.flatMap(({ instruction }) => {
        if (instruction?.kind !== 'assign' || instruction.target.kind !== 'place') return [];
        const { value, target } = instruction;
        const isMade = value.kind === 'call' && lastName(value.callee) === maker;
        const name = lastName(target.place);
        return isMade && name !== null ? [name] : [];
      }),
    );
  }
}

/** The functions of files by names that they hold. */
class FunctionsByName {
  private readonly namesIn: (body: FunctionBody) => ReadonlySet<string>;
  private readonly files = new Map<ProgramFile, ReadonlyMap<string, readonly FunctionBody[]>>();

  constructor(namesIn: (body: FunctionBody) => ReadonlySet<string>) {
    this.namesIn = namesIn;
  }

  in(file: ProgramFile, name: string): readonly FunctionBody[] {
    let named = this.files.get(file);
    if (named === undefined) {
      named = this.collect(file);
      this.files.set(file, named);
    }
    return named.get(name) ?? [];
  }

  private collect(file: ProgramFile): ReadonlyMap<string, readonly FunctionBody[]> {
    const named = new Map<string, FunctionBody[]>();
    for (const body of file.functions()) {
      for (const name of this.namesIn(body)) {
        const others = named.get(name);
        if (others === undefined) named.set(name, [body]);
        else others.push(body);
      }
    }
    return named;
  }
}

function lastName(expression: Expression): string | null {
  return expression.kind === 'variable' || expression.kind === 'field' ? expression.name : null;
}

/** A method of the class that all are derived from calls none of theirs, and half of all files say its name. */
function declaredBases(owner: ClassBody, { rootClass }: FlowLanguage): string[] {
  return baseNames(owner).filter((base) => base !== rootClass);
}

interface DeclaredNames {
  /** How many functions there are of a name. */
  namesakes: ReadonlyMap<string, number>;
  /** Names of classes by the name of what they are derived from. */
  derived: ReadonlyMap<string, ReadonlySet<string>>;
}

function declaredNames(files: readonly ProgramFile[]): DeclaredNames {
  const namesakes = new Map<string, number>();
  const derived = new Map<string, Set<string>>();
  for (const { text, language } of files) {
    const { functions, classes } = language.outline(text);
    for (const name of functions) namesakes.set(name, (namesakes.get(name) ?? 0) + 1);
    for (const { name, bases } of classes) {
      for (const base of bases) derived.set(base, (derived.get(base) ?? new Set()).add(name));
    }
  }
  return { namesakes, derived };
}

/** The class and what is derived from it. */
function family(name: string, derivedFrom: DeclaredNames['derived']): Set<string> {
  const all = new Set([name]);
  for (const member of all) for (const derived of derivedFrom.get(member) ?? []) all.add(derived);
  return all;
}
