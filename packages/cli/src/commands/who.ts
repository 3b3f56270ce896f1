import { gitUser } from '../git/git-user.ts';
import { UsageError } from './usage-error.ts';

/** Who decides, for the record: whoever was named, or the one that git knows. */
export async function whoDecides(given: string | undefined): Promise<string> {
  const who = (given ?? (await gitUser(process.cwd())) ?? '').trim();
  if (who === '') throw new UsageError('nobody knows who decides this: name yourself with --who, or to git');
  return who;
}
