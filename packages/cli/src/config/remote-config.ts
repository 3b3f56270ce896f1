import type { ConfigProblem } from './config-problem.ts';

/**
 * The problem with a `--config` value that names something on the network; null if it does not. As in Semgrep a
 * registry name wins over a local folder of that name, which is spelled `./p/name`.
 */
export function remoteConfigProblem(value: string): ConfigProblem | null {
  const what = describeRemote(value);
  if (what === null) return null;
  const local = what === 'a registry name' ? ` A local path of that name is spelled ./${value}.` : '';
  return {
    code: 'config-remote',
    level: 'fatal',
    subject: value,
    message: `${value} is ${what}, and Lockstep works offline by design: nothing is fetched`,
    remedy:
      'Keep the rules in your repository and pass their path, or use lockstep:default, ' +
      `the guardrails that come with Lockstep.${local}`,
  };
}

function describeRemote(value: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return 'a URL';
  if (value === 'auto') return "Semgrep's automatic configuration";
  if (/^[prs]\//.test(value)) return 'a registry name';
  return null;
}
