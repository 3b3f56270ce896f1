import type { Language } from '../language.ts';
import { decoratorWords } from './decorator-words.ts';
import { pythonFlow } from './flow.ts';
import { createPythonLowering } from './lowering.ts';
import { pythonPatternCandidates } from './pattern-text.ts';
import { pythonSureNames } from './sure-names.ts';

export const python: Language = {
  name: 'python',
  grammarFile: 'tree-sitter-python.wasm',
  createLowering: createPythonLowering,
  patternCandidates: pythonPatternCandidates,
  sureNames: pythonSureNames,
  decoratorWords,
  flow: pythonFlow,
};
