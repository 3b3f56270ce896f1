export { type CompiledRule, compileGuardrail, type Form, hasForms, unnamedEntries } from './compile-guardrail.ts';
export { allExceptions, type CodePlace, exceptionName, lapseOf, type Ruling, ruleOn } from './exceptions.ts';
export { FORM_LANGUAGES, type Idioms, idiomsOf } from './forms/idioms.ts';
export type { Exception, Guardrail, Policy } from './guardrail.ts';
export { type ExceptionNote, exceptionIn, withException, withGuardrail } from './guardrail-metadata.ts';
export { guardrailJsonSchema } from './guardrail-schema.ts';
export {
  countStates,
  INVENTORY_STATES,
  type InventoryItem,
  type InventoryState,
  inventoryItem,
} from './inventory.ts';
export { formatLock, type Lock, type LockedSource, lockDifference, readLock } from './lock.ts';
export { hasEnded, isNamed, overridesOn, withOverride } from './override-rule.ts';
export type {
  BundledSource,
  FolderSource,
  GitSource,
  NpmSource,
  Override,
  ProjectConfig,
  Source,
} from './project-config.ts';
export { projectJsonSchema } from './project-schema.ts';
export { type GuardrailReading, readGuardrail } from './read-guardrail.ts';
export { readProjectConfig } from './read-project.ts';
export { sourceName } from './source-name.ts';
