import { compareTexts, type RuleProblem } from '@lockstep/engine';
import { defaulted, type Field, object, optional, required } from './fields/field.ts';
import { readFile } from './fields/read-file.ts';
import { checked, checkedText, count, list, text } from './fields/values.ts';

/** A `lockstep.lock`: what the sources of `lockstep.yaml` held when somebody last looked at them. */
export interface Lock {
  version: number;
  /** Of Lockstep, which wrote it. */
  lockstep: string;
  /** Sorted by their names. */
  sources: LockedSource[];
}

export interface LockedSource {
  /** `git:URL`, `npm:PACKAGE` or `lockstep:GUARDRAIL`; after `#`, the folder. */
  source: string;
  /** The commit, or the package's version; null where the source has none. */
  revision: string | null;
  /** Of the package, as its registry states it; null for other sources. */
  integrity: string | null;
  /** How many. */
  files: number;
  /** Over the list of files and their contents. */
  sha256: string;
}

const LOCK_VERSION = 1;

const lockedSource: Field<LockedSource> = object<LockedSource>({
  source: required(text(), 'the source'),
  revision: optional(text(), 'its commit or version'),
  integrity: optional(text(), 'what the registry says of the package'),
  files: required(count(), 'how many files it holds'),
  sha256: required(
    checkedText(
      (written) => /^[0-9a-f]{64}$/.test(written),
      () => 'this is not a SHA-256',
      () => 'lockstep lock writes the file anew',
    ),
    'of its files',
  ),
});

const lockFields: Field<Lock> = checked(
  object<Lock>({
    version: required(count(), 'the version of this file’s form'),
    lockstep: required(text(), 'the version of Lockstep that wrote it'),
    sources: defaulted(list(lockedSource), [], 'the sources'),
  }),
  ({ version }, report) => {
    if (version !== LOCK_VERSION) report(`a lock of version ${version}`, 'use the version of Lockstep that wrote it');
  },
);

/** Reads a `lockstep.lock`; it is null if anything is wrong with it. Never throws. */
export function readLock(content: string, file: string): { lock: Lock | null; problems: RuleProblem[] } {
  const { value, problems } = readFile(content, file, 'lockstep lock writes it', (context, root) =>
    lockFields.read(context, root, { path: '', key: '', about: '' }),
  );
  return { lock: value, problems };
}

/** The text of a `lockstep.lock`: the same for the same sources, one line a fact, so that changes read well. */
export function formatLock(sources: readonly LockedSource[], lockstepVersion: string): string {
  const sorted = [...sources].sort((a, b) => compareTexts(a.source, b.source));
  return [
    '# Written by `lockstep lock`, and checked by every scan. Commit it; do not edit it.',
    `version: ${LOCK_VERSION}`,
    `lockstep: ${JSON.stringify(lockstepVersion)}`,
    ...(sorted.length === 0 ? [] : ['sources:', ...sorted.flatMap(sourceLines)]),
    '',
  ].join('\n');
}

function sourceLines({ source, revision, integrity, files, sha256 }: LockedSource): string[] {
  return [
    `  - source: ${JSON.stringify(source)}`,
    ...(revision === null ? [] : [`    revision: ${JSON.stringify(revision)}`]),
    ...(integrity === null ? [] : [`    integrity: ${JSON.stringify(integrity)}`]),
    `    files: ${files}`,
    `    sha256: ${JSON.stringify(sha256)}`,
  ];
}

/** How a source differs from what the lock says of it, in words; null where it does not. */
export function lockDifference(locked: LockedSource, actual: LockedSource): string | null {
  const { revision, integrity, files, sha256 } = locked;
  if (revision !== actual.revision)
    return `locked at ${revision ?? 'no revision'}, not at ${actual.revision ?? 'none'}`;
  if (integrity !== actual.integrity) return `its integrity is ${actual.integrity}, not ${integrity}`;
  if (files !== actual.files) return `it holds ${actual.files} files, not ${files}`;
  return sha256 === actual.sha256 ? null : 'what its files say has changed';
}
