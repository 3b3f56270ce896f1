import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Rule } from '@lockstep/engine';
import type { ScanSetup } from '../workers/scan-request.ts';
import { EndsCache } from './ends-cache.ts';
import { FileStates } from './file-states.ts';
import { FileStore } from './file-store.ts';
import { programHash } from './program-hash.ts';
import { ReportCache } from './report-cache.ts';
import { SummariesCache } from './summaries-cache.ts';

export interface RunCacheOptions {
  /** Absolute. */
  folder: string;
  /** Absolute: where paths in reports start from. */
  root: string;
  /** Whether reports of files are kept too, which pays where the same files are scanned again and again. */
  keepsReports: boolean;
}

/**
 * What earlier runs have found out about files, by what the files hold, for a run and those after it. Nothing that is
 * found depends on it.
 */
export class RunCache {
  readonly #options: RunCacheOptions;
  readonly #store: FileStore;
  readonly #states = new FileStates();
  readonly #reports = new Map<string, ReportCache>();
  readonly #summaries = new Map<string, SummariesCache>();
  #ends: EndsCache | null = null;

  constructor(options: RunCacheOptions) {
    this.#options = options;
    this.#store = new FileStore(join(options.folder, 'files'));
  }

  get ends(): EndsCache {
    this.#ends ??= new EndsCache(this.#store, this.#name('ends', []), this.#states);
    return this.#ends;
  }

  /** null where reports are not kept. */
  reports(rules: readonly Rule[], setup: ScanSetup): ReportCache | null {
    if (!this.#options.keepsReports) return null;
    const name = this.#name('reports', [rules, setup]);
    const known = this.#reports.get(name) ?? new ReportCache(this.#store, name, this.#states);
    this.#reports.set(name, known);
    return known;
  }

  summaries(rules: readonly Rule[], setup: ScanSetup): SummariesCache {
    const name = this.#name('summaries', [rules, setup]);
    const known = this.#summaries.get(name) ?? new SummariesCache(this.#store, name);
    this.#summaries.set(name, known);
    return known;
  }

  /** Keeps for later runs what this one has found out. */
  save(): void {
    for (const reports of this.#reports.values()) reports.save();
    for (const summaries of this.#summaries.values()) summaries.save();
    this.#ends?.save();
  }

  #name(kind: string, parts: unknown[]): string {
    const about = JSON.stringify([programHash(), this.#options.root, ...parts]);
    return `${kind}-${createHash('sha256').update(about).digest('base64url').slice(0, 32)}.json`;
  }
}
