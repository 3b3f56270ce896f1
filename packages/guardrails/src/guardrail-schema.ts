import type { Schema } from './fields/field.ts';
import { guardrailFields } from './guardrail-fields.ts';

/** The JSON Schema of a `guardrail.yaml`, for editors: draft 7, which YAML editors support best. */
export function guardrailJsonSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A guardrail of Lockstep',
    ...guardrailFields.schema,
  };
}
