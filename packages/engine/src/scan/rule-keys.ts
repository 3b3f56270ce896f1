import type { HashText } from '../findings/fingerprint.ts';
import type { CompiledItem } from '../flow/taint/taint-rule.ts';
import type { Rule } from '../rules/rule.ts';
import type { CompiledRule } from './compile-rules.ts';

/** Names of rules, and of items of taint rules: the same for equal ones, wherever they stand, in every run. */
export class RuleKeys {
  private readonly hash: HashText;
  private readonly ofRules = new Map<CompiledRule, string>();
  private readonly ofItems = new Map<CompiledItem<unknown>, string>();

  constructor(hash: HashText) {
    this.hash = hash;
  }

  ofRule(compiled: CompiledRule): string {
    return this.remembered(this.ofRules, compiled, () => compiled.rule);
  }

  /** An item that several rules share is the same in all. */
  ofItem(item: CompiledItem<unknown>, { options, languages }: Rule): string {
    return this.remembered(this.ofItems, item, () => [options, languages, item.spec]);
  }

  private remembered<Thing>(known: Map<Thing, string>, thing: Thing, tellingOf: (thing: Thing) => unknown): string {
    let key = known.get(thing);
    if (key === undefined) {
      key = this.hash(JSON.stringify(tellingOf(thing), withoutPlaces)).slice(0, 16);
      known.set(thing, key);
    }
    return key;
  }
}

function withoutPlaces(name: string, value: unknown): unknown {
  return name === 'location' ? undefined : value;
}
