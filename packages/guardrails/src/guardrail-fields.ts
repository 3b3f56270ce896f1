import { defaulted, type Field, object, optional, required } from './fields/field.ts';
import {
  checked,
  checkedText,
  choice,
  converted,
  date,
  flag,
  language,
  list,
  located,
  oneOrMore,
  ordinal,
  record,
  share,
  text,
  textOr,
  url,
} from './fields/values.ts';
import {
  ARGUMENT_DEMANDS,
  type Argument,
  DECORATOR_PLACES,
  type EvidenceDemand,
  EXCEPTION_DEMANDS,
  type Exception,
  type FirstFix,
  type Guardrail,
  ORIGIN_KINDS,
  type Origin,
  type Policy,
  type Prohibition,
  type Requirement,
  type Safeguard,
  STAGES,
  type StageMove,
  type UnsafeCall,
} from './guardrail.ts';

/** All keys of a `guardrail.yaml`: what the reader takes and what the published schema says. */

const weakness = checkedText(
  (written) => /^CWE-[1-9]\d*$/.test(written),
  (written) => `\`${written}\` is not a CWE; expected \`CWE-\` and a number`,
  (written) => {
    const number = /\d+/.exec(written)?.[0];
    return number === undefined ? 'find one at https://cwe.mitre.org' : `write \`CWE-${number}\``;
  },
  { pattern: '^CWE-[1-9][0-9]*$' },
);

const owners = object<Guardrail['owners']>({
  security: required(text(), 'who answers for it in security'),
  engineering: required(text(), 'who answers for it in engineering'),
});

const origin = object<Origin>({
  kind: required(choice(ORIGIN_KINDS), 'what kind of event made somebody write it'),
  date: optional(date(), 'when that was'),
  link: optional(url(), 'where it is told'),
});

const fix = object<FirstFix>({
  summary: required(text(), 'what was changed'),
  change: optional(text(), 'the file that was changed'),
  test: optional(text(), 'the regression test'),
});

const paths = object<Guardrail['paths']>({
  include: defaulted(oneOrMore(text()), [], 'globs of the files it is about'),
  exclude: defaulted(oneOrMore(text()), [], 'globs of files that it is not about'),
});

const exception: Field<Exception> = located(
  checked(
    object<Omit<Exception, 'place'>>({
      symbol: optional(text(), 'the function or class, such as `Orders.ping` or `shop.views:ping`'),
      path: optional(text(), 'a glob of files'),
      reason: required(text(), 'why it need not keep the promise'),
      owner: optional(text(), 'who looks after the excepted code'),
      approvedBy: optional(text(), 'who agreed'),
      until: optional(date(), 'the last day it holds'),
    }),
    ({ symbol, path }, report) => {
      if (symbol === null && path === null)
        report('an exception without `symbol` or `path`', 'say which code it is for');
    },
  ),
);

const exceptions = list(exception);

const RULE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const name = checkedText(
  (written) => RULE_NAME.test(written),
  (written) => `\`${written}\` is not a name; expected small letters, digits and hyphens`,
  () => 'the rule is then called `<guardrail>-<name>`',
  { pattern: RULE_NAME.source },
);

const where = record(/^\$[A-Z_][A-Z0-9_]*$/, 'a metavariable', text());
const patterns = oneOrMore(text());

/** What all short forms have. */
const entryKeys = {
  name: optional(name, 'what sets its rule apart: it is called `<guardrail>-<name>`'),
  message: optional(text(), 'what its findings say; without it, what is wrong and the message of the guardrail'),
  where: defaulted(where, {}, 'metavariables and the regular expressions that they match'),
  inside: defaulted(patterns, [], 'patterns; only within one of them'),
  except: defaulted(exceptions, [], 'code that is allowed to differ, each with its reason'),
};

const safeguard: Field<Safeguard> = textOr(
  converted(
    text(),
    (written): Safeguard =>
      written.startsWith('@')
        ? { kind: 'decorator', decorator: written, place: null }
        : { kind: 'call', call: written },
  ),
  longSafeguard(),
);

