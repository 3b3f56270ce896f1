import { Language, type Tree, type TreeCursor, Parser as WasmParser } from 'web-tree-sitter';
import type { ConcreteTree, Grammar } from './concrete-tree.ts';

/** The raw exports of the tree-sitter module that read a marshalled cursor (see concrete-tree.ts for why). */
interface CursorExports {
  ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  ts_tree_cursor_goto_parent_wasm(tree: number): number;
  ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  ts_tree_cursor_start_index_wasm(tree: number): number;
  ts_tree_cursor_end_index_wasm(tree: number): number;
  ts_tree_cursor_current_field_id_wasm(tree: number): number;
}

/** The part of the `WebAssembly` global that is used here: `engine` compiles without the DOM's and Node's types. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: unknown): Promise<{ instance: { exports: unknown }; module: unknown }>;
};

/** Parses one language. Not re-entrant, and holds WASM memory for as long as it lives. */
export interface SyntaxParser {
  grammar: Grammar;
  /** Never throws on malformed text: what cannot be parsed is marked in the tree. */
  parse(text: string): ConcreteTree;
}

let exportsOfRuntime: CursorExports | null = null;

/**
 * Starts the tree-sitter runtime from the bytes of `web-tree-sitter.wasm`. Once per thread; later calls do nothing.
 */
export async function initSyntax(runtime: Uint8Array): Promise<void> {
  if (exportsOfRuntime !== null) return;
  await WasmParser.init({
    instantiateWasm(imports: unknown, ready: (instance: unknown, module: unknown) => void) {
      void WebAssembly.instantiate(runtime, imports).then((result) => {
        exportsOfRuntime = result.instance.exports as CursorExports;
        ready(result.instance, result.module);
      });
      return {};
    },
  });
}

/** Loads a grammar from the bytes of its `.wasm`. `initSyntax` must have finished. */
export async function loadParser(grammarWasm: Uint8Array): Promise<SyntaxParser> {
  const language = await Language.load(grammarWasm);
  const parser = new WasmParser();
  parser.setLanguage(language);
  const typeNames: (string | null)[] = [];
  const isNamed: boolean[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    typeNames.push(language.nodeTypeForId(id));
    isNamed.push(language.nodeTypeIsNamed(id));
  }
  const fieldNames: (string | null)[] = [];
  for (let id = 0; id <= language.fieldCount; id++) fieldNames.push(language.fieldNameForId(id));
  return {
    grammar: { typeNames, isNamed, fieldNames },
    parse(text) {
      const tree = parser.parse(text);
      if (tree === null) throw new Error('tree-sitter returned no tree: no language is set');
      try {
        return flatten(tree);
      } finally {
        tree.delete();
      }
    },
  };
}

/** Arrays that grow by doubling and are reused from file to file; each tree gets copies of the filled part. */
const buffers = {
  capacity: 0,
  type: new Uint16Array(0),
  start: new Int32Array(0),
  end: new Int32Array(0),
  field: new Uint16Array(0),
  next: new Int32Array(0),
};

function grow(capacity: number): void {
  const copy = <T extends Uint16Array | Int32Array>(from: T, to: T): T => {
    to.set(from);
    return to;
  };
  buffers.capacity = capacity;
  buffers.type = copy(buffers.type, new Uint16Array(capacity));
  buffers.start = copy(buffers.start, new Int32Array(capacity));
  buffers.end = copy(buffers.end, new Int32Array(capacity));
  buffers.field = copy(buffers.field, new Uint16Array(capacity));
  buffers.next = copy(buffers.next, new Int32Array(capacity));
}

function flatten(tree: Tree): ConcreteTree {
  const raw = exportsOfRuntime;
  if (raw === null) throw new Error('initSyntax has not finished');
  const cursor: TreeCursor = tree.walk();
  // Reading any property marshals the cursor into the transfer buffer, where the raw exports find it.
  void cursor.nodeTypeId;
  const address = (tree as unknown as Record<number, number>)[0] as number;
  const open: number[] = [];
  let size = 0;
  walk: for (;;) {
    if (size === buffers.capacity) grow(Math.max(1 << 14, size * 2));
    buffers.type[size] = raw.ts_tree_cursor_current_node_type_id_wasm(address);
    buffers.start[size] = raw.ts_tree_cursor_start_index_wasm(address);
    buffers.end[size] = raw.ts_tree_cursor_end_index_wasm(address);
    buffers.field[size] = raw.ts_tree_cursor_current_field_id_wasm(address);
    size++;
    if (raw.ts_tree_cursor_goto_first_child_wasm(address) !== 0) {
      open.push(size - 1);
      continue;
    }
    buffers.next[size - 1] = size;
    while (raw.ts_tree_cursor_goto_next_sibling_wasm(address) === 0) {
      if (raw.ts_tree_cursor_goto_parent_wasm(address) === 0) break walk;
      buffers.next[open.pop() as number] = size;
    }
  }
  const hasError = tree.rootNode.hasError;
  cursor.delete();
  return {
    size,
    type: buffers.type.slice(0, size),
    start: buffers.start.slice(0, size),
    end: buffers.end.slice(0, size),
    field: buffers.field.slice(0, size),
    next: buffers.next.slice(0, size),
    hasError,
  };
}
