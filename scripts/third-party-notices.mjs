import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licences of what is bundled, package by package. Throws where a package has no licence text: it may not be
 * passed on then.
 *
 * @param {string[]} folders of the packages
 * @returns {string}
 */
export function thirdPartyNotices(folders) {
  const notices = [...new Set(folders)].map(notice).sort((a, b) => (a.name < b.name ? -1 : 1));
  const texts = notices.map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`);
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return ['Lockstep contains the following software.\n', ...texts].join(rule);
}

/** @param {string} folder */
function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return { name, version, licence: license, text: readFileSync(join(folder, file), 'utf8').trim() };
}
