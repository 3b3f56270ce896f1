import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type FileReport,
  LineIndex,
  messageOf,
  type ParsedAhead,
  type ProjectReport,
  type Rule,
  type ScanFile,
  type ScanIssue,
  Scanner,
} from '@lockstep/engine';
import { compileRulePaths } from '../targets/rule-paths.ts';
import { loadGrammars } from './grammars.ts';
import { languagesOfRules } from './languages-of-rules.ts';
import { mergeReports } from './merge-reports.ts';
import type { KnownOfProject, ProjectAnswer } from './protocol.ts';
import type { ScanRequest, ScanSetup } from './scan-request.ts';
import { decodeSource } from './source-text.ts';

/** Scans files in the current thread, one at a time. */
export class FileScanner {
  /** What is wrong with the rules themselves. */
  readonly ruleIssues: readonly ScanIssue[];
  readonly #scanner: Scanner;
  readonly #rules: readonly Rule[];

  /** The rules are those that the scanner was made with, in their order. */
  constructor(scanner: Scanner, rules: readonly Rule[]) {
    this.#scanner = scanner;
    this.#rules = rules;
    this.ruleIssues = scanner.issues;
  }

  /**
   * Reads and scans a file, without the rules whose indexes are `excluded`. A file that cannot be read or scanned is an
   * issue of its report.
   */
  scan(request: ScanRequest, excluded: ReadonlySet<number>): FileReport {
    let bytes: Uint8Array;
    try {
      bytes = request.content ?? readFileSync(request.absolutePath);
    } catch (error) {
      return failed(request.path, 'unreadable-file', `the file could not be read: ${messageOf(error)}`);
    }
    try {
      return this.#scanBytes(request, bytes, this.#withoutOthers(excluded, request));
    } catch (error) {
      // Recursion follows the nesting of the code, and the stack ends somewhere.
      if (isStackOverflow(error))
        return failed(request.path, 'syntax-error', 'the code is nested too deeply to be scanned');
      return failed(request.path, 'internal-error', `scanning failed: ${messageOf(error)}`);
    }
  }

  /**
   * Follows data across all the files. Those that cannot be read are issues of their reports.
   */
  scanProject(requests: readonly ScanRequest[], excluded: ReadonlySet<number>, known: KnownOfProject): ProjectAnswer {
    const unreadable: FileReport[] = [];
    const files: RequestedFile[] = [];
    for (const { path, absolutePath, rulePath, languages, content } of requests) {
      try {
        const { text } = decodeSource(content ?? readFileSync(absolutePath));
        files.push({ path, text, languages, rulePath });
      } catch (error) {
        unreadable.push(failed(path, 'unreadable-file', `the file could not be read: ${messageOf(error)}`));
      }
    }
    const { reports, ends, summaries } = this.#scanner.scanProject(files, excluded, {
      ends: (path) => known.ends.get(path) ?? null,
      summaries: summariesOf(known.summaries),
      keepsSummaries: known.keepsSummaries,
    });
    return { reports: [...unreadable, ...reports], ends, summaries: textOf(summaries) };
  }

  #withoutOthers(excluded: ReadonlySet<number>, { onlyRules }: ScanRequest): ReadonlySet<number> {
    if (onlyRules === null) return excluded;
    const wanted = new Set(onlyRules);
    const others = this.#rules.flatMap(({ id }, index) => (wanted.has(id) ? [] : [index]));
    return new Set([...excluded, ...others]);
  }

  #scanBytes(request: ScanRequest, bytes: Uint8Array, excluded: ReadonlySet<number>): FileReport {
    const { text, firstInvalid } = decodeSource(bytes);
    const file: RequestedFile = { path: request.path, text, languages: request.languages, rulePath: request.rulePath };
    const report = this.#scanner.scan(file, excluded);
    if (firstInvalid >= 0) report.issues.push(invalidEncoding(request.path, text, firstInvalid));
    return report;
  }
}

/** Scanners see their files; ours carry what `paths` of rules are about. */
interface RequestedFile extends ScanFile {
  rulePath: string;
}

/**
 * Makes a scanner: loads the grammars that the rules need and compiles the rules. `onProgress` is told what is being
 * worked on (`ScannerOptions.onProgress`); `parsedAhead` is what need not be parsed any more.
 */
export async function createFileScanner(
  rules: readonly Rule[],
  { timeRules, suppressions, depth, interfile, rulePaths }: ScanSetup,
  onProgress: (place: number) => void,
  parsedAhead: ParsedAhead | null = null,
): Promise<FileScanner> {
  const applies = rulePaths ? ruleSelector(rules) : () => true;
  const scanner = new Scanner(rules, await loadGrammars(languagesOfRules(rules)), {
    blake2b512: (text) => createHash('blake2b512').update(text).digest('hex'),
    applies: (rule, file) => applies(rule, file as RequestedFile),
    onProgress,
    now: () => performance.now(),
    timeRules,
    suppressions,
    depth,
    interfile,
    parsedAhead,
  });
  return new FileScanner(scanner, rules);
}

/** Which rules want a file, by their `paths`. */
function ruleSelector(rules: readonly Rule[]): (rule: Rule, file: RequestedFile) => boolean {
  const selective = new Map<Rule, (rulePath: string) => boolean>();
  for (const rule of rules) {
    const compiled = compileRulePaths(rule.paths);
    if (compiled.ok && compiled.isSelective) selective.set(rule, compiled.selects);
  }
  return (rule, file) => selective.get(rule)?.(file.rulePath) ?? true;
}

/**
 * More than so many characters are not kept: to hand twice as many to the main thread takes 300 MB for a moment. The bundled
 * guardrails come to two million on 300,000 lines; all public taint rules, some of which take everything for a source, to forty.
 */
const MAX_SUMMARIES = 20_000_000;

/** Nothing is known where the text was damaged. */
function summariesOf(text: string | null): ProjectReport['summaries'] {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function textOf(known: ProjectReport['summaries']): string | null {
  const length = known?.summaries.components.reduce((sum, { code }) => sum + code.length, 0) ?? 0;
  return known === null || length > MAX_SUMMARIES ? null : JSON.stringify(known);
}

function failed(path: string, code: ScanIssue['code'], message: string): FileReport {
  return mergeReports(path, [], [{ code, level: 'warn', message, remedy: '', path, ruleId: null, spans: [] }]);
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}

function invalidEncoding(path: string, text: string, offset: number): ScanIssue {
  const index = new LineIndex(text);
  const start = index.position(index.utf16Offset(offset));
  return {
    code: 'invalid-encoding',
    level: 'info',
    message: `the file is not valid UTF-8, first on line ${start.line}; each such byte was read as a question mark`,
    remedy: 'Save the file as UTF-8.',
    path,
    ruleId: null,
    spans: [{ start, end: { ...start, column: start.column + 1, offset: start.offset + 1 } }],
  };
}
