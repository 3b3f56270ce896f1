import type { FlowDepth } from '@lockstep/engine';
import { InvalidArgumentError, Option } from 'commander';

/** Each file is still scanned by itself, so what a finding needs is in the file it is in. */
export const DEFAULT_DEPTH: FlowDepth = 'file';

const MEANINGS: Record<FlowDepth, string> = {
  function: 'within each function',
  file: 'across the functions of a file (default)',
  project: 'across files too',
};

/** `--depth`, for the commands that run rules. */
export function depthOption(): Option {
  const choices = Object.entries(MEANINGS).map(([depth, meaning]) => `${depth}, ${meaning}`);
  return new Option('--depth <depth>', `how far taint rules follow data: ${choices.join('; ')}`).argParser(readDepth);
}

function readDepth(value: string): FlowDepth {
  if (isDepth(value)) return value;
  throw new InvalidArgumentError(`Allowed choices are ${Object.keys(MEANINGS).join(', ')}.`);
}

function isDepth(value: string): value is FlowDepth {
  return Object.hasOwn(MEANINGS, value);
}