function longSafeguard(): Field<Safeguard> {
  const keys = object({
    decorator: optional(text(), 'a decorator, with its `@`'),
    place: optional(choice(DECORATOR_PLACES), 'where it stands: above or below the decorators of `on`'),
    call: optional(text(), 'a call in the body'),
    wrapper: optional(text(), 'a function that it is handed to afterwards: `f = wrapper(f)`'),
    base: optional(text(), 'a base class of it, or of the class that it stands in'),
  });
  const one = checked(keys, ({ decorator, place, call, wrapper, base }, report) => {
    const given = [decorator, call, wrapper, base].filter((value) => value !== null).length;
    if (given !== 1)
      report('expected one of `decorator`, `call`, `wrapper`, `base`', 'alternatives are items of a list');
    if (place !== null && decorator === null) report('`place` is about a decorator', 'remove it');
  });
  return converted(one, ({ decorator, place, call, wrapper, base }): Safeguard => {
    if (decorator !== null) return { kind: 'decorator', decorator: decorator.replace(/^@?/, '@'), place };
    if (call !== null) return { kind: 'call', call };
    return wrapper !== null ? { kind: 'wrapper', wrapper } : { kind: 'base', base: base ?? '' };
  });
}

const requirement: Field<Requirement> = located(
  checked(
    object<Omit<Requirement, 'place'>>({
      ...entryKeys,
      on: required(patterns, 'patterns of what must be protected, such as `def $F(...): ...`'),
      have: defaulted(oneOrMore(safeguard), [], 'what protects it; of several, one is enough'),
      haveOn: defaulted(patterns, [], 'statements that protect it from outside, such as a router with dependencies'),
    }),
    ({ on, have, haveOn }, report) => {
      if (have.length + haveOn.length === 0) report('neither `have` nor `have-on` says what is required', 'add one');
      const isPlaced = have.some((each) => each.kind === 'decorator' && each.place !== null);
      if (isPlaced && !on.every((text) => /^\s*@/m.test(text))) {
        report(
          '`place` needs decorators in `on` to stand above or below',
          'add the decorator that registers the function',
        );
      }
    },
  ),
);

const DOTTED = /^\w+(\.\w+)*(\.\*)?$/u;

const dottedName = checkedText(
  (written) => DOTTED.test(written),
  (written) => `\`${written}\` is not a dotted name`,
  () => 'write it as `module.function`; the shape of a call belongs to `unsafe-call`',
);

const prohibition: Field<Prohibition> = located(
  checked(
    object<Omit<Prohibition, 'place'>>({
      ...entryKeys,
      use: defaulted(oneOrMore(dottedName), [], 'functions and classes, by the full name: `pickle.loads`'),
      module: defaulted(oneOrMore(dottedName), [], 'modules that are not imported'),
      instead: optional(text(), 'what to use in its place'),
    }),
    ({ use, module }, report) => {
      if (use.length + module.length === 0) report('neither `use` nor `module` says what is forbidden', 'add one');
    },
  ),
);

const argument: Field<Argument> = checked(
  object<Argument>({
    name: optional(text(), 'its keyword'),
    position: optional(ordinal(), 'its position, counted from 1'),
    mustBe: optional(choice(ARGUMENT_DEMANDS), 'what it must be'),
    oneOf: defaulted(oneOrMore(text()), [], 'patterns; any other value is wrong'),
    noneOf: defaulted(oneOrMore(text()), [], 'patterns of wrong values'),
  }),
  ({ name: keyword, position }, report) => {
    if (keyword === null && position === null)
      report('which argument? Neither `name` nor `position` is given', 'add one');
  },
);

function demandCount({ mustBe, oneOf, noneOf }: Argument): number {
  return [mustBe !== null, oneOf.length > 0, noneOf.length > 0].filter(Boolean).length;
}

