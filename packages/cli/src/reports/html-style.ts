/** Colours by name, for light and dark; a test holds text to a contrast of 4.5 and more. */
export const LIGHT = {
  page: '#ffffff',
  panel: '#f3f4f6',
  text: '#1f2328',
  muted: '#57606a',
  line: '#8c959f',
  link: '#0550ae',
  mark: '#fff1b8',
  critical: '#82071e',
  error: '#b3261e',
  warning: '#7d4e00',
  note: '#0550ae',
  added: '#116329',
  removed: '#a40e26',
};

export const DARK: typeof LIGHT = {
  page: '#0d1117',
  panel: '#161b22',
  text: '#e6edf3',
  muted: '#9ba3ad',
  line: '#6e7681',
  link: '#79b8ff',
  mark: '#4d3800',
  critical: '#ffb3c0',
  error: '#ff8a80',
  warning: '#e3b341',
  note: '#79b8ff',
  added: '#7ee787',
  removed: '#ffa198',
};

function variables(colors: typeof LIGHT): string {
  return Object.entries(colors)
    .map(([name, color]) => `--${name}: ${color};`)
    .join(' ');
}

/** The page's only style sheet. */
export const STYLE = `
:root { color-scheme: light dark; ${variables(LIGHT)} }
@media (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; } h3 { font-size: 1rem; margin: 0; } h4 { font-size: 0.875rem; margin: 1rem 0 0.25rem; }
a { color: var(--link); }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: 0.5rem 0; padding: 0.5rem; overflow-x: auto; background: var(--panel); border-radius: 0.25rem; overflow-wrap: normal; }
mark { background: var(--mark); color: inherit; }
ins, del { text-decoration: none; } ins { color: var(--added); } del { color: var(--removed); }
article { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 0.5rem; content-visibility: auto; contain-intrinsic-size: auto 20rem; }
form { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; }
fieldset { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0; border: 1px solid var(--line); border-radius: 0.25rem; }
select { display: block; max-width: 100%; font: inherit; }
[hidden] { display: none; }
.number { color: var(--muted); user-select: none; }
.muted { color: var(--muted); }
.message { white-space: pre-line; margin: 0.5rem 0; }
.severity { font-weight: 600; }
.critical { color: var(--critical); } .error, .high { color: var(--error); } .warning, .medium { color: var(--warning); } .low, .info { color: var(--note); }
.incomplete { border-inline-start: 0.25rem solid var(--warning); padding-inline-start: 1rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media print { form { display: none; } article { break-inside: avoid; content-visibility: visible; } }
`;
