import { createHash } from 'node:crypto';
import { bySeverity, countSeverities } from './by-severity.ts';
import { holesOf } from './holes.ts';
import { escapeHtml, escapeHtmlLine } from './html-escape.ts';
import { findingArticle, type HtmlOptions } from './html-finding.ts';
import { SCRIPT } from './html-script.ts';
import { STYLE } from './html-style.ts';
import { activeFindings, type ScanReport } from './scan-report.ts';
import { headline, scopeLine } from './totals.ts';
import { defuseCommands } from './workflow-commands.ts';

/**
 * One page that needs nothing else: no network, no script (a few lines of it offer a filter). Its content security policy
 * allows its own style sheet and script by their hashes and nothing more, so that code in the page could not run even if
 * it got there.
 */
export function formatHtml(report: ScanReport, options: HtmlOptions): string {
  const findings = bySeverity(activeFindings(report));
  const articles = findings.map((finding, at) => findingArticle(finding, at + 1, options));
  const page = [
    '<!DOCTYPE html>',
    '<html lang="en">',
    headHtml(headline(report)),
    '<body>',
    `<header>\n<h1>${escapeHtml(headline(report))}</h1>`,
    `<p>${escapeHtml(scopeLine(report))}</p>`,
    `<p class="muted">Lockstep ${escapeHtml(report.version)}, ${escapeHtml(report.startedAt.replace('T', ' '))} UTC</p>\n</header>`,
    '<main>',
    ...notesHtml(report),
    ...holesHtml(report),
    ...(findings.length === 0
      ? []
      : [
          '<section aria-labelledby="findings">\n<h2 id="findings">Findings</h2>',
          filterHtml(report),
          ...articles,
          '</section>',
        ]),
    '</main>',
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ];
  return defuseCommands(page.join('\n'));
}

function headHtml(title: string): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    `script-src '${hashOf(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return [
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
  ].join('\n');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function holesHtml(report: ScanReport): string[] {
  const items = holesOf(report).map(({ text, places }) => {
    const list = places.slice(0, MAX_PLACES).map((place) => `<code>${escapeHtmlLine(place)}</code>`);
    const rest = places.length - list.length;
    const where = list.length === 0 ? '' : `: ${list.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`;
    return `<li>${escapeHtml(text)}${where}</li>`;
  });
  if (items.length === 0) return [];
  return [
    '<section class="incomplete" aria-labelledby="incomplete">',
    '<h2 id="incomplete">What was not looked at</h2>',
    `<ul>\n${items.join('\n')}\n</ul>`,
    '</section>',
  ];
}

/** What the reader is to know besides: what was compared with what, and what a change does to its own rules. */
function notesHtml({ notes }: ScanReport): string[] {
  if (notes.length === 0) return [];
  const parts = notes.flatMap(({ title, items }) => {
    const rows = items.slice(0, MAX_PLACES).map((item) => `<li><code>${escapeHtmlLine(item)}</code></li>`);
    const rest = items.length - rows.length;
    if (rest > 0) rows.push(`<li>and ${rest} more</li>`);
    return [`<p>${escapeHtml(title)}</p>`, ...(rows.length === 0 ? [] : [`<ul>\n${rows.join('\n')}\n</ul>`])];
  });
  return ['<section aria-labelledby="notes">', '<h2 id="notes">Notes</h2>', ...parts, '</section>'];
}

const MAX_PLACES = 20;

/** Hidden until the script makes it work. */
function filterHtml(report: ScanReport): string {
  const findings = activeFindings(report);
  const severities = countSeverities(findings).map(({ severity, text }) => {
    const value = severity.toLowerCase();
    return `<label><input type="checkbox" name="severity" value="${value}" checked> ${text}</label>`;
  });
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))].sort();
  const options = rules.map((rule) => `<option value="${escapeHtmlLine(rule)}">${escapeHtml(rule)}</option>`);
  return [
    '<form id="filter" hidden>',
    `<fieldset><legend>Severity</legend>\n${severities.join('\n')}\n</fieldset>`,
    `<label>Rule <select name="rule"><option value="">all</option>${options.join('')}</select></label>`,
    '<button type="submit">Filter</button>',
    '<output id="shown"></output>',
    '</form>',
  ].join('\n');
}