const unsafeCall: Field<UnsafeCall> = located(
  checked(
    object<Omit<UnsafeCall, 'place'>>({
      ...entryKeys,
      call: required(patterns, 'the call, such as `$BANK.send(...)`'),
      safe: defaulted(patterns, [], 'shapes of it that are right'),
      unsafe: defaulted(patterns, [], 'shapes of it that are wrong; without them, all that are not safe'),
      argument: optional(argument, 'what must be true of one of its arguments'),
      from: defaulted(patterns, [], 'where data comes from that must not reach it'),
      cleanedBy: defaulted(patterns, [], 'what makes such data safe'),
      models: defaulted(oneOrMore(text()), [], 'models that know where data comes from and what makes it safe'),
      instead: optional(text(), 'what to write in its place'),
    }),
    ({ call, safe, unsafe, argument: demand, from, models, cleanedBy }, report) => {
      if (demand !== null && !call.every((text) => /\(\s*\.\.\.\s*\)$/.test(text))) {
        report('with `argument`, `call` must leave its arguments open', 'write it as `f(...)`');
      }
      const isFlow = from.length + models.length > 0;
      // Of a flow, naming the argument says enough: it is where the data must not arrive.
      const demands = demand === null ? 1 : demandCount(demand);
      if (demands > 1 || (demands === 0 && !isFlow)) {
        report('`argument` needs one of `must-be`, `one-of`, `none-of`', 'use two entries for two demands');
      }
      if (!isFlow && cleanedBy.length > 0) report('`cleaned-by` without `from` or `models` cleans nothing', 'add one');
      if (!isFlow && safe.length + unsafe.length === 0 && demand === null) {
        report('nothing says which shape is wrong', 'add `safe`, `unsafe`, `argument` or `from`');
      }
    },
  ),
);

const evidence = object<EvidenceDemand>({
  triaged: required(ordinal(), 'how many of its findings must have a verdict'),
  precision: required(share(), 'which share of them must be right, from 0 to 1'),
});

const NO_POLICY: Policy = { exceptions: [], inline: true, comment: null, block: null };

const policy = object<Policy>({
  exceptions: defaulted(oneOrMore(choice(EXCEPTION_DEMANDS)), [], 'what an exception must tell besides its reason'),
  inline: defaulted(flag(), true, 'whether comments in the code may be exceptions'),
  comment: optional(evidence, 'what it takes to reach the stage `comment`, where that is more than usual'),
  block: optional(evidence, 'what it takes to reach the stage `block`, where that is more than usual'),
});

const move = object<StageMove>({
  date: required(date(), 'when it was moved'),
  from: required(choice(STAGES), 'the stage before'),
  to: required(choice(STAGES), 'the stage after'),
  who: required(text(), 'who agreed'),
  why: required(text(), 'the reason'),
  evidence: optional(text(), 'figures or a link that the decision rests on'),
});

export const guardrailFields: Field<Guardrail> = object<Guardrail>(
  {
    id: required(text(), 'the name of its folder'),
    promise: required(text(), 'one sentence that says what the code keeps to'),
    weakness: required(weakness, 'the weakness it is about, such as `CWE-532`'),
    owners: required({ ...owners, expected: '`{ security: …, engineering: … }`' }, 'who answers for it on both sides'),
    origin: optional(origin, 'what made somebody write it'),
    fix: optional(fix, 'the repair that came first'),
    stage: required(choice(STAGES), 'who sees its findings'),
    languages: defaulted(list(language()), [], 'the languages of its short forms'),
    message: optional(text(), 'what its findings say: why it matters here, and what to write instead'),
    references: defaulted(list(url()), [], 'pages that explain the weakness or the right way'),
    paths: defaulted(paths, { include: [], exclude: [] }, 'the files it is about'),
    require: defaulted(list(requirement), [], 'what every function of a kind must carry'),
    forbid: defaulted(list(prohibition), [], 'functions and modules that are not used'),
    unsafeCall: defaulted(list(unsafeCall), [], 'calls that are right in one shape and wrong in another'),
    exceptions: defaulted(exceptions, [], 'code that need not keep the promise, each with its reason'),
    policy: defaulted(policy, NO_POLICY, 'what is asked of its exceptions and of its way from stage to stage'),
    history: defaulted(list(move), [], 'its moves from stage to stage, oldest first'),
  },
  'a mapping: a guardrail',
);
