/** `min-version` and `max-version`: the Semgrep versions a rule is written for, both inclusive. */
import type { FileContext } from './file-context.ts';
import { findEntry, type YamlMap } from './yaml-tree.ts';

/** The version whose rule language this engine speaks. */
export const SEMGREP_VERSION = '1.182.0';

export interface VersionRange {
  min: string | null;
  max: string | null;
}

/** Malformed bounds are reported and read as absent. */
export function readVersionRange(context: FileContext, rule: YamlMap, path: string): VersionRange {
  return {
    min: readVersion(context, rule, path, 'min-version'),
    max: readVersion(context, rule, path, 'max-version'),
  };
}

function readVersion(context: FileContext, rule: YamlMap, path: string, key: string): string | null {
  const entry = findEntry(rule, key);
  if (entry === undefined) return null;
  const keyPath = `${path}.${key}`;
  const version = context.string(entry.value, keyPath, 'a version as a string, such as "1.100.0"');
  if (version === null || parseVersion(version) !== null) return version;
  const message = `\`${version}\` is not a version; expected three numbers such as \`1.100.0\``;
  context.report('bad-version', entry.value, keyPath, message);
  return null;
}

export function includesVersion(range: VersionRange, version: string): boolean {
  const tooOld = range.min !== null && compareVersions(version, range.min) < 0;
  const tooNew = range.max !== null && compareVersions(version, range.max) > 0;
  return !tooOld && !tooNew;
}

/** What follows the third number (`-rc1`, `.1`) is allowed and ignored. */
function parseVersion(version: string): number[] | null {
  const match = /^(\d+)\.(\d+)\.(\d+)(?:[-+.].*)?$/.exec(version);
  return match === null ? null : match.slice(1, 4).map(Number);
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [parseVersion(left) ?? [], parseVersion(right) ?? []];
  for (const [index, part] of a.entries()) {
    if (part !== b[index]) return part - (b[index] ?? 0);
  }
  return 0;
}
