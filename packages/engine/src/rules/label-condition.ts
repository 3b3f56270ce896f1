/** A condition over labels: `A and not (B or C)` (semantics 05 §5.6). */
export type LabelCondition = (labels: ReadonlySet<string>) => boolean;

/**
 * Reads a `requires` expression: labels, `and`, `or`, `not`, parentheses, `True` and `False`. A string says what is
 * wrong with it.
 */
export function parseLabelCondition(text: string): LabelCondition | string {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  let problem: string | null = null;
  const fail = (message: string): LabelCondition => {
    problem ??= message;
    return () => false;
  };
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  };
  const or = (): LabelCondition => {
    let left = and();
    while (take('or')) {
      const [a, b] = [left, and()];
      left = (labels) => a(labels) || b(labels);
    }
    return left;
  };
  const and = (): LabelCondition => {
    let left = not();
    while (take('and')) {
      const [a, b] = [left, not()];
      left = (labels) => a(labels) && b(labels);
    }
    return left;
  };
  const not = (): LabelCondition => {
    if (!take('not')) return atom();
    const inner = not();
    return (labels) => !inner(labels);
  };
  const atom = (): LabelCondition => {
    if (take('(')) {
      const inner = or();
      return take(')') ? inner : fail('a closing parenthesis is missing');
    }
    if (take('True')) return () => true;
    if (take('False')) return () => false;
    const label = tokens[at++];
    if (label === undefined) return fail('a label is missing at the end');
    if (!/^[A-Za-z_]\w*$/.test(label)) return fail(`\`${label}\` is no label`);
    return (labels) => labels.has(label);
  };
  const condition = or();
  if (at < tokens.length) problem ??= `\`${tokens[at]}\` is not expected there`;
  return problem ?? condition;
}
