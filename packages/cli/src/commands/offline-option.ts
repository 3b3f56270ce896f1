import { Option } from 'commander';

/** `--offline`, for the commands that open the sources of `lockstep.yaml`. */
export function offlineOption(): Option {
  return new Option('--offline', 'fetch nothing: sources of lockstep.yaml come from the cache');
}
