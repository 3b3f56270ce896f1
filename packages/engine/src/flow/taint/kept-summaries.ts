import { type Dependency, fileOf, onFile } from '../dependencies.ts';
import type { FunctionBody } from '../il.ts';
import { type Bound, Bounds } from './bounds.ts';
import type { Component, Member, OwnComponent, SummaryEntry, Told } from './component.ts';
import { at, encodeSummaries, type Referred, SummariesDecoder } from './summary-code.ts';

type MemberCode = [id: string, key: string];

/** A component as JSON. Numbers are places in the tables around it. */
interface ComponentCode {
  members: MemberCode[];
  refused: MemberCode[];
  callees: number[];
  dependencies: number[];
  bounds: [id: string, path: string, name: string, bound: Bound][];
  /** Whether anything is told. */
  tells: boolean;
  /** `SummariesCode` as text: it takes a tenth of the memory so, and much of it is never read. */
  code: string;
}

/** What a rule has asked for. */
interface RuleCode {
  components: number[];
  /** By dependency on a file: ids of the functions in which flows of the rule begin, or end. */
  marked: [dependency: number, end: MarkedEnd, ids: string[]][];
}

export type MarkedEnd = 'beginnings' | 'endings';

/** Summaries of the functions of a program, for rules, with all that they depend on. JSON. */
export interface KeptSummaries {
  dependencies: [dependency: Dependency, value: string][];
  /** Callees come before what rests on them. */
  components: ComponentCode[];
  /** By key of a rule. */
  rules: Record<string, RuleCode>;
}

/** What an earlier run has made for a rule, where what it depends on is as it was. */
export interface KeptForRule {
  find(body: FunctionBody, key: string): SummaryEntry | null;
  /** Ids of the functions of a file in which flows begin, or end; null where that is not known. */
  marked(end: MarkedEnd, path: string): readonly string[] | null;
}

/** What a dependency comes to now; null where that is nothing to rely on. */
export type ValueNow = (dependency: Dependency) => string | null;

/** Those of a rule that are right for a program; null where nothing is kept for it. */
export function keptForRule(
  kept: KeptSummaries,
  ruleKey: string,
  valueNow: ValueNow,
  referred: Referred,
): KeptForRule | null {
  const rule = Object.hasOwn(kept.rules, ruleKey) ? kept.rules[ruleKey] : undefined;
  return rule === undefined ? null : new KeptRule(kept, rule, valueNow, referred);
}

class KeptRule implements KeptForRule {
  private readonly kept: KeptSummaries;
  private readonly valueNow: ValueNow;
  private readonly referred: Referred;
  /** By function and what it is given. */
  private readonly places = new Map<string, number>();
  private readonly markedIds = new Map<string, readonly string[]>();
  private readonly components = new Map<number, KeptComponent | null>();
  private readonly areCurrent = new Map<number, boolean>();

  constructor(kept: KeptSummaries, rule: RuleCode, valueNow: ValueNow, referred: Referred) {
    this.kept = kept;
    this.valueNow = valueNow;
    this.referred = referred;
    for (const place of rule.components) {
      for (const [id, key] of at(kept.components, place).members) this.places.set(`${id} ${key}`, place);
    }
    for (const [dependency, end, ids] of rule.marked) {
      const path = fileOf(at(kept.dependencies, dependency)[0]);
      if (this.isCurrent(dependency)) this.markedIds.set(`${end} ${path}`, ids);
    }
  }

  find(body: FunctionBody, key: string): SummaryEntry | null {
    const place = this.places.get(`${body.id} ${key}`);
    return place === undefined ? null : (this.component(place)?.entry(body, key) ?? null);
  }

  marked(end: MarkedEnd, path: string): readonly string[] | null {
    return this.markedIds.get(`${end} ${path}`) ?? null;
  }

  /** null where something that it depends on, or that what it rests on depends on, is not as it was. */
  private component(place: number): KeptComponent | null {
    let component = this.components.get(place);
    if (component !== undefined) return component;
    const code = at(this.kept.components, place);
    component = null;
    if (code.dependencies.every((one) => this.isCurrent(one))) {
      const callees = code.callees.map((callee) => this.component(callee)).filter((callee) => callee !== null);
      if (callees.length === code.callees.length) {
        const dependencies = code.dependencies.map((one) => at(this.kept.dependencies, one)[0]);
        component = new KeptComponent(code, callees, dependencies, this.referred);
      }
    }
    this.components.set(place, component);
    return component;
  }

  private isCurrent(place: number): boolean {
    let isCurrent = this.areCurrent.get(place);
    if (isCurrent === undefined) {
      const [dependency, value] = at(this.kept.dependencies, place);
      isCurrent = this.valueNow(dependency) === value;
      this.areCurrent.set(place, isCurrent);
    }
    return isCurrent;
  }
}

