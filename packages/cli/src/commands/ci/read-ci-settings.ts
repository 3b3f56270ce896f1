import { readFileSync } from 'node:fs';
import { openProject } from '../../config/open-project.ts';
import { readEnvironment } from '../scan/environment.ts';
import { readLimits, readSettings } from '../scan/read-settings.ts';
import { UsageError } from '../usage-error.ts';
import { type CiFlags, SCAN_ONLY, TOLERATED } from './ci-flags.ts';
import type { CiSettings, ReviewSettings } from './ci-settings.ts';
import { type CiRun, detectCi } from './providers.ts';
import type { WebhookSettings } from './webhook.ts';

/** What a run is to do, from flags and environment variables; flags win. Throws `UsageError` where they make no sense. */
export function readCiSettings(flags: CiFlags, env: NodeJS.ProcessEnv): CiSettings {
  for (const name of SCAN_ONLY) {
    if (!TOLERATED.has(name) && flags[name] !== undefined && flags[name] !== false) {
      throw new UsageError(`--${dashed(name)} is for lockstep scan`);
    }
  }
  if (flags.staged && flags.base !== undefined)
    throw new UsageError('--staged is compared with HEAD: leave out --base');
  const scan = readSettings([], flags, env);
  // What `lockstep.yaml` says of files and limits is not taken from here, but from where the change begins.
  const { rules } = readSettings([], flags, env, openProject(process.cwd()));
  if (rules.kind === 'pattern') throw new UsageError('--pattern is for lockstep scan');
  const run = detectCi(env, readJson);
  return {
    scan: { ...scan, rules, baseline: null },
    limits: (defaults) => readLimits(flags, env, defaults),
    run,
    base: flags.base ?? scan.baseline,
    staged: flags.staged ?? false,
    policyFrom: flags.policyFrom,
    offline: flags.offline ?? false,
    subdir: flags.subdir ?? null,
    monitorOutput: flags.monitorOutput ?? null,
    webhook: readWebhook(flags, env),
    review: flags.comment === true ? readReview(run, env) : null,
    dryRun: flags.dryRun ?? false,
    suppressErrors: flags.suppressErrors,
  };
}

function readWebhook({ webhookFormat: format }: CiFlags, env: NodeJS.ProcessEnv): WebhookSettings | null {
  const url = readEnvironment(env, 'WEBHOOK_URL');
  if (url === null) return null;
  if (!/^https?:\/\/[^\s]+$/.test(url)) throw new UsageError('LOCKSTEP_WEBHOOK_URL is no http or https URL');
  return { url, secret: readEnvironment(env, 'WEBHOOK_SECRET'), format };
}

/** GitLab's own token of a job may not comment, so that it is of no use here. */
function readReview({ review: place }: CiRun, env: NodeJS.ProcessEnv): ReviewSettings {
  const token = place === null ? undefined : env[place.service === 'github' ? 'GITHUB_TOKEN' : 'GITLAB_TOKEN'];
  return { place, token: token === undefined || token === '' ? null : token };
}

/** What GitHub says of the event; without it, variables say less but enough. */
function readJson(path: string): unknown {
  if (path === '') return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
