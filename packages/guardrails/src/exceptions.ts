import type { Exception, ExceptionDemand, Guardrail, Policy } from './guardrail.ts';

/** Code that exceptions are about. */
export interface CodePlace {
  /** Its names from the outside in: `['Orders', 'ping']`; empty for code outside of any function and class. */
  names: readonly string[];
  /** The dotted name of its file: `shop.views.admin`. */
  module: string;
  /** Whether it lies under a glob. */
  isUnder: (glob: string) => boolean;
}

/** What exceptions say of a finding. */
export type Ruling =
  | { kind: 'none' }
  | { kind: 'excepted'; exception: Exception }
  /** There was one, and it does not hold: the finding is back. */
  | { kind: 'lapsed'; exception: Exception; why: string };

/** The first exception that holds decides; `today` is null where dates are of no interest. */
export function ruleOn(
  place: CodePlace,
  exceptions: readonly Exception[],
  policy: Policy,
  today: string | null,
): Ruling {
  const fitting = exceptions.filter((exception) => fits(exception, place));
  const lapses = fitting.map((exception) => ({ exception, why: lapseOf(exception, policy, today) }));
  const valid = lapses.find(({ why }) => why === null);
  if (valid !== undefined) return { kind: 'excepted', exception: valid.exception };
  const [first] = lapses;
  if (first === undefined || first.why === null) return { kind: 'none' };
  return { kind: 'lapsed', exception: first.exception, why: first.why };
}

/** What any exception may tell, wherever it is written. */
export type ExceptionDetails = Pick<Exception, 'owner' | 'approvedBy' | 'until'>;

/** Why an exception does not hold; null if it does. */
export function lapseOf(exception: ExceptionDetails, policy: Policy, today: string | null): string | null {
  if (today !== null && exception.until !== null && exception.until < today) return `it ended on ${exception.until}`;
  const missing = missingOf(exception, policy);
  return missing.length === 0 ? null : `it does not tell ${missing.map((key) => `\`${key}\``).join(' and ')}`;
}

/** What the policy asks of an exception and it does not tell. */
function missingOf(exception: ExceptionDetails, policy: Policy): ExceptionDemand[] {
  const told = { owner: exception.owner, 'approved-by': exception.approvedBy, until: exception.until };
  return policy.exceptions.filter((demand) => told[demand] === null);
}

/** How people name an exception in a sentence. */
export function exceptionName({ symbol, path }: Exception): string {
  return [symbol, path].filter((part) => part !== null).join(' in ');
}

function fits({ symbol, path }: Exception, place: CodePlace): boolean {
  return (path === null || place.isUnder(path)) && (symbol === null || fitsSymbol(symbol, place));
}

/**
 * Whether a symbol as people write it names some code or what that code stands in: `ping`, `Orders.ping`, `Orders`,
 * `shop.views:ping` and `shop.views.Orders.ping` all name the method `ping` of `shop/views.py`. A module may be
 * shortened from the left, as nobody knows where a project's packages begin.
 */
export function fitsSymbol(symbol: string, { names, module }: Pick<CodePlace, 'names' | 'module'>): boolean {
  const modules = module === '' ? [] : module.split('.');
  const [inModule, inFile] = splitOnce(symbol);
  return names.some((_, last) => {
    const own = names.slice(0, last + 1);
    if (inFile === null) return matchesEnd(inModule.split('.'), modules, own);
    return matchesWhole(inFile.split('.'), own) && endsWith(inModule.split('.'), modules);
  });
}

function splitOnce(symbol: string): [string, string | null] {
  const colon = symbol.indexOf(':');
  return colon < 0 ? [symbol, null] : [symbol.slice(0, colon), symbol.slice(colon + 1)];
}

/** The end of the full name, from anywhere in it; the last part is a function or class and no module. */
function matchesEnd(wanted: string[], modules: string[], own: readonly string[]): boolean {
  const full = [...modules, ...own];
  return full.some((_, start) => matchesWhole(wanted, full.slice(start)));
}

function endsWith(wanted: string[], names: string[]): boolean {
  return names.some((_, start) => matchesWhole(wanted, names.slice(start)));
}

/** `*` stands for any part of a name, `**` for any number of names. */
function matchesWhole(wanted: readonly string[], names: readonly string[]): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return names.length === 0;
  if (first === '**') return [...names, null].some((_, skipped) => matchesWhole(rest, names.slice(skipped)));
  const [name, ...others] = names;
  return name !== undefined && matchesName(first, name) && matchesWhole(rest, others);
}

function matchesName(wanted: string, name: string): boolean {
  if (!wanted.includes('*')) return wanted === name;
  const escaped = wanted.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(name);
}

/** All exceptions of a guardrail, its entries' first. */
export function allExceptions({ require, forbid, unsafeCall, exceptions }: Guardrail): Exception[] {
  return [...[...require, ...forbid, ...unsafeCall].flatMap(({ except }) => except), ...exceptions];
}
