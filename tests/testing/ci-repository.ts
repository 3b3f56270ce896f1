import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commitAll, git, makeRepository } from '../../packages/cli/src/targets/testing/temporary-folder.ts';
import { pythonRule, ruleFile } from './sample-rules.ts';

interface GuardrailParts {
  stage?: 'monitor' | 'comment' | 'block';
  /** The function that is not to be called. */
  call?: string;
  exceptions?: string;
}

/** The files of a guardrail that forbids a call. */
export function guardrail(id: string, { stage = 'block', call = id, exceptions = '' }: GuardrailParts = {}) {
  const manifest = [
    `id: ${id}`,
    `promise: Nobody calls ${call}.`,
    'weakness: CWE-95',
    'owners: { security: "@acme/appsec", engineering: "@acme/shop" }',
    `stage: ${stage}`,
    exceptions,
    '',
  ].join('\n');
  return {
    [`guardrails/${id}/guardrail.yaml`]: manifest,
    [`guardrails/${id}/rules.yaml`]: ruleFile(pythonRule(id, `${call}(...)`)),
  };
}

/** A repository with files on `main`, at a branch for a change. */
export function repositoryWithBranch(files: Record<string, string>): string {
  const root = makeRepository(files);
  git(root, 'checkout', '--quiet', '-b', 'feature');
  return root;
}

/** Writes files and commits everything. */
export function commitFiles(root: string, files: Record<string, string>, message = 'change'): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  commitAll(root, message);
}
