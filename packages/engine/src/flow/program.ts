import type { FlowLanguage } from '../languages/flow-language.ts';
import type { FunctionBody } from './il.ts';

/** A file whose functions may call those of others. */
export interface ProgramFile {
  path: string;
  language: FlowLanguage;
  text: string;
  /** The functions of the file, the top level last. The first call parses it, unless that has been done. */
  functions(): readonly FunctionBody[];
}

/** Files that are analysed together. Most of them need never be parsed, as no flow comes near them. */
export interface Program {
  files: readonly ProgramFile[];
  /** Those that hold all of the words, in their order. */
  naming(words: readonly string[]): readonly ProgramFile[];
}

/** A file by itself. */
export function programOf(file: ProgramFile): Program {
  const files = [file];
  return { files, naming: () => files };
}
