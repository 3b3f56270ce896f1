import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Rule } from '@lockstep/engine';
import {
  allExceptions,
  type CompiledRule,
  compileGuardrail,
  exceptionName,
  type Guardrail,
  lapseOf,
  unnamedEntries,
} from '@lockstep/guardrails';
import { readFault } from '../config/own-file.ts';
import { compileRulePaths } from '../targets/rule-paths.ts';
import type { CodeOwners } from './codeowners.ts';
import type { FoundGuardrail } from './find-guardrails.ts';

/** Something that keeps a guardrail from being complete. */
export interface CheckProblem {
  /** `guardrails/x/guardrail.yaml:12`. */
  place: string;
  message: string;
  /** What to do about it; empty where the message says it. */
  remedy: string;
}

export interface CheckContext {
  rules: readonly Rule[];
  codeOwners: CodeOwners | null;
  /** Absolute root of the repository; null outside of one. */
  root: string | null;
  today: string;
}

/** Everything about a guardrail that can be checked by reading it: all but its form, its rules and their tests. */
export function checkGuardrail(found: FoundGuardrail, guardrail: Guardrail, context: CheckContext): CheckProblem[] {
  const { path } = found.manifest;
  return [
    ...checkRules(context.rules, path),
    ...checkMessages(guardrail, context.rules, path),
    ...checkReferences(context.rules),
    ...checkOwners(guardrail, path, context.codeOwners),
    ...checkExceptions(guardrail, path, context.today),
    ...checkHistory(guardrail, path),
    ...checkNames(guardrail, path),
    ...checkLesson(found, context.root),
    ...checkFix(guardrail, path, context.root),
  ];
}

function checkRules(rules: readonly Rule[], path: string): CheckProblem[] {
  if (rules.length > 0) return [];
  const remedy = 'add a short form (forbid, require, unsafe-call) to guardrail.yaml, or a rules.yaml beside it';
  return [{ place: path, message: 'nothing keeps the promise: there is no rule', remedy }];
}

/** A message that only repeats the promise leaves its reader alone with it. */
function checkMessages(guardrail: Guardrail, rules: readonly Rule[], path: string): CheckProblem[] {
  const compiled = compileGuardrail(guardrail);
  const silent = compiled.filter((each) => each.role === 'fault' && saysNothingToDo(each, guardrail));
  const bare = rules.filter(({ message }) => plain(message) === '' || plain(message) === plain(guardrail.promise));
  return [
    ...silent.map(({ form, place }) => ({
      place: `${path}:${place.line}`,
      message: `the findings of this \`${form}\` do not say what to write instead`,
      remedy: form === 'forbid' ? 'add `instead` or a `message`' : 'add a `safe` shape, `instead` or a `message`',
    })),
    ...bare.map(({ id, location }) => ({
      place: `${location.file}:${location.line}`,
      message: `the message of ${id} says no more than the promise`,
      remedy: 'say why it matters here, and what to write instead',
    })),
  ];
}

function saysNothingToDo({ form, entry }: CompiledRule, guardrail: Guardrail): boolean {
  if (guardrail.message !== null) return plain(guardrail.message) === plain(guardrail.promise);
  if (form === 'forbid') return isBare(guardrail.forbid[entry]);
  const call = form === 'unsafe-call' ? guardrail.unsafeCall[entry] : undefined;
  return isBare(call) && call?.safe.length === 0 && call.argument === null && call.cleanedBy.length === 0;
}

function isBare(entry: { message: string | null; instead: string | null } | undefined): boolean {
  return entry !== undefined && entry.message === null && entry.instead === null;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}

/** Those of `guardrail.yaml` are checked where it is read. */
function checkReferences(rules: readonly Rule[]): CheckProblem[] {
  return rules.flatMap(({ id, metadata, location }) => {
    const { references = [] } = metadata;
    const urls = Array.isArray(references) ? references : [references];
    return urls
      .filter((url) => typeof url !== 'string' || !isUrl(url))
      .map((url) => ({
        place: `${location.file}:${location.line}`,
        message: `a reference of ${id} is not a URL: ${String(url)}`,
        remedy: 'start it with https://',
      }));
  });
}

