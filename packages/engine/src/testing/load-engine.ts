import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Finding } from '../findings/finding.ts';
import type { FlowDepth } from '../flow/depth.ts';
import { type LoadedLanguages, loadLanguages } from '../patterns/loaded-languages.ts';
import type { LoadedLanguage } from '../patterns/parse-pattern.ts';
import { loadRules } from '../rules/load-rules.ts';
import type { RuleProblem } from '../rules/problem.ts';
import type { Rule } from '../rules/rule.ts';
import { type ParsedText, parseText } from '../scan/parsed-text.ts';
import type { ScanIssue } from '../scan/report.ts';
import { Scanner, type ScannerOptions } from '../scan/scanner.ts';
import { initSyntax } from '../syntax/parser.ts';
import type { Tree } from '../tree/nodes.ts';

const require = createRequire(import.meta.url);

/** `web-tree-sitter.wasm` or a grammar, out of the package that ships it and is named like it. */
export function readWasm(file: string): Uint8Array {
  return readFileSync(require.resolve(`${file.replace(/\.wasm$/, '')}/${file}`));
}

await initSyntax(readWasm('web-tree-sitter.wasm'));

/** The languages of the engine, loaded once for all tests of a file. */
export const languages: LoadedLanguages = await loadLanguages(['python'], async (file) => readWasm(file));

/** Python with its grammar. */
export const python: LoadedLanguage = languages.get('python') as LoadedLanguage;

/** The uniform tree of a piece of Python, names not yet resolved. */
export function lower(code: string): Tree {
  return python.lowering.lower(python.parser.parse(code), code, /* pattern */ false);
}

/** A piece of Python ready for matching. */
export function parsePython(code: string): ParsedText {
  return parseText(code, python);
}

/** Scans as the command line does, but for the clock, which stands still. */
export const scannerOptions: ScannerOptions = {
  blake2b512: (text) => createHash('blake2b512').update(text).digest('hex'),
  applies: () => true,
  onProgress: () => {},
  now: () => 0,
  timeRules: false,
  suppressions: true,
  depth: 'file',
  interfile: false,
  parsedAhead: null,
};

const LANGUAGES_OF_EXTENSION: Record<string, readonly string[]> = { py: ['python'], pyi: ['python'] };

/** The languages that a file of this name is scanned as, besides the text languages. */
export function languagesOf(path: string): readonly string[] {
  return LANGUAGES_OF_EXTENSION[path.slice(path.lastIndexOf('.') + 1)] ?? [];
}

export interface TextScan {
  findings: Finding[];
  /** What the scanner says about the rules and the file. */
  issues: ScanIssue[];
  /** What the loader says about the rule file. */
  problems: RuleProblem[];
}

/** Scans one text with the rules of a YAML text. */
export function scanText(rulesYaml: string, path: string, text: string, depth: FlowDepth = 'file'): TextScan {
  const { rules, problems } = loadRules(rulesYaml, 'rules.yaml');
  return { ...scanWith(rules, path, text, depth), problems };
}

function scanWith(
  rules: readonly Rule[],
  path: string,
  text: string,
  depth: FlowDepth,
): Pick<TextScan, 'findings' | 'issues'> {
  const scanner = new Scanner(rules, languages, { ...scannerOptions, depth });
  const { findings, issues } = scanner.scan({ path, text, languages: languagesOf(path) });
  return { findings, issues: [...scanner.issues, ...issues] };
}

/** One match of a pattern. */
export interface PatternMatch {
  /** 1-based, of the first character. */
  line: number;
  /** The matched source. */
  text: string;
  /** `$X` → source of what it is bound to. */
  bindings: Record<string, string>;
}

/**
 * All matches of a Python pattern in a piece of code, by start, then end. `options` are those of a rule, as a rule
 * file spells them. Throws where the pattern is refused, with the reason.
 */
export function matches(pattern: string, code: string, options: Record<string, unknown> = {}): PatternMatch[] {
  return ruleMatches({ pattern, options }, code);
}

/** As `matches`, for the pattern keys of a whole rule (`patterns`, `pattern-either`, …). */
export function ruleMatches(keys: Record<string, unknown>, code: string, depth: FlowDepth = 'file'): PatternMatch[] {
  // The message shows every binding, as matches that differ in nothing a message shows are one finding.
  const names = JSON.stringify(keys).match(/\$(\.\.\.)?[A-Z_][A-Z_0-9]*/g) ?? [];
  const message = `m ${[...new Set(names)].join(' | ')}`;
  const rule = { id: 'rule', languages: ['python'], severity: 'ERROR', message, ...keys };
  const { findings, issues, problems } = scanText(JSON.stringify({ rules: [rule] }), 'code.py', code, depth);
  const problem = [...problems, ...issues].find(({ level }) => level === 'error');
  if (problem !== undefined) throw new Error(problem.message);
  const bytes = Buffer.from(code);
  return findings.map(({ start, end, metavariables }) => ({
    line: start.line,
    text: bytes.subarray(start.offset, end.offset).toString(),
    bindings: Object.fromEntries(Object.entries(metavariables).map(([name, { content }]) => [name, content])),
  }));
}
