import type { FlowLanguage } from '../languages/flow-language.ts';
import { baseNames, factsOf } from './body-facts.ts';
import type { ClassBody, Expression, FunctionBody } from './il.ts';
import type { Program, ProgramFile } from './program.ts';

/**
 * A method of a name that so many functions have is only looked for where the object's class is known: calls of `get`
 * would else connect all of a program.
 */
const MAX_NAMESAKES = 8;

/**
 * Which functions of a program call functions of a name: more than do, so that no caller is missed that is followed.
 * Files that do not hold the name are not looked at.
 */
export class CallIndex {
  private readonly program: Program;
  /** By file, then by name of what is called. */
  private readonly callers = new Map<ProgramFile, ReadonlyMap<string, readonly FunctionBody[]>>();
  /** In all files, by name of what is called. */
  private readonly known = new Map<string, readonly FunctionBody[]>();
  private names: DeclaredNames | null = null;

  constructor(program: Program) {
    this.program = program;
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
      callers = this.program.naming(name.split('.')).flatMap((file) => this.callersIn(file).get(name) ?? []);
      this.known.set(name, callers);
    }
    return callers;
  }

  private callersIn(file: ProgramFile): ReadonlyMap<string, readonly FunctionBody[]> {
    const known = this.callers.get(file);
    if (known !== undefined) return known;
    const callers = new Map<string, FunctionBody[]>();
    for (const body of file.functions()) {
      for (const name of factsOf(body).called) {
        const others = callers.get(name);
        if (others === undefined) callers.set(name, [body]);
        else others.push(body);
      }
    }
    this.callers.set(file, callers);
    return callers;
  }

  /** What a call of the function may look like. */
  private namesOf({ kind, name, class: owner, language }: FunctionBody): string[] {
    if (kind !== 'function') return [];
    if (owner === null) return [name];
    this.names ??= declaredNames(this.program.files);
    const { namesakes, derived } = this.names;
    // An object is made by calling its class.
    const makers = [...family(owner, derived)];
    if (name === language.constructor || language.records.finishers.has(name))
      return [...makers, ...declaredBases(owner, language).map((base) => `${base}.${name}`)];
    if (name === language.caller) return [...makers, ...makers.flatMap((maker) => this.namesOfMade(maker))];
    const plain = (namesakes.get(name) ?? 0) <= MAX_NAMESAKES ? [name] : [];
    return [...plain, ...[...family(owner, derived), ...declaredBases(owner, language)].map((one) => `${one}.${name}`)];
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
function family({ name }: ClassBody, derivedFrom: DeclaredNames['derived']): Set<string> {
  const all = new Set([name]);
  for (const member of all) for (const derived of derivedFrom.get(member) ?? []) all.add(derived);
  return all;
}
