import { runGit } from './git.ts';

/** `Ada <ada@acme.example>`, as commits would name whoever is at work here; null where git does not know. */
export async function gitUser(cwd: string): Promise<string | null> {
  const [name, email] = await Promise.all([setting('user.name', cwd), setting('user.email', cwd)]);
  if (name === null) return email;
  return email === null ? name : `${name} <${email}>`;
}

async function setting(key: string, cwd: string): Promise<string | null> {
  const result = await runGit(['config', '--get', key], { cwd });
  const value = result.ok ? result.stdout.toString().trim() : '';
  return value === '' ? null : value;
}
