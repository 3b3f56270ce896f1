export { type CompiledRule, compileGuardrail, type Form, hasForms, unnamedEntries } from './compile-guardrail.ts';
export {
  demandOf,
  type Evidence,
  evidenceSummary,
  type HigherStage,
  missingEvidence,
  stageAbove,
  stageBelow,
} from './evidence.ts';
export { allExceptions, type CodePlace, exceptionName, lapseOf, type Ruling, ruleOn } from './exceptions.ts';
export { FORM_LANGUAGES, type Idioms, idiomsOf } from './forms/idioms.ts';
export { type Exception, type Guardrail, type Policy, STAGES, type Stage, type StageMove } from './guardrail.ts';
export {
  type ExceptionNote,
  exceptionIn,
  guardrailIn,
  isKnown,
  withException,
  withExceptionNote,
  withGuardrail,
  withKnown,
} from './guardrail-metadata.ts';
export { guardrailJsonSchema } from './guardrail-schema.ts';
export { lapseOfInline } from './inline-exceptions.ts';
export {
  countStates,
  INVENTORY_STATES,
  type InventoryItem,
  type InventoryState,
  inventoryItem,
} from './inventory.ts';
export {
  type Baseline,
  type BaselineScope,
  baselineSize,
  type Comparison,
  compareBaseline,
  EMPTY_BASELINE,
  nextBaseline,
  readBaseline,
  renderBaseline,
} from './ledger/baseline.ts';
export { type FindingPlace, numberPlaces } from './ledger/finding-place.ts';
export { type FindingRecord, pairFindings } from './ledger/pair-findings.ts';
export {
  type Precision,
  precisionByGuardrail,
  precisionOf,
  readTriage,
  renderTriage,
  type TriageEntry,
  type Verdict,
  verdictsOn,
  withVerdict,
} from './ledger/triage.ts';
export { formatLock, type Lock, type LockedSource, lockDifference, readLock } from './lock.ts';
export { hasEnded, isNamed, overridesOn, withOverride } from './override-rule.ts';
export type {
  BundledSource,
  FolderSource,
  GitSource,
  NpmSource,
  Override,
  ProjectConfig,
  ScanDefaults,
  Source,
} from './project-config.ts';
export { projectJsonSchema } from './project-schema.ts';
export { type GuardrailReading, readGuardrail } from './read-guardrail.ts';
export { readProjectConfig } from './read-project.ts';
export { sourceName } from './source-name.ts';
