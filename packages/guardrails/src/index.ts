export {
  type FirstFix,
  type Guardrail,
  ORIGIN_KINDS,
  type Origin,
  type OriginKind,
  STAGES,
  type Stage,
} from './guardrail.ts';
export { type GuardrailReading, readGuardrail } from './read-guardrail.ts';