class KeptComponent implements Component {
  readonly code: ComponentCode;
  readonly members: readonly Member[];
  readonly refused: readonly Member[];
  readonly callees: readonly KeptComponent[];
  readonly bounds = new Bounds();
  readonly dependencies: ReadonlySet<Dependency>;
  /** Nobody has looked what is matched in it. */
  readonly isShared = false;
  readonly isRepeatable = true;
  private readonly referred: Referred;
  private decoder: SummariesDecoder | null = null;
  private readonly entries = new Map<number, SummaryEntry>();

  constructor(
    code: ComponentCode,
    callees: readonly KeptComponent[],
    dependencies: Iterable<Dependency>,
    referred: Referred,
  ) {
    this.code = code;
    this.members = code.members.map(memberOf);
    this.refused = code.refused.map(memberOf);
    this.callees = callees;
    this.dependencies = new Set(dependencies);
    for (const [id, path, name, bound] of code.bounds) this.bounds.add({ id, path, name }, bound);
    this.referred = referred;
  }

  get told(): Told[] {
    return this.code.tells ? this.decoded.told() : [];
  }

  private get decoded(): SummariesDecoder {
    this.decoder ??= new SummariesDecoder(JSON.parse(this.code.code), this.referred);
    return this.decoder;
  }

  entry(body: FunctionBody, key: string): SummaryEntry {
    const place = this.members.findIndex((member) => member.id === body.id && member.key === key);
    let entry = this.entries.get(place);
    if (entry === undefined) {
      const summary = this.decoded.summary(place);
      entry = { body, key, given: new Map(), summary, state: 'final', component: this };
      this.entries.set(place, entry);
    }
    return entry;
  }
}

/** Writes what the next run is to know. */
export class KeptWriter {
  private readonly kept: KeptSummaries = { dependencies: [], components: [], rules: {} };
  private readonly dependencies = new Map<string, number>();
  /** Most are of use to one rule, and are gone when the next one runs. */
  private readonly components = new WeakMap<Component | ComponentCode, number | null>();

  /** `components` are all that a rule has asked for, `valueNow` is of the files that it is about. */
  keep(
    ruleKey: string,
    components: Iterable<Component>,
    marked: Iterable<[end: MarkedEnd, path: string, ids: string[]]>,
    valueNow: ValueNow,
  ): void {
    const before = Object.hasOwn(this.kept.rules, ruleKey) ? this.kept.rules[ruleKey] : undefined;
    const rule = before ?? { components: [], marked: [] };
    const places = new Set(rule.components);
    for (const component of components) {
      const place = this.place(component, valueNow);
      if (place !== null) places.add(place);
    }
    for (const [end, path, ids] of marked) {
      const dependency = this.dependency(onFile(path), valueNow);
      if (dependency !== null) rule.marked.push([dependency, end, ids]);
    }
    this.kept.rules[ruleKey] = { ...rule, components: [...places] };
  }

  all(): KeptSummaries {
    return this.kept;
  }

  /** null of what is not to be relied on. */
  private place(component: Component, valueNow: ValueNow): number | null {
    const identity = component instanceof KeptComponent ? component.code : component;
    let place = this.components.get(identity);
    if (place !== undefined) return place;
    place = this.added(component, valueNow);
    this.components.set(identity, place);
    return place;
  }

  private added(component: Component, valueNow: ValueNow): number | null {
    if (!component.isRepeatable) return null;
    const callees = component.callees.map((one) => this.place(one, valueNow)).filter((one) => one !== null);
    const dependencies = Array.from(component.dependencies, (one) => this.dependency(one, valueNow));
    const current = dependencies.filter((one) => one !== null);
    if (callees.length < component.callees.length || current.length < dependencies.length) return null;
    return this.kept.components.push({ ...codeOf(component), callees, dependencies: current }) - 1;
  }

  private dependency(dependency: Dependency, valueNow: ValueNow): number | null {
    const value = valueNow(dependency);
    if (value === null) return null;
    const name = `${dependency} ${value}`;
    let place = this.dependencies.get(name);
    if (place === undefined) {
      place = this.kept.dependencies.push([dependency, value]) - 1;
      this.dependencies.set(name, place);
    }
    return place;
  }
}

function codeOf(component: Component): Omit<ComponentCode, 'callees' | 'dependencies'> {
  if (component instanceof KeptComponent) return component.code;
  const { entries, members, refused, told, bounds } = component as OwnComponent;
  return {
    members: members.map(memberCode),
    refused: refused.map(memberCode),
    bounds: Array.from(bounds.entries(), ([{ id, path, name }, bound]) => [id, path, name, bound]),
    tells: told.length > 0,
    code: JSON.stringify(
      encodeSummaries(
        entries.map(({ summary }) => summary),
        told,
      ),
    ),
  };
}

function memberCode({ id, key }: Member): MemberCode {
  return [id, key];
}

function memberOf([id, key]: MemberCode): Member {
  return { id, key };
}
