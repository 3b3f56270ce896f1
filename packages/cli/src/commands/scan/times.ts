import { compareTexts } from '@lockstep/engine';
import { neutralizeLine } from '../../reports/neutralize.ts';
import type { ScanReport } from '../../reports/scan-report.ts';

const SHOWN = 5;

/** The slowest rules and files, for `--time` in text reports. */
export function formatTimes({ targets }: ScanReport): string {
  const files = new Map<string, number>();
  const rules = new Map<string, number>();
  for (const { path, timing } of targets) {
    if (timing === null) continue;
    files.set(path, timing.parse + timing.match);
    for (const [id, time] of Object.entries(timing.rules)) rules.set(id, (rules.get(id) ?? 0) + time);
  }
  return [...slowest('Slowest rules', rules), ...slowest('Slowest files', files)].map((line) => `${line}\n`).join('');
}

function slowest(title: string, times: ReadonlyMap<string, number>): string[] {
  if (times.size === 0) return [];
  const sorted = [...times].sort(([nameA, a], [nameB, b]) => b - a || compareTexts(nameA, nameB));
  return [title, ...sorted.slice(0, SHOWN).map(([name, time]) => `  ${milliseconds(time)}  ${neutralizeLine(name)}`)];
}

function milliseconds(time: number): string {
  return `${time.toFixed(0).padStart(6)} ms`;
}
