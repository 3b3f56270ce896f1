import type { Application } from '../applications.ts';
import { isBoundMethod, isClassMethod } from '../body-facts.ts';
import { type Answer, type DependencyLog, onFile } from '../dependencies.ts';
import type { Argument, ClassBody, Expression, FlowParameter, FunctionBody } from '../il.ts';
import type { StaticObject } from './static-objects.ts';

/** What a parameter is given: a written argument, or what a decorator stands over. */
export type GivenValue =
  | { kind: 'argument'; expression: Expression; body: FunctionBody }
  | { kind: 'decorated'; decorated: FunctionBody | ClassBody };

/** What one call gives, by the keys of the parameters, with what the call gave that made the function. */
export type GivenValues = ReadonlyMap<string, GivenValue>;

/** What is known of who calls. */
export interface KnownApplications {
  /** Calls and decorators that may run a function. */
  applicationsOf(body: FunctionBody): readonly Application[];
  /** What is called, told without asking what parameters are given: else one question could lead back to itself. */
  called(callee: Expression, body: FunctionBody): readonly StaticObject[];
  method(owner: ClassBody, name: string): FunctionBody | null;
}

/** What the parameters of functions are given by calls and decorators, anywhere in the program. */
export class GivenParameters {
  private readonly applications: KnownApplications;
  private readonly log: DependencyLog;
  private readonly known = new Map<FunctionBody, Answer<readonly GivenValues[]>>();

  /** `log` is told what answers depend on. */
  constructor(log: DependencyLog, applications: KnownApplications) {
    this.log = log;
    this.applications = applications;
  }

  /** What each call gives that certainly is one of this function. */
  of(body: FunctionBody): readonly GivenValues[] {
    return this.log.remembered(this.known, body, () => {
      this.log.note(onFile(body.path));
      return this.applications.applicationsOf(body).flatMap((one) => this.given(body, one) ?? []);
    });
  }

  private given(called: FunctionBody, application: Application): GivenValues | null {
    const { callee, body, args, decorated } = application;
    const receiver = this.receiverOf(called, application);
    if (receiver === null) return null;
    const values = new Map<string, GivenValue>();
    const { enclosing } = called;
    if (callee.kind === 'call' && enclosing !== null) {
      // `register("a")` in `@register("a")` has made the function that is called.
      const maker = { callee: callee.callee, args: callee.args, decorated: null, body };
      for (const [key, value] of this.given(enclosing, maker) ?? []) values.set(key, value);
    }
    const parameters = called.parameters.slice(receiver === 'bound' ? 1 : 0);
    if (decorated === null) bindWritten(parameters, args, body, values);
    else if (parameters[0]?.spread === '') values.set(parameters[0].variable.key, { kind: 'decorated', decorated });
    return values;
  }

  /** Whether the call is one of the function, and if so whether its first parameter is the object. */
  private receiverOf(called: FunctionBody, { callee, body }: Application): 'bound' | 'none' | null {
    const { language } = called;
    for (const one of this.applications.called(callee, body)) {
      if (one.kind === 'function') {
        if (one.function !== called) continue;
        return isBoundMethod(called) && (one.owner !== null || isClassMethod(called)) ? 'bound' : 'none';
      }
      const run = this.applications.method(one.class, one.kind === 'class' ? language.constructor : language.caller);
      if (run === called) return 'bound';
    }
    return null;
  }
}

/** Those that are given as they stand: what is spread is not told apart. */
function bindWritten(
  parameters: readonly FlowParameter[],
  args: readonly Argument[],
  body: FunctionBody,
  values: Map<string, GivenValue>,
): void {
  let next = 0;
  for (const { name, spread, value: expression } of args) {
    if (spread === '*') next = parameters.length;
    if (spread !== '') continue;
    const parameter = name === null ? parameters[next] : parameters.find(({ variable }) => variable.name === name);
    if (parameter?.spread !== '') continue;
    values.set(parameter.variable.key, { kind: 'argument', expression, body });
    if (name === null) next++;
  }
}
