import { isCancel, select, text } from '@clack/prompts';
import { UsageError } from '../../usage-error.ts';

/** Asks somebody at a terminal. */
export interface Ask {
  text(question: Question): Promise<string>;
  choose<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T>;
}

export interface Question {
  message: string;
  /** What an answer looks like. */
  example?: string;
  /** Taken where the answer is empty. */
  fallback?: string;
  /** What is wrong with an answer; null: nothing. */
  fault?: (answer: string) => string | null;
}

export interface Choice<T extends string> {
  value: T;
  label: string;
  hint: string;
}

/** Through prompts on the terminal; Ctrl-C ends the command. */
export const askTerminal: Ask = {
  async text({ message, example, fallback, fault }) {
    const answer = await text({
      message,
      ...(fallback === undefined ? {} : { defaultValue: fallback }),
      ...(fallback === undefined && example === undefined ? {} : { placeholder: fallback ?? example ?? '' }),
      validate(value) {
        const given = (value ?? '').trim() || (fallback ?? '');
        if (given === '') return 'This needs an answer.';
        return fault?.(given) ?? undefined;
      },
    });
    if (isCancel(answer)) throw new UsageError('cancelled: nothing was written');
    return answer.trim();
  },
  async choose<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T> {
    // The library's type of an option depends on the type of its value, which is open here.
    const answer = await select<string>({ message, options: [...choices] });
    if (isCancel(answer)) throw new UsageError('cancelled: nothing was written');
    return answer as T;
  },
};
