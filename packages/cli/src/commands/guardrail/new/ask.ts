import type { Readable, Writable } from 'node:stream';
import { isCancel, select, text } from '@clack/prompts';
import { neutralize, neutralizeLine } from '../../../reports/neutralize.ts';
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

/** Where prompts are shown and answered; the terminal where nothing is said. */
export interface Terminal {
  input?: Readable;
  output?: Writable;
}

/** Asks through prompts; Ctrl-C ends the command. What is asked may name what files of a repository say. */
export function askOn(terminal: Terminal): Ask {
  return {
    async text({ message, example, fallback, fault }) {
      const shown = neutralizeLine(fallback ?? example ?? '');
      const answer = await text({
        ...terminal,
        message: neutralize(message),
        ...(shown === '' ? {} : { placeholder: shown }),
        // What is taken is shown again.
        ...(fallback === undefined ? {} : { defaultValue: shown }),
        validate(value) {
          const given = (value ?? '').trim() || (fallback ?? '');
          if (given === '') return 'This needs an answer.';
          const found = fault?.(given) ?? null;
          return found === null ? undefined : neutralize(found);
        },
      });
      if (isCancel(answer)) throw new UsageError('cancelled: nothing was written');
      return fallback !== undefined && answer === shown ? fallback : answer.trim();
    },
    async choose<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T> {
      // The library's type of an option depends on the type of its value, which is open here.
      const answer = await select<string>({ ...terminal, message: neutralize(message), options: [...choices] });
      if (isCancel(answer)) throw new UsageError('cancelled: nothing was written');
      return answer as T;
    },
  };
}
