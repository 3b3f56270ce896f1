import { messageOf } from '../message-of.ts';

/** Compiles the regular expression of `"=~/re/flags"`; returns what is wrong with it where it cannot be compiled. */
export function compileStringRegex(source: string, flags: string): ((text: string) => boolean) | string {
  try {
    const regex = new RegExp(source, `${flags}u`);
    return (text) => regex.test(text);
  } catch (error) {
    return messageOf(error);
  }
}
