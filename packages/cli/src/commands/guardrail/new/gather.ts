import { closestName, findLanguage } from '@lockstep/engine';
import { FORM_LANGUAGES } from '@lockstep/guardrails';
import type { CodeOwners } from '../../../guardrails/codeowners.ts';
import { UsageError } from '../../usage-error.ts';
import type { Ask, Choice, Question } from './ask.ts';
import type { FindingSeed } from './finding-seed.ts';
import type { NewFlags, Template } from './flags.ts';
import type { NewGuardrail } from './plan.ts';

/**
 * Puts together what a new guardrail is to be: from the flags, from a finding, and from whoever sits at the terminal.
 * `ask` is null where nobody does; what has no sensible default is then an error that names the flag.
 */
export async function gather(
  id: string | null,
  flags: NewFlags,
  seed: FindingSeed | null,
  owners: CodeOwners | null,
  ask: Ask | null,
): Promise<NewGuardrail> {
  const needed = new Needed(ask);
  const language = readLanguage(flags.lang);
  const template = await needed.template(flags.template ?? (seed === null ? null : 'pattern'));
  const pattern = await needed.text(
    flags.pattern ?? seedPattern(seed, template),
    PATTERN_QUESTIONS[template],
    '--pattern',
  );
  const right = await readRight(template, flags, needed);
  const finalId = await needed.text(
    id,
    { message: 'What is it called?', fallback: idFrom(pattern), fault: idFault },
    null,
  );
  const [firstOwner] = owners?.owners ?? [];
  const plan = {
    id: finalId,
    template,
    language,
    pattern,
    right,
    example: flags.example ?? seed?.example ?? null,
    promise: await needed.text(
      flags.promise ?? null,
      { message: 'What does the code keep to, in one sentence?', fallback: promiseFor(template, pattern, right) },
      null,
    ),
    weakness: await needed.text(
      flags.weakness ?? seed?.weakness ?? null,
      { message: 'Which weakness is it about?', fallback: DEFAULT_WEAKNESS, fault: weaknessFault },
      null,
    ),
    security: await needed.text(
      flags.security ?? null,
      { message: 'Who answers for it in security?', fallback: firstOwner ?? '@security' },
      null,
    ),
    engineering: await needed.text(
      flags.engineering ?? null,
      { message: 'And in engineering?', fallback: firstOwner ?? '@engineering' },
      null,
    ),
    message: await readMessage(template, flags, seed, right, needed),
  };
  return plan;
}

/** Improper adherence to coding standards: true of everything that a guardrail is about, until somebody knows better. */
const DEFAULT_WEAKNESS = 'CWE-710';

/** Answers, in this order: the flag, the person, the default. */
class Needed {
  readonly #ask: Ask | null;

  constructor(ask: Ask | null) {
    this.#ask = ask;
  }

