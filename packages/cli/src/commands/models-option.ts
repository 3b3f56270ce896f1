import { Option } from 'commander';
import { collect } from './flag-values.ts';

/** `--models`, for the commands that read rules. */
export function modelsOption(): Option {
  return new Option(
    '--models <folder>',
    'models that taint rules may use, besides those of Lockstep (repeatable)',
  ).argParser(collect);
}
