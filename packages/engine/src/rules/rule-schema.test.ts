import { expect, test } from 'vitest';
import type { Json } from './rule.ts';
import { RULE_KEYS } from './rule-keys.ts';
import { OPTION_NAMES, OTHER_NAMES } from './rule-options.ts';
import { ruleFileJsonSchema } from './rule-schema.ts';

const schema = ruleFileJsonSchema();

function definition(name: string): { [key: string]: Json } {
  const definitions = schema['definitions'] as { [key: string]: { [key: string]: Json } };
  return definitions[name] ?? {};
}

test('every reference leads to a definition', () => {
  const references = new Set(
    [...JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)].map(([, name]) => name),
  );
  const broken = [...references].filter((name) => Object.keys(definition(name ?? '')).length === 0);
  expect(references.size).toBeGreaterThan(20);
  expect(broken).toEqual([]);
});

test('the keys of rules and options are those the loader knows', () => {
  expect(Object.keys(definition('rule')['properties'] ?? {}).sort()).toEqual([...RULE_KEYS].sort());
  const options = OPTION_NAMES.filter((name) => !OTHER_NAMES.some((other) => other === name));
  expect(Object.keys(definition('options')['properties'] ?? {}).sort()).toEqual([...options].sort());
});

test('a definition', () => {
  expect(definition('source')).toMatchInlineSnapshot(`
    {
      "oneOf": [
        {
          "required": [
            "pattern",
          ],
        },
        {
          "required": [
            "pattern-regex",
          ],
        },
        {
          "required": [
            "patterns",
          ],
        },
        {
          "required": [
            "pattern-either",
          ],
        },
      ],
      "properties": {
        "by-side-effect": {
          "enum": [
            true,
            false,
            "true",
            "false",
            "only",
          ],
        },
        "control": {
          "enum": [
            true,
            false,
            "true",
            "false",
          ],
        },
        "exact": {
          "enum": [
            true,
            false,
            "true",
            "false",
          ],
        },
        "label": {
          "type": "string",
        },
        "pattern": {
          "$ref": "#/definitions/pattern",
        },
        "pattern-either": {
          "$ref": "#/definitions/pattern-either",
        },
        "pattern-regex": {
          "$ref": "#/definitions/pattern-regex",
        },
        "patterns": {
          "$ref": "#/definitions/patterns",
        },
        "requires": {
          "anyOf": [
            {
              "type": "string",
            },
            {
              "items": {
                "additionalProperties": {
                  "type": "string",
                },
                "type": "object",
              },
              "type": "array",
            },
          ],
        },
      },
      "required": [],
      "type": "object",
    }
  `);
});
