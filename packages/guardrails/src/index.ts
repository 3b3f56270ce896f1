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
export { type GuardrailReading, readGuardrail } from './read-guardrail.ts';
