import { readFileSync } from 'node:fs';
import type { Rule } from '@lockstep/engine';
import type { ScanRequest } from '../../workers/scan-request.ts';
import { decodeSource } from '../../workers/source-text.ts';
import { planScan } from '../scan/plan-scan.ts';

/** The text that a request is about; empty where it cannot be read, which scanning it reports. */
export function readSource({ absolutePath, content }: ScanRequest): string {
  try {
    return decodeSource(content ?? readFileSync(absolutePath)).text;
  } catch {
    return '';
  }
}

/** What there is to scan of a content that a file had; nothing where no rule wants such a file. */
export function requestsAt(path: string, content: Uint8Array, rules: readonly Rule[]): ScanRequest[] {
  const target = {
    path,
    absolutePath: path,
    projectRelativePath: path,
    rulePath: path,
    explicit: false,
    anyLanguage: false,
    executable: false,
    sizeBytes: content.length,
  };
  return planScan(rules, [target]).map((request) => ({ ...request, content }));
}
