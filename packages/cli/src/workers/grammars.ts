import { initSyntax, type LoadedLanguages, loadLanguages } from '@lockstep/engine';
import { readGrammar, SYNTAX_RUNTIME } from '../installation.ts';

/** The grammars of this thread: each is loaded once, and holds memory for good. */
const grammars = new Map<string, Promise<LoadedLanguages>>();

/** The languages of canonical names, with their grammars. */
export async function loadGrammars(names: readonly string[]): Promise<LoadedLanguages> {
  if (names.length > 0) await initSyntax(await readGrammar(SYNTAX_RUNTIME));
  const loading = names.map((name) => {
    const known = grammars.get(name) ?? loadLanguages([name], readGrammar);
    grammars.set(name, known);
    return known;
  });
  return new Map((await Promise.all(loading)).flatMap((loaded) => [...loaded]));
}
