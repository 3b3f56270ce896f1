import type { FileContext, RuleProblem, YamlNode } from '@lockstep/engine';
import { readFile } from './fields/read-file.ts';
import type { Located } from './fields/values.ts';
import type { Override, ProjectConfig } from './project-config.ts';
import { projectFields } from './project-fields.ts';
import { sourceName } from './source-name.ts';

export interface ProjectReading {
  /** null if anything is wrong with it. */
  config: ProjectConfig | null;
  /** In the order of their places. */
  problems: RuleProblem[];
}

/**
 * Reads a `lockstep.yaml`, reporting everything that is wrong with it; `file` is named in problems. A key that is not
 * known is an error, unlike in rules: `overides` must not look as if it were in force. Never throws.
 */
export function readProjectConfig(text: string, file: string): ProjectReading {
  const { value, problems } = readFile(text, file, 'it has at least `guardrails` or `rules`', readRoot);
  const strict = problems.map((problem): RuleProblem => {
    return problem.code === 'unknown-key' ? { ...problem, code: 'unexpected-key', level: 'error' } : problem;
  });
  return { config: strict.some(({ level }) => level === 'error') ? null : value, problems: strict };
}

function readRoot(context: FileContext, root: YamlNode): ProjectConfig | null {
  const config = projectFields.read(context, root, { path: '', key: '', about: '' });
  if (config !== null) {
    reportRepeated(context, config.guardrails, sourceName);
    reportRepeated(context, config.rules, ({ relative }) => relative);
    reportRepeated(context, config.models, ({ relative }) => relative);
    reportRepeated(context, config.overrides, overrideName);
  }
  return config;
}

/** Which of two would count? */
function reportRepeated<T extends Located>(
  context: FileContext,
  items: readonly T[],
  nameOf: (item: T) => string,
): void {
  const first = new Map<string, T>();
  for (const item of items) {
    const name = nameOf(item);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, item);
    else {
      const message = `${name} stands here twice (first on line ${earlier.place.line})`;
      context.report('bad-value', item.place, item.place.path, message, 'keep one');
    }
  }
}

function overrideName({ guardrail, rule }: Override): string {
  return guardrail === null ? `the rule \`${rule}\`` : `the guardrail \`${guardrail}\``;
}