  async template(given: Template | null): Promise<Template> {
    if (given !== null) return given;
    if (this.#ask === null) throw new UsageError('say with --template what kind of rule it is to have');
    return this.#ask.choose('What kind of rule?', TEMPLATE_CHOICES);
  }

  /** `flag`: the one to name where there is neither an answer nor a default. */
  async text(given: string | null, question: Question, flag: string | null): Promise<string> {
    const known = given?.trim() ?? null;
    if (known === null || known === '') {
      if (this.#ask !== null) return this.#ask.text(question);
      if (question.fallback !== undefined) return question.fallback;
      throw new UsageError(`${flag} is missing: ${question.message}`);
    }
    const fault = question.fault?.(known) ?? null;
    if (fault !== null) throw new UsageError(fault);
    return known;
  }
}

const TEMPLATE_CHOICES: readonly Choice<Template>[] = [
  { value: 'forbid', label: 'forbid', hint: 'a function or module is not used; use that instead' },
  { value: 'require', label: 'require', hint: 'every function of a kind carries a decorator or a call' },
  { value: 'unsafe-call', label: 'unsafe-call', hint: 'a call is right in one shape and wrong in another' },
  { value: 'pattern', label: 'pattern', hint: 'any rule in Semgrep syntax' },
];

const PATTERN_QUESTIONS: Record<Template, Question> = {
  forbid: { message: 'What is not to be used? Its full dotted name', example: 'pickle.loads', fault: nameFault },
  require: { message: 'What must be protected? A pattern', fallback: 'def $F(...): ...' },
  'unsafe-call': { message: 'Which call? A pattern', example: '$BANK.send(...)' },
  pattern: { message: 'What is to be found? A pattern', example: 'run(..., debug=True, ...)' },
};

function seedPattern(seed: FindingSeed | null, template: Template): string | null {
  if (seed === null) return null;
  return template === 'forbid' ? seed.pattern.replace(/\(.*$/s, '') : seed.pattern;
}

async function readRight(template: Template, flags: NewFlags, needed: Needed): Promise<string | null> {
  switch (template) {
    case 'forbid':
      if (flags.instead === undefined && flags.message !== undefined) return null;
      return needed.text(
        flags.instead ?? null,
        { message: 'What is used in its place?', example: 'json.loads' },
        '--instead (or --message)',
      );
    case 'require':
      return needed.text(
        flags.have ?? null,
        { message: 'What must it have? A decorator or a call in its body', example: '@require_permission' },
        '--have',
      );
    case 'unsafe-call':
      return needed.text(
        flags.safe ?? null,
        { message: 'What is its right shape? A pattern', example: '$BANK.send($TO, $KEY)' },
        '--safe',
      );
    case 'pattern':
      return null;
  }
}

async function readMessage(
  template: Template,
  flags: NewFlags,
  seed: FindingSeed | null,
  right: string | null,
  needed: Needed,
): Promise<string | null> {
  const given = flags.message ?? (template === 'pattern' ? seed?.message : undefined) ?? null;
  if (given === null && right !== null) return null;
  const question = { message: 'What are authors to write instead, and why does it matter?', example: 'Use …' };
  return needed.text(given, question, '--message');
}

function readLanguage(name = 'python'): string {
  const language = findLanguage(name)?.name ?? null;
  if (language !== null && FORM_LANGUAGES.includes(language)) return language;
  const closest = closestName(name, FORM_LANGUAGES);
  const hint = closest === null ? `known: ${FORM_LANGUAGES.join(', ')}` : `did you mean ${closest}?`;
  throw new UsageError(`guardrails cannot be written for ${name} yet; ${hint}`);
}

function promiseFor(template: Template, pattern: string, right: string | null): string {
  switch (template) {
    case 'forbid':
      return `Nothing uses \`${pattern}\`${right === null ? '' : `; \`${right}\` does its work`}.`;
    case 'require':
      return `Everything like \`${pattern.split('\n')[0]}\` has \`${right}\`.`;
    case 'unsafe-call':
      return `\`${pattern}\` is called as \`${right}\`.`;
    case 'pattern':
      return `No code looks like \`${pattern.split('\n')[0]}\`.`;
  }
}

function idFrom(pattern: string): string {
  const words = pattern.toLowerCase().match(/[a-z][a-z0-9]*/g) ?? [];
  const telling = words.filter((word) => word !== 'def' && word !== 'class').slice(0, 3);
  return telling.length === 0 ? 'my-guardrail' : `no-${telling.join('-')}`;
}

function idFault(id: string): string | null {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)
    ? null
    : `${id} cannot be the id of a guardrail; write it in small letters, digits and hyphens, such as no-pickle`;
}

function weaknessFault(weakness: string): string | null {
  return /^CWE-[1-9]\d*$/.test(weakness) ? null : `${weakness} is not a CWE; write it as CWE-502`;
}

function nameFault(name: string): string | null {
  return /^\w+(\.\w+)*(\.\*)?$/u.test(name) ? null : `${name} is not a dotted name such as pickle.loads`;
}
