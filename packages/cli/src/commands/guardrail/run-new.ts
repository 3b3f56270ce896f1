import type { NewFlags } from './new-flags.ts';
export async function runNew(_id: string | null, _flags: NewFlags): Promise<number> {
  return 2;
}
