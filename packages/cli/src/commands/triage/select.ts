import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import type { Candidate } from './candidates.ts';

/** How a finding is named on the command line. */
export type Selector = { kind: 'place'; path: string; line: number } | { kind: 'identity'; identity: string };

/** Reads `src/app.py:12` or `49eb06b657e6db00:2`. */
export function readSelector(text: string): Selector {
  if (/^[0-9a-f]{16}(?::\d+)?$/.test(text)) return { kind: 'identity', identity: text };
  const { path, line } = /^(?<path>.+):(?<line>\d+)$/.exec(text)?.groups ?? {};
  if (path !== undefined && line !== undefined) return { kind: 'place', path, line: Number(line) };
  throw new UsageError(`${text} names no finding: write path:line, or the identity that a JSON report tells`);
}

/** What has to be scanned to find them. */
export function scanRoots(selectors: readonly Selector[]): string[] {
  const places = selectors.filter((each) => each.kind === 'place');
  return places.length === selectors.length ? [...new Set(places.map(({ path }) => path))] : ['.'];
}

/** The one finding that is meant. Throws `UsageError` where there is none, or more than one. */
export function selectOne(selector: Selector, candidates: readonly Candidate[]): Candidate {
  const found = candidates.filter((each) => isMeant(each, selector));
  const [first, second] = found;
  const name = selector.kind === 'place' ? `${selector.path}:${selector.line}` : selector.identity;
  if (first === undefined) {
    const near = candidates.map(({ path, line }) => `${path}:${line}`).slice(0, SHOWN);
    const hint = near.length === 0 ? 'nothing was found at all' : `there are findings at ${near.join(', ')}`;
    throw new UsageError(`there is no finding ${name}; ${hint}`);
  }
  if (second === undefined) return first;
  const lines = found.map(({ place, path, line }) => `  ${place.finding}  ${place.guardrail}  ${path}:${line}`);
  throw new UsageError(`${name} is more than one finding; name one by its identity:\n${lines.join('\n')}`);
}

const SHOWN = 5;

function isMeant({ place, path, line }: Candidate, selector: Selector): boolean {
  if (selector.kind === 'identity') return place.finding === selector.identity;
  return line === selector.line && resolve(path) === resolve(selector.path);
}
