import { CallIndex } from '../flow/call-index.ts';
import { DependencyLog } from '../flow/dependencies.ts';
import type { FunctionBody } from '../flow/il.ts';
import { variable } from '../flow/lower-expression.ts';
import { type FlowStyle, lowerFile } from '../flow/lower-function.ts';
import { type Program, programOf } from '../flow/program.ts';
import { CallTargets } from '../flow/taint/call-targets.ts';
import { SummariesByOptions } from '../flow/taint/reusable-summaries.ts';
import type { SummarySources } from '../flow/taint/summaries.ts';
import type { CompiledTaint } from '../flow/taint/taint-rule.ts';
import type { FlowLanguage } from '../languages/flow-language.ts';
import { createConstants, onceAssignedGlobals } from '../names/constants.ts';
import type { FileFacts } from '../names/file-facts.ts';
import { Mentions } from '../names/mentions.ts';
import { resolveNames } from '../names/resolve-names.ts';
import { createTypes } from '../names/types.ts';
import type { LoadedLanguage } from '../patterns/parse-pattern.ts';
import { Kind, type Node, type Tree } from '../tree/nodes.ts';

/** A text parsed and lowered, names resolved, ready for matching. */
export interface ParsedText {
  tree: Tree;
  facts: FileFacts;
  flow: FileFlow;
}

/** What data-flow analyses of all rules share of a file, made when first asked for. */
export class FileFlow {
  private readonly tree: Tree;
  private readonly path: string;
  private readonly language: FlowLanguage;
  private readonly bodies = new Map<FlowStyle, readonly FunctionBody[]>();
  private globals: ReadonlySet<string> | null = null;
  /** The file by itself. */
  readonly program: Program;
  /** Who calls whom in it. */
  readonly calls: CallIndex;
  private readonly summariesByOptions = new SummariesByOptions();
  private readonly log = new DependencyLog();
  /** Names of other files stand for nothing that is known. */
  private readonly targets = new CallTargets(() => null, this.log);

  constructor(tree: Tree, text: string, path: string, language: FlowLanguage) {
    this.tree = tree;
    this.path = path;
    this.language = language;
    this.program = programOf({ path, language, text, functions: () => this.functions('complete') });
    this.calls = new CallIndex(this.program);
  }

  /** The functions of the file, the top level last. */
  functions(style: FlowStyle): readonly FunctionBody[] {
    const known = this.bodies.get(style);
    if (known !== undefined) return known;
    const bodies = lowerFile(this.tree, style, this.path, this.language);
    this.bodies.set(style, bodies);
    return bodies;
  }

  /** What summaries of the functions are made from; rules with the same options share them. */
  summaries(rule: CompiledTaint): SummarySources {
    const { targets, log } = this;
    return { targets, log, reusable: this.summariesByOptions.of(rule), kept: null };
  }

  /** Keys of variables of the top level that are assigned once. */
  get onceAssigned(): ReadonlySet<string> {
    this.globals ??= new Set([...onceAssignedGlobals(this.tree).values()].map(({ target }) => keyOf(target)));
    return this.globals;
  }
}

function keyOf(target: Node): string {
  return target.kind === Kind.Name ? variable(target).key : '';
}

/** Parses code. Where the parser skipped something, `tree.errors` says so and the rest is matched. */
export function parseText(text: string, loaded: LoadedLanguage, path = ''): ParsedText {
  const tree = loaded.lowering.lower(loaded.parser.parse(text), text, /* pattern */ false);
  const { wildcards, aliases } = resolveNames(tree);
  const mentions = new Mentions(text, aliases, wildcards);
  const facts = { text, wildcards, mentions, constants: createConstants(tree), types: createTypes(tree) };
  return { tree, facts, flow: new FileFlow(tree, text, path, loaded.language.flow) };
}
