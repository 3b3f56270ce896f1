import type { Argument, UnsafeCall } from '../guardrail.ts';
import { codeList, type FormRule } from './form-rule.ts';
import type { Idioms } from './idioms.ts';
import { all, any, conditions, focus, insideAny, not, pattern, type RulePart } from './rule-text.ts';

/** The rule of an `unsafe-call` entry: the wrong shapes, or the flow of data to them. */
export function compileUnsafeCall(entry: UnsafeCall, idioms: Idioms): FormRule[] {
  const { call, safe, instead, from, models } = entry;
  const isFlow = from.length + models.length > 0;
  const shapes = all([
    ...wrongShapes(entry, idioms),
    ...safe.map(not),
    ...insideAny(entry.inside),
    ...conditions(entry.where),
  ]);
  const remedy = remedyOf(instead ?? safe[0] ?? null);
  const demand = entry.argument === null ? '' : ` ${demandOf(entry.argument)}.`;
  return [
    {
      suffix: '',
      about: isFlow ? `data that reaches ${codeList(call, 'or')}` : `${codeList(call, 'or')} in a wrong shape`,
      message: isFlow
        ? `Data from outside reaches ${codeList(call, 'or')}.${cleaning(entry)}${remedy}`
        : `${codeList(call, 'or')} is unsafe in this shape.${demand}${remedy}`,
      body: isFlow ? flowBody(entry, shapes) : shapes,
      role: 'fault',
    },
  ];
}

function remedyOf(instead: string | null): string {
  return instead === null ? '' : ` Write \`${instead}\`.`;
}

function cleaning({ cleanedBy }: UnsafeCall): string {
  return cleanedBy.length === 0 ? '' : ` Make it safe first with ${codeList(cleanedBy, 'or')}.`;
}

function demandOf({ name, position, mustBe, oneOf, noneOf }: Argument): string {
  const which = name === null ? `Argument ${position}` : `\`${name}\``;
  if (mustBe === 'present') return `${which} must be given`;
  if (mustBe === null && oneOf.length + noneOf.length === 0) return `This is about ${which}`;
  if (mustBe !== null) return `${which} must ${mustBe === 'literal' ? 'be a literal' : 'not be a literal'}`;
  return oneOf.length > 0
    ? `${which} must be ${codeList(oneOf, 'or')}`
    : `${which} must not be ${codeList(noneOf, 'or')}`;
}

/** What is looked for before the safe shapes are taken out. */
function wrongShapes(entry: UnsafeCall, idioms: Idioms): RulePart[] {
  const { call, unsafe, argument } = entry;
  const shapes = unsafe.length === 0 ? [] : [any(unsafe.map(pattern))];
  if (argument === null) return [any(call.map(pattern)), ...shapes];
  const blocks = call.map((each) => all(wrongArgument(each, argument, idioms)));
  return [any(blocks), ...shapes];
}

const VALUE = '$ARGUMENT';

function wrongArgument(call: string, argument: Argument, idioms: Idioms): RulePart[] {
  const shapes = (value: string) => idioms.withArgument(call, argument, value);
  const given = any(shapes(VALUE).map(pattern));
  const isNumber = { metavariable: VALUE, regex: `^${idioms.number}`, 'constant-propagation': true };
  if (argument.noneOf.length > 0) return [any(argument.noneOf.flatMap(shapes).map(pattern))];
  if (argument.oneOf.length > 0) return [given, ...argument.oneOf.flatMap(shapes).map(not)];
  switch (argument.mustBe) {
    case null:
      return [given, focus(VALUE)];
    case 'literal':
      return [
        given,
        ...idioms.literals.flatMap(shapes).map(not),
        { 'metavariable-regex': { ...isNumber, regex: `^(?!${idioms.number})` } },
      ];
    case 'not-literal':
      return [
        any([
          ...idioms.literals.flatMap(shapes).map(pattern),
          { patterns: [given, { 'metavariable-regex': isNumber }] },
        ]),
      ];
    // Where arguments are spread, nobody can see which they are: better silent than wrong.
    case 'present':
      return [pattern(call), ...shapes(VALUE).map(not), ...idioms.withUnknownArguments(call).map(not)];
  }
}

function flowBody({ from, cleanedBy, models }: UnsafeCall, sink: RulePart): RulePart {
  return {
    mode: 'taint',
    ...(models.length === 0 ? {} : { options: { models } }),
    ...(from.length === 0 ? {} : { 'pattern-sources': from.map(pattern) }),
    ...(cleanedBy.length === 0 ? {} : { 'pattern-sanitizers': cleanedBy.map(pattern) }),
    'pattern-sinks': [sink],
  };
}
