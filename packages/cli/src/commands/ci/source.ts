import { readFileSync } from 'node:fs';
import type { ScanRequest } from '../../workers/scan-request.ts';
import { decodeSource } from '../../workers/source-text.ts';

/** The text that a request is about; empty where it cannot be read, which scanning it reports. */
export function readSource({ absolutePath, content }: ScanRequest): string {
  try {
    return decodeSource(content ?? readFileSync(absolutePath)).text;
  } catch {
    return '';
  }
}
