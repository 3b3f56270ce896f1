import { type Finding, loadRules, type Rule } from '@lockstep/engine';
import { idiomsOf } from '@lockstep/guardrails';
import type { ScanRequest } from '../workers/scan-request.ts';
import { ScanSession, type SessionOptions } from '../workers/scan-session.ts';

/** A function or class of a file, from its first decorator on; offsets are in bytes. */
interface Definition {
  name: string;
  start: number;
  end: number;
}

/** The functions and classes of files, by path, and the dotted names of the files. */
export class Outline {
  readonly #files: ReadonlyMap<string, { definitions: readonly Definition[]; module: string }>;

  constructor(files: ReadonlyMap<string, { definitions: readonly Definition[]; module: string }>) {
    this.#files = files;
  }

  /** The names of what a place stands in, from the outside in. */
  namesAt({ path, start, end }: Pick<Finding, 'path' | 'start' | 'end'>): string[] {
    const definitions = this.#files.get(path)?.definitions ?? [];
    return definitions
      .filter((definition) => definition.start <= start.offset && end.offset <= definition.end)
      .map(({ name }) => name);
  }

  moduleOf(path: string): string {
    return this.#files.get(path)?.module ?? '';
  }
}

/**
 * Outlines files with the scanner itself, by the patterns that a language has for functions and classes. Only files
 * with findings that an exception may be about are worth the second look.
 */
export async function outlineFiles(
  requests: readonly ScanRequest[],
  pool: Pick<SessionOptions, 'threads' | 'timeoutMs' | 'timeoutThreshold' | 'maxMemoryMb'>,
): Promise<Outline> {
  const rules = [...new Set(requests.flatMap(({ languages }) => languages))].flatMap(outlineRules);
  const files = new Map<string, { definitions: Definition[]; module: string }>();
  for (const request of requests) files.set(request.path, { definitions: [], module: moduleName(request) });
  if (rules.length === 0) return new Outline(files);
  const session = new ScanSession(rules, { ...pool, ...PLAIN });
  try {
    const reports = await session.scan(requests, () => {});
    for (const { path, findings } of reports) files.get(path)?.definitions.push(...findings.map(definitionOf));
  } finally {
    await session.close();
  }
  for (const { definitions } of files.values()) definitions.sort((a, b) => a.start - b.start || b.end - a.end);
  return new Outline(files);
}

const PLAIN = { timeRules: false, suppressions: false, depth: 'function', interfile: false, rulePaths: false } as const;

function outlineRules(language: string): Rule[] {
  const rules = (idiomsOf(language)?.outline ?? []).map((pattern, at) => ({
    id: `${language}.${at}`,
    languages: [language],
    severity: 'INVENTORY',
    message: 'outline',
    pattern,
  }));
  return loadRules(JSON.stringify({ rules }), 'outline').rules;
}

/** By its whole path: symbols name the end of it, and nobody knows where a project's packages begin. */
function moduleName({ languages, absolutePath }: ScanRequest): string {
  const idioms = languages.map(idiomsOf).find((each) => each !== null);
  return idioms?.moduleOf(absolutePath) ?? '';
}

function definitionOf({ start, end, metavariables }: Finding): Definition {
  return { name: metavariables['$NAME']?.content ?? '', start: start.offset, end: end.offset };
}
