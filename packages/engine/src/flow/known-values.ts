import type { FlowLanguage } from '../languages/flow-language.ts';
import { type Constant, constantElements, evaluateExpression, truthOf, type ValueOf } from './evaluate-expression.ts';
import { type Expression, type FunctionBody, forEachPart, type Instruction, type Target } from './il.ts';
import { mayBeCheck, NO_MEANING, narrowedPlaces } from './narrowed-places.ts';
import { WaitingNodes } from './waiting-nodes.ts';

/** What is known of the values of a function, whatever it is given. */
export interface KnownValues {
  /** Of variables where they are read. */
  values: ReadonlyMap<Expression, Constant>;
  /** Keys of the file's variables that hold a container of constants, always the same. */
  containers: ReadonlySet<string>;
  language: FlowLanguage;
}

export function nothingKnown(language: FlowLanguage): KnownValues {
  return { values: new Map(), containers: new Set(), language };
}

/** Further variables of a function are not followed: generated tables would take the square of their length. */
const MOST_VARIABLES = 100;

/** What variables hold at a point; never mutated. */
type Values = ReadonlyMap<string, Constant>;

/**
 * Works out which variables of a file's functions hold constants, and takes the branches that are never taken out of
 * their graphs. Only variables that one function alone writes are known. A constant of the top level is not known in
 * other functions: it is there to be changed, by hand or from another module, and what hangs on it should be reported.
 */
export function resolveKnownValues(functions: readonly FunctionBody[]): void {
  const writes = collectWrites(functions);
  const containers = fixedContainers(functions, writes);
  for (const body of functions) {
    const before = flowOfValues(body, writes);
    body.known = { values: readValues(body, before), containers, language: body.language };
    decideBranches(body, before);
  }
}

interface Writes {
  /** By key of the variable, how often it is written in the file. */
  counts: ReadonlyMap<string, number>;
  /** Keys of variables that more than one function writes, or an expression. */
  untracked: ReadonlySet<string>;
}

function collectWrites(functions: readonly FunctionBody[]): Writes {
  const counts = new Map<string, number>();
  const owners = new Map<string, FunctionBody>();
  const untracked = new Set<string>();
  for (const body of functions) {
    const write = (key: string): void => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if ((owners.get(key) ?? body) !== body) untracked.add(key);
      owners.set(key, body);
    };
    const visit = (expression: Expression): void => {
      const targets = expression.kind === 'assign' ? [expression.target] : [];
      if (expression.kind === 'comprehension') {
        for (const { target } of expression.clauses) if (target !== null) targets.push(target);
      }
      for (const target of targets) {
        forEachWrittenKey(target, (key) => {
          write(key);
          untracked.add(key);
        });
      }
      if (expression.kind === 'lambda') expression.function.roots.forEach(visit);
      else forEachPart(expression, visit);
    };
    for (const { variable } of body.parameters) write(variable.key);
    for (const { instruction } of body.nodes) {
      const isWrite = instruction?.kind === 'assign' || instruction?.kind === 'forget';
      if (isWrite) forEachWrittenKey(instruction.target, write);
    }
    body.roots.forEach(visit);
  }
  return { counts, untracked };
}

function forEachWrittenKey(target: Target, write: (key: string) => void): void {
  if (target.kind === 'place' && target.place.kind === 'variable') write(target.place.key);
  else if (target.kind === 'several') for (const part of target.targets) forEachWrittenKey(part, write);
  else if (target.kind === 'rest') forEachWrittenKey(target.target, write);
}

/** What variables hold before each node; null for nodes that are never reached. */
function flowOfValues(body: FunctionBody, { untracked }: Writes): (Values | null)[] {
  const before: (Values | null)[] = body.nodes.map(() => null);
  before[0] = new Map();
  const waiting = new WaitingNodes(body.nodes.length);
  waiting.add(0);
  for (let id = waiting.take(); id >= 0; id = waiting.take()) {
    const node = body.nodes[id];
    const known = before[id];
    if (node === undefined || known == null) continue;
    const after = node.instruction === null ? known : valuesAfter(node.instruction, known, untracked);
    if (after === null) continue;
    for (const next of node.next) {
      const reached = before[next] ?? null;
      const joined = reached === null ? after : joinValues(reached, after);
      if (joined === reached) continue;
      before[next] = joined;
      waiting.add(next);
    }
  }
  return before;
}

/** Null where the program does not go on. */
function valuesAfter(instruction: Instruction, known: Values, untracked: ReadonlySet<string>): Values | null {
  const constantOf = lookup(known);
  switch (instruction.kind) {
    case 'assume':
      return truthOf(instruction.test, constantOf) === !instruction.holds ? null : known;
    case 'assign': {
      const { target, how } = instruction;
      const value = how === 'plain' || how === 'compound' ? instruction.value : null;
      return assigned(target, value, known, untracked, constantOf);
    }
    case 'forget':
      return assigned(instruction.target, null, known, untracked, constantOf);
    default:
      return known;
  }
}

