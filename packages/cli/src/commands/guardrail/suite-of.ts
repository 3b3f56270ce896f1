import { relative, sep } from 'node:path';
import type { FoundGuardrail } from '../../guardrails/find-guardrails.ts';
import { quantity } from '../../reports/quantity.ts';
import { findRuleTests } from '../../rule-tests/find-rule-tests.ts';
import type { TestSuite } from '../../rule-tests/test-suite.ts';

/** The tests of a guardrail, their paths as they lie from here. */
export async function suiteOf({ absoluteFolder }: FoundGuardrail): Promise<TestSuite | undefined> {
  const folder = relative(process.cwd(), absoluteFolder) || '.';
  const suites = await findRuleTests(folder, null);
  return suites.find(({ config }) => config === folder.split(sep).join('/'));
}

/** How many examples test a guardrail; of those that come with Lockstep, users have none. */
export interface ExampleCounts {
  /** Tested by themselves. */
  files: number;
  programs: number;
}

export async function countExamples(found: FoundGuardrail): Promise<ExampleCounts> {
  const suite = await suiteOf(found);
  return { files: suite?.targets.length ?? 0, programs: suite?.programs.length ?? 0 };
}

/** `3 files, 1 program`; empty where there is none. */
export function exampleText({ files, programs }: ExampleCounts): string {
  const parts = [files === 0 ? [] : [quantity(files, 'file')], programs === 0 ? [] : [quantity(programs, 'program')]];
  return parts.flat().join(', ');
}
