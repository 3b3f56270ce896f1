import type { Requirement, Safeguard } from '../guardrail.ts';
import { codeList, type FormRule } from './form-rule.ts';
import type { Idioms } from './idioms.ts';
import { all, any, conditions, focus, insideAny, not, notInside, pattern, type RulePart } from './rule-text.ts';

/** The rules of a `require` entry: what lacks its safeguard, what has it in the wrong place, and the inventory. */
export function compileRequire(entry: Requirement, idioms: Idioms): FormRule[] {
  const safeguards = [...entry.have.map(safeguardText), ...entry.haveOn];
  const subject = subjectOf(entry, idioms);
  const lacking =
    safeguards.length > 1 ? `has neither ${codeList(safeguards, 'nor')}` : `lacks ${codeList(safeguards, 'or')}`;
  const missing = (on: string) => [
    ...entry.have.flatMap((safeguard) => withoutSafeguard(on, safeguard, idioms)),
    ...entry.haveOn.flatMap((statement) => idioms.beside(on, statement).map(notInside)),
  ];
  return [
    {
      suffix: '',
      about: `${codeList(entry.on, 'or')} without ${codeList(safeguards, 'or')}`,
      message: `${subject} ${lacking}.`,
      body: ruleBody(entry, idioms, missing),
      role: 'fault',
    },
    ...misplaced(entry, idioms, subject),
    {
      suffix: '-inventory',
      about: `everything that must have ${codeList(safeguards, 'or')}: for the inventory, never reported`,
      message: `${subject} must have ${codeList(safeguards, 'or')}.`,
      body: ruleBody(entry, idioms, () => []),
      role: 'inventory',
    },
  ];
}

function safeguardText(safeguard: Safeguard): string {
  switch (safeguard.kind) {
    case 'decorator':
      return safeguard.decorator;
    case 'call':
      return safeguard.call;
    case 'wrapper':
      return `${safeguard.wrapper}(...)`;
    case 'base':
      return safeguard.base;
  }
}

/** How messages name what was found. */
function subjectOf({ on }: Requirement, idioms: Idioms): string {
  const names = new Set(on.map((text) => idioms.declaredName(text)));
  const [name] = names;
  return names.size === 1 && name != null ? `\`${name}\`` : 'This';
}

/** One conjunction for each pattern of `on`; `exclusions` says what takes code out of it. */
function ruleBody(entry: Requirement, idioms: Idioms, exclusions: (on: string) => RulePart[]): RulePart {
  const blocks = entry.on.map((on) => [
    pattern(on),
    ...notNested(on, idioms),
    ...exclusions(on),
    ...focusOnName(on, idioms),
  ]);
  const shared = [...insideAny(entry.inside), ...conditions(entry.where)];
  const [only] = blocks;
  if (blocks.length === 1 && only !== undefined) {
    const parts = [...only];
    const at = parts.findIndex((part) => 'focus-metavariable' in part);
    return all(at < 0 ? [...parts, ...shared] : parts.toSpliced(at, 0, ...shared));
  }
  return all([any(blocks.map(all)), ...shared]);
}

/**
 * A helper inside a method is no method, and what a decorator returns is no view; but a function that carries a
 * decorator of its own (a route inside `create_app()`) is meant wherever it stands.
 */
function notNested(on: string, idioms: Idioms): RulePart[] {
  const isPlainFunction = idioms.isFunction(on) && !on.trimStart().startsWith('@');
  return isPlainFunction ? [notInside(idioms.enclosingFunction(on))] : [];
}

function focusOnName(on: string, idioms: Idioms): RulePart[] {
  const name = idioms.declaredName(on);
  return name?.startsWith('$') === true ? [focus(name)] : [];
}

function withoutSafeguard(on: string, safeguard: Safeguard, idioms: Idioms): RulePart[] {
  switch (safeguard.kind) {
    case 'decorator':
      return idioms.decorated(on, safeguard.decorator, 'top').map(not);
    case 'call': {
      const protectedBody = idioms.containing(on, safeguard.call);
      return protectedBody === null ? [] : [not(protectedBody)];
    }
    case 'wrapper': {
      const name = idioms.declaredName(on);
      return name === null ? [] : [notInside(idioms.handedTo(on, name, safeguard.wrapper))];
    }
    case 'base': {
      const name = idioms.isFunction(on) ? null : idioms.declaredName(on);
      const { base } = safeguard;
      // For a method, a second step would cover namesakes in the classes between.
      return name === null
        ? [notInside(idioms.derivedClass('$OWNER', base))]
        : [not(idioms.derivedClass(name, base)), notInside(idioms.derivedTwice(name, base))];
    }
  }
}

/** What has its decorator on the wrong side of those of `on`, where a side is demanded. */
function misplaced(entry: Requirement, idioms: Idioms, subject: string): FormRule[] {
  const placed = entry.have.flatMap((safeguard) =>
    safeguard.kind === 'decorator' && safeguard.place !== null ? [{ ...safeguard, place: safeguard.place }] : [],
  );
  if (placed.length === 0) return [];
  const wrong = (on: string) =>
    placed.flatMap(({ decorator, place }) => idioms.decorated(on, decorator, place === 'below' ? 'top' : 'bottom'));
  const names = codeList(
    placed.map(({ decorator }) => decorator),
    'or',
  );
  const sides = [...new Set(placed.map(({ place }) => place))].join(' or ');
  const blocks = entry.on.map((on) => all([any(wrong(on).map(pattern)), ...focusOnName(on, idioms)]));
  const parts = [any(blocks), ...insideAny(entry.inside), ...conditions(entry.where)];
  const others = codeList(entry.on.flatMap(decoratorsOf), 'and');
  return [
    {
      suffix: '-order',
      about: `${names} on the wrong side of ${others}`,
      message: `${subject} has ${names} on the wrong side: it must stand ${sides} ${others}, as decorators are applied from the bottom up.`,
      body: { options: { decorators_order_matters: true }, ...all(parts) },
      role: 'misplaced',
    },
  ];
}

function decoratorsOf(on: string): string[] {
  return on.split('\n').filter((line) => line.trimStart().startsWith('@'));
}
