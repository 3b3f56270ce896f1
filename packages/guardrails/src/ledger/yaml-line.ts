/** A mapping as one line of YAML, for files that are compared and merged line by line. */
export function yamlLine(values: Record<string, string | number>): string {
  const pairs = Object.entries(values).map(([key, value]) => `${key}: ${yamlScalar(value)}`);
  return `{ ${pairs.join(', ')} }`;
}

/** Plain where YAML, whoever reads it, takes it for the same text; a string of JSON is one of YAML too. */
export function yamlScalar(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const isPlain = /^(?:[A-Za-z_][\w./-]*|\d{4}-\d{2}-\d{2})$/.test(value) && !RESERVED.test(value);
  return isPlain ? value : JSON.stringify(value);
}

/** Words of YAML; hexadecimal digits are quoted whether or not they look like a number. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n|[0-9a-f]{16})$/i;
