import type { Schema } from './fields/field.ts';
import { projectFields } from './project-fields.ts';

/** The JSON Schema of a `lockstep.yaml`, for editors: draft 7, which YAML editors support best. */
export function projectJsonSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'What Lockstep checks in a repository',
    ...projectFields.schema,
  };
}