function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function checkOwners({ owners, exceptions }: Guardrail, path: string, known: CodeOwners | null): CheckProblem[] {
  if (known === null) return [];
  const named = new Set([owners.security, owners.engineering, ...exceptions.flatMap(({ owner }) => owner ?? [])]);
  return [...named]
    .filter((owner) => !known.owners.has(owner.toLowerCase()))
    .map((owner) => ({
      place: path,
      message: `${owner} stands nowhere in ${known.file}`,
      remedy: 'name an owner that the repository knows, or add this one there',
    }));
}

function checkExceptions(guardrail: Guardrail, path: string, today: string): CheckProblem[] {
  return allExceptions(guardrail).flatMap((exception) => {
    const place = `${path}:${exception.place.line}`;
    const name = exceptionName(exception);
    const lapse = lapseOf(exception, guardrail.policy, today);
    const globs = compileRulePaths({
      include: exception.path === null ? [] : [exception.path],
      exclude: [],
      narrowed: [],
    });
    return [
      ...(globs.ok ? [] : [{ place, message: `\`${globs.glob}\` is not a glob: ${globs.message}`, remedy: '' }]),
      ...(lapse === null
        ? []
        : [
            {
              place,
              message: `the exception for ${name} does not hold: ${lapse}`,
              remedy: 'renew it with those who agreed to it, or remove it',
            },
          ]),
    ];
  });
}

/** The moves lead from one to the next, and the last one to where the guardrail stands. */
function checkHistory({ history, stage }: Guardrail, path: string): CheckProblem[] {
  const problem = (message: string) => ({ place: path, message, remedy: 'correct `history` or `stage`' });
  const gaps = history.slice(1).flatMap((move, at) => {
    const before = history[at];
    if (before === undefined) return [];
    if (before.date > move.date) return [problem(`the move of ${move.date} stands after that of ${before.date}`)];
    return before.to === move.from
      ? []
      : [problem(`the move of ${move.date} starts from ${move.from}, but the one before leads to ${before.to}`)];
  });
  const last = history.at(-1);
  const isStale = last !== undefined && last.to !== stage;
  return [...gaps, ...(isStale ? [problem(`the last move leads to ${last.to}, but the stage is ${stage}`)] : [])];
}

function checkNames(guardrail: Guardrail, path: string): CheckProblem[] {
  return unnamedEntries(guardrail).map(({ form, place }) => ({
    place: `${path}:${place.line}`,
    message: `this \`${form}\` has no name, so the id of its rule changes with the order of the entries`,
    remedy: 'give it a `name`',
  }));
}

const LINK = /\[[^\]]*\]\(([^)\s]+)(?:\s[^)]*)?\)/g;

/** Links of the lesson that are paths must lead to something. */
function checkLesson({ absoluteFolder, folder }: FoundGuardrail, root: string | null): CheckProblem[] {
  const file = join(absoluteFolder, 'lesson.md');
  if (!existsSync(file)) return [];
  const fault = readFault(file, root ?? realpathSync(absoluteFolder));
  if (fault !== null) return [{ place: join(folder, 'lesson.md'), message: `it cannot be read: ${fault}`, remedy: '' }];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, at) =>
    [...line.matchAll(LINK)]
      .map(([, target = '']) => target.replace(/#.*$/, ''))
      .filter((target) => target !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(target))
      .filter((target) => !existsSync(resolve(dirname(file), decodePath(target))))
      .map((target) => ({
        place: `${join(folder, 'lesson.md')}:${at + 1}`,
        message: `the link to ${target} leads nowhere`,
        remedy: '',
      })),
  );
}

function decodePath(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** The change and the regression test that a guardrail points at are its evidence. */
function checkFix({ fix }: Guardrail, path: string, root: string | null): CheckProblem[] {
  if (fix === null || root === null) return [];
  const named = [fix.change, fix.test].filter((file) => file !== null && !/^https?:/.test(file));
  return named
    .filter((file) => !existsSync(join(root, file ?? '')))
    .map((file) => ({
      place: path,
      message: `\`fix\` names ${file}, which is not in the repository`,
      remedy: `write it relative to ${relative(process.cwd(), root) || 'the root of the repository'}`,
    }));
}
