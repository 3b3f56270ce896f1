import type { KnownEnds } from '@lockstep/engine';
import type { ScanRequest } from '../workers/scan-request.ts';
import type { FileStates } from './file-states.ts';
import type { FileStore } from './file-store.ts';
import { jsonFormat, StoredValue } from './stored-value.ts';

/** Of a path, by hash of what stood there. */
type Versions = Record<string, KnownEnds>;

/** So many versions of a file are kept: a change is compared with what was before it. */
const MAX_VERSIONS = 2;

/** Where flows may begin and end in files, of whatever rules: that depends on nothing but the file and the rule. */
export class EndsCache {
  readonly #kept: StoredValue<Record<string, Versions>>;
  readonly #states: FileStates;

  /** `name` stands for the program, and the folder that paths start from. */
  constructor(store: FileStore, name: string, states: FileStates) {
    this.#kept = new StoredValue(
      store,
      name,
      jsonFormat(() => ({})),
    );
    this.#states = states;
  }

  /** By path; of files that were not looked at as they are now, nothing is known. */
  recall(requests: readonly ScanRequest[]): Map<string, KnownEnds> {
    const kept = this.#kept.value;
    const known = new Map<string, KnownEnds>();
    for (const request of requests) {
      // Also of those that nothing is known of: what is learnt of a file must be of what it held before it was scanned.
      const hash = this.#states.of(request)?.hash ?? '';
      const ends = Object.hasOwn(kept, request.path) ? kept[request.path]?.[hash] : undefined;
      if (ends !== undefined) known.set(request.path, ends);
    }
    return known;
  }

  /** What is known now. */
  learn(requests: readonly ScanRequest[], ends: ReadonlyMap<string, KnownEnds>): void {
    const kept = this.#kept.value;
    for (const request of requests) {
      const known = ends.get(request.path);
      const state = known === undefined ? null : this.#states.of(request);
      if (known === undefined || state === null || !this.#states.isCurrent(request, state)) continue;
      const { [state.hash]: before, ...others } = Object.hasOwn(kept, request.path) ? (kept[request.path] ?? {}) : {};
      if (JSON.stringify(before) === JSON.stringify(known)) continue;
      const latest = Object.entries(others).slice(-(MAX_VERSIONS - 1));
      kept[request.path] = Object.fromEntries([...latest, [state.hash, known]]);
      this.#kept.changed();
    }
  }

  save(): void {
    this.#kept.save();
  }
}
