/**
 * Every language a rule may name: keys, file names, shebang commands (semantics 01 §1.6). Pure data; what this
 * engine can actually parse is decided elsewhere, so that a rule for a language we lack is skipped with its name
 * rather than refused as a typo.
 */

export interface LanguageInfo {
  /** Canonical name, the one rules and findings carry. */
  readonly name: string;
  /** What a rule may write under `languages`, in lower case. */
  readonly keys: readonly string[];
  /** With their dot, case-sensitive. Empty for `generic` and `regex`, which take every file. */
  readonly extensions: readonly string[];
  readonly baseNames: readonly string[];
  /** Commands of a `#!` line that mark an executable file as this language. */
  readonly shebangs: readonly string[];
  /** Semgrep 1.182 takes the name; others are known to its forks only. */
  readonly knownToSemgrep: boolean;
  /** `metavariable-type` may be used in rules whose first language is this one (01 §1.3). */
  readonly typeConditions: boolean;
}

interface Traits {
  keys?: readonly string[];
  baseNames?: readonly string[];
  shebangs?: readonly string[];
  knownToSemgrep?: boolean;
  typeConditions?: boolean;
}

function language(name: string, extensions: string, traits: Traits = {}): LanguageInfo {
  return {
    name,
    keys: traits.keys ?? [name],
    extensions: extensions === '' ? [] : extensions.split(' '),
    baseNames: traits.baseNames ?? [],
    shebangs: traits.shebangs ?? [],
    knownToSemgrep: traits.knownToSemgrep ?? true,
    typeConditions: traits.typeConditions ?? false,
  };
}

const LANGUAGES: readonly LanguageInfo[] = [
  language('apex', '.cls'),
  language('bash', '.bash .sh', { keys: ['bash', 'sh'], shebangs: ['bash', 'sh'] }),
  language('c', '.c .h', { typeConditions: true }),
  language('cairo', '.cairo'),
  language('circom', '.circom'),
  language('clojure', '.clj .cljs .cljc .edn'),
  language('cpp', '.cc .cpp .cxx .c++ .pcc .tpp .C .h .hh .hpp .hxx .inl .ipp', {
    keys: ['cpp', 'c++'],
    typeConditions: true,
  }),
  language('crystal', '.cr', { knownToSemgrep: false }),
  language('csharp', '.cs', { keys: ['csharp', 'c#'], typeConditions: true }),
  language('dart', '.dart'),
  language('dockerfile', '.dockerfile .Dockerfile', {
    keys: ['dockerfile', 'docker'],
    baseNames: ['Dockerfile', 'dockerfile'],
  }),
  language('elixir', '.ex .exs', { keys: ['ex', 'elixir'] }),
  language('fga', '.fga', { keys: ['fga', 'openfga'] }),
  language('generic', '', { keys: ['generic', 'spacegrep'] }),
  language('go', '.go', { keys: ['go', 'golang'], typeConditions: true }),
  language('gosu', '.gs'),
  language('hack', '.hack .hck .hh', { shebangs: ['hhvm'] }),
  language('html', '.htm .html'),
  language('java', '.java', { typeConditions: true }),
  // TypeScript files too, as Semgrep 1.182 does: a rule for js alone runs on them.
  language('js', '.cjs .js .jsx .mjs .ts .tsx', { keys: ['js', 'javascript'], shebangs: ['node', 'js', 'nodejs'] }),
  language('json', '.json .ipynb'),
  language('jsonnet', '.jsonnet .libsonnet'),
  language('julia', '.jl', { typeConditions: true }),
  language('kotlin', '.kt .kts .ktm', { keys: ['kt', 'kotlin'], typeConditions: true }),
  language('lisp', '.lisp .cl .el'),
  language('lua', '.lua', { shebangs: ['lua'] }),
  language('move_on_aptos', '.move', { typeConditions: true }),
  language('move_on_sui', '.move', { typeConditions: true }),
  language('objc', '.m', { keys: ['objc', 'objectivec', 'objective-c'] }),
  language('ocaml', '.ml .mli', { shebangs: ['ocaml', 'ocamlscript'] }),
  language('php', '.php .tpl .phtml', { shebangs: ['php'], typeConditions: true }),
  language('powershell', '.ps1'),
  language('promql', '.promql'),
  language('protobuf', '.proto', { keys: ['proto', 'protobuf', 'proto3'] }),
  language('python', '.py .pyi', {
    keys: ['py', 'python', 'python2', 'python3'],
    shebangs: ['python', 'python2', 'python3'],
    typeConditions: true,
  }),
  language('ql', '.ql .qll', { knownToSemgrep: false }),
  language('r', '.r .R'),
  language('regex', '', { keys: ['regex', 'none'] }),
  language('ruby', '.rb', { shebangs: ['ruby'] }),
  language('rust', '.rs', { shebangs: ['run-cargo-script'], typeConditions: true }),
  language('scala', '.scala', { shebangs: ['scala'], typeConditions: true }),
  language('scheme', '.scm .ss'),
  language('solidity', '.sol', { keys: ['solidity', 'sol'] }),
  language('swift', '.swift'),
  language('terraform', '.tf .tofu .hcl .tfvars', { keys: ['tf', 'hcl', 'terraform'] }),
  language('ts', '.ts .tsx', { keys: ['ts', 'typescript'], shebangs: ['ts-node'], typeConditions: true }),
  language('vb', '.vb', { knownToSemgrep: false, typeConditions: true }),
  language('vue', '.vue'),
  language('xml', '.xml .plist'),
  language('yaml', '.yml .yaml'),
];

const BY_KEY = new Map(LANGUAGES.flatMap((info) => info.keys.map((key) => [key, info] as const)));
const BY_EXTENSION = namesBy((info) => info.extensions);
const BY_BASE_NAME = namesBy((info) => info.baseNames);
const BY_SHEBANG = namesBy((info) => info.shebangs);

function namesBy(labels: (info: LanguageInfo) => readonly string[]): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const info of LANGUAGES) {
    for (const label of labels(info)) {
      const names = index.get(label);
      if (names === undefined) index.set(label, [info.name]);
      else names.push(info.name);
    }
  }
  return index;
}

/** The language a rule means by `key` (any case), or null. */
export function findLanguage(key: string): LanguageInfo | null {
  return BY_KEY.get(key.toLowerCase()) ?? null;
}

/**
 * Canonical names of the languages that select a file by its name without folders (`a.d.ts` → `js`, `ts`).
 * `generic` and `regex` select every file and are not listed; executables may gain more by their shebang.
 */
export function languagesOfFile(basename: string): string[] {
  const dot = basename.lastIndexOf('.');
  const byExtension = dot < 0 ? [] : (BY_EXTENSION.get(basename.slice(dot)) ?? []);
  return [...(BY_BASE_NAME.get(basename) ?? []), ...byExtension];
}

/** Canonical names of the languages that a `#!` command's own name (`python3`, no folder) stands for. */
export function languagesOfShebang(command: string): string[] {
  return [...(BY_SHEBANG.get(command) ?? [])];
}

/** All languages, by canonical name. */
export function allLanguages(): readonly LanguageInfo[] {
  return LANGUAGES;
}