function assigned(
  target: Target,
  value: Expression | null,
  known: Values,
  untracked: ReadonlySet<string>,
  constantOf: ValueOf,
): Values {
  let after = known;
  if (target.kind === 'place') {
    if (target.place.kind !== 'variable' || untracked.has(target.place.key)) return known;
    const constant = value === null ? null : evaluateExpression(value, constantOf);
    return withValue(known, target.place.key, constant);
  }
  if (target.kind === 'several') {
    target.targets.forEach((part, i) => {
      const isPaired = value?.kind === 'sequence' && value.elements.length === target.targets.length;
      const share = target.isChain ? value : isPaired ? (value.elements[i] ?? null) : null;
      after = assigned(part, share, after, untracked, constantOf);
    });
  } else if (target.kind === 'rest') after = assigned(target.target, null, after, untracked, constantOf);
  return after;
}

function withValue(known: Values, key: string, value: Constant | null): Values {
  if (value === null && !known.has(key)) return known;
  const after = new Map(known);
  if (value === null || (known.size >= MOST_VARIABLES && !known.has(key))) after.delete(key);
  else after.set(key, value);
  return after;
}

/** What holds in both; the first itself where the second takes nothing away. */
function joinValues(a: Values, b: Values): Values {
  if (a === b) return a;
  let joined: Map<string, Constant> | null = null;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other !== undefined && other.kind === value.kind && other.value === value.value) continue;
    joined ??= new Map(a);
    joined.delete(key);
  }
  return joined ?? a;
}

function lookup(known: Values): ValueOf {
  return (expression) => (expression.kind === 'variable' ? (known.get(expression.key) ?? null) : null);
}

/** Variables that are read while they hold a constant. */
function readValues(body: FunctionBody, before: readonly (Values | null)[]): Map<Expression, Constant> {
  const values = new Map<Expression, Constant>();
  body.nodes.forEach(({ instruction }, id) => {
    const known = before[id];
    if (instruction === null || known == null || known.size === 0) return;
    const visit = (expression: Expression): void => {
      const value = expression.kind === 'variable' ? known.get(expression.key) : undefined;
      if (value !== undefined) values.set(expression, value);
      forEachPart(expression, visit);
    };
    for (const expression of readBy(instruction)) visit(expression);
  });
  return values;
}

function readBy(instruction: Instruction): Expression[] {
  switch (instruction.kind) {
    case 'evaluate':
    case 'test':
      return [instruction.value];
    case 'assume':
      return [instruction.test];
    case 'delete':
      return [instruction.place];
    case 'return':
    case 'throw':
      return instruction.value === null ? [] : [instruction.value];
    case 'assign':
      return [instruction.value, ...indexedPlaces(instruction.target)];
    default:
      return [];
  }
}

/** Places that are parts of others: what is written to a variable is not read. */
function indexedPlaces(target: Target): Expression[] {
  if (target.kind === 'place') return target.place.kind === 'variable' ? [] : [target.place];
  return target.kind === 'several' ? target.targets.flatMap(indexedPlaces) : [];
}

/** Takes the ways out that are never gone, and the conditions that say nothing: each is a join for every rule. */
function decideBranches({ nodes, known }: FunctionBody, before: readonly (Values | null)[]): void {
  const never = new Set<number>();
  const idle = new Set<number>();
  nodes.forEach(({ instruction, next }, id) => {
    const values = before[id];
    if (instruction?.kind !== 'assume' || values == null) return;
    const { test, holds } = instruction;
    if (truthOf(test, lookup(values)) === !holds) never.add(id);
    else if (next.length > 0 && !mayBeCheck(test) && narrowedPlaces(test, holds, known, NO_MEANING).length === 0)
      idle.add(id);
  });
  if (never.size === 0 && idle.size === 0) return;
  const follow = (id: number): readonly number[] => {
    if (never.has(id)) return [];
    return idle.has(id) ? (nodes[id]?.next ?? []).flatMap(follow) : [id];
  };
  for (const node of nodes) node.next = [...new Set(node.next.flatMap(follow))];
}

/** Variables that are written once, with a container of constants, and that nothing of the file changes. */
function fixedContainers(functions: readonly FunctionBody[], { counts }: Writes): Set<string> {
  const found = new Set<string>();
  for (const { nodes, language } of functions) {
    for (const { instruction } of nodes) {
      if (instruction?.kind !== 'assign' || instruction.target.kind !== 'place') continue;
      const { place } = instruction.target;
      if (place.kind !== 'variable' || counts.get(place.key) !== 1) continue;
      if (isConstantContainer(instruction.value, language)) found.add(place.key);
    }
  }
  if (found.size === 0) return found;
  const forget = (place: Expression): void => {
    if (place.kind === 'variable') found.delete(place.key);
  };
  for (const body of functions) {
    const { growing } = body.language;
    const visit = (expression: Expression): void => {
      const { kind } = expression;
      if (kind === 'call' && expression.callee.kind === 'field' && growing.has(expression.callee.name))
        forget(expression.callee.object);
      if (kind === 'lambda') expression.function.roots.forEach(visit);
      else forEachPart(expression, visit);
    };
    body.roots.forEach(visit);
    for (const { instruction } of body.nodes) {
      if (instruction?.kind !== 'assign') continue;
      for (const place of indexedPlaces(instruction.target)) if (place.kind === 'index') forget(place.object);
    }
  }
  return found;
}

/** Also one that is made of another. */
function isConstantContainer(value: Expression, language: FlowLanguage): boolean {
  if (value.kind !== 'call') return constantElements(value, () => null) !== null;
  const [only, ...others] = value.args;
  const isCopy = value.callee.kind === 'variable' && language.copying.has(value.callee.key);
  return isCopy && others.length === 0 && only !== undefined && isConstantContainer(only.value, language);
}
