/** What Python's libraries are called: by rules in `technology`, in imports, and in lists of requirements. */
interface Library {
  /** Top-level modules. */
  modules: readonly string[];
  /** Distributions; small letters, hyphens between words. */
  distributions: readonly string[];
}

/** Those whose names differ. */
const OTHERWISE_NAMED: Readonly<Record<string, Library>> = {
  'django-rest-framework': { modules: ['rest_framework'], distributions: ['djangorestframework'] },
  mysql: {
    modules: ['mysql', 'MySQLdb', 'pymysql', 'aiomysql'],
    distributions: ['mysql-connector-python', 'mysqlclient', 'pymysql', 'aiomysql'],
  },
  psycopg: {
    modules: ['psycopg', 'psycopg2', 'asyncpg'],
    distributions: ['psycopg', 'psycopg2', 'psycopg2-binary', 'asyncpg'],
  },
  pycryptodome: { modules: ['Crypto', 'Cryptodome'], distributions: ['pycryptodome', 'pycryptodomex', 'pycrypto'] },
  pyjwt: { modules: ['jwt'], distributions: ['pyjwt'] },
  'python-jose': { modules: ['jose'], distributions: ['python-jose'] },
  'python-ldap': { modules: ['ldap'], distributions: ['python-ldap'] },
  pytorch: { modules: ['torch'], distributions: ['torch'] },
  pyyaml: { modules: ['yaml'], distributions: ['pyyaml'] },
  'ruamel-yaml': { modules: ['ruamel'], distributions: ['ruamel-yaml'] },
};

function libraryNamed(technology: string): Library {
  return OTHERWISE_NAMED[technology] ?? { modules: [technology.replaceAll('-', '_')], distributions: [technology] };
}

/** Which of some libraries are imported, or required, under one of their names. */
export function usedLibraries(
  technologies: Iterable<string>,
  { modules, distributions }: { modules: ReadonlySet<string>; distributions: ReadonlySet<string> },
): Set<string> {
  const used = [...technologies].filter((technology) => {
    const library = libraryNamed(technology);
    return (
      library.modules.some((name) => modules.has(name)) || library.distributions.some((name) => distributions.has(name))
    );
  });
  return new Set(used);
}

/** The top-level modules that a Python file imports, wherever in it. */
export function importedModules(text: string): string[] {
  const statements = text.matchAll(/^[ \t]*(?:from[ \t]+(\w+)[\w.]*[ \t]+import\b|import[ \t]+([\w., \t]+))/gm);
  return [...statements].flatMap(([, from, list]) => {
    if (from !== undefined) return [from];
    return (list ?? '').split(',').flatMap((name) => /^\s*(\w+)/.exec(name)?.[1] ?? []);
  });
}

/** Files in which Python projects say what they need. */
export function isManifest(name: string): boolean {
  return /^(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|setup\.cfg|setup\.py|Pipfile)$/.test(name);
}

/**
 * The distributions that such a file names: what begins a line or a quoted text and is followed by what may follow a
 * distribution's name. It is more than what is required, and only ever compared with known names.
 */
export function namedDistributions(text: string): string[] {
  const names = text.matchAll(/(?:^[ \t]*|["'])([A-Za-z0-9][\w.-]*)(?=[ \t]*(?:$|[[<>=~!;@#"',]))/gm);
  return [...names].map(([, name = '']) => name.toLowerCase().replace(/[._]+/g, '-'));
}
