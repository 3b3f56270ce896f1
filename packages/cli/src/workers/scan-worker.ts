/** The program of a scan worker: gets rules once, then batches of files; answers file by file. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ParsedAhead } from '@lockstep/engine';
import { createFileScanner, type FileScanner } from './file-scanner.ts';
import { AHEAD, READING } from './file-task.ts';
import { parseAhead } from './parse-ahead.ts';
import { type FromWorker, Progress, type ScanJob, type ToWorker, type WorkerData } from './protocol.ts';

const port = parentPort;
if (port === null) throw new Error('scan-worker runs as a worker thread only');
const progress = new Progress((workerData as WorkerData).progress);
let ahead: Promise<ParsedAhead> | null = null;
let scanner: Promise<FileScanner> | null = null;
let job = 0;

port.on('message', (message: ToWorker) => {
  if (message.kind === 'ahead') {
    ahead = parseAhead(message.files, () => progress.write(job, AHEAD));
  } else if (message.kind === 'setup') {
    scanner = setUp(message);
    void scanner.then(({ ruleIssues }) => answer({ kind: 'ready', ruleIssues }));
  } else if (message.kind === 'batch') {
    void scanner?.then((ready) => runBatch(ready, message.jobs));
  } else {
    void scanner?.then((ready) => {
      const { requests, excluded, known } = message;
      answer({ kind: 'project', report: ready.scanProject(requests, new Set(excluded), known) });
    });
  }
});

async function setUp({ rules, setup }: Extract<ToWorker, { kind: 'setup' }>): Promise<FileScanner> {
  const parsedAhead = await ahead;
  progress.write(job, READING);
  return createFileScanner(rules, setup, (place) => progress.write(job, place), parsedAhead);
}

function runBatch(ready: FileScanner, jobs: readonly ScanJob[]): void {
  for (const [index, { request, excluded }] of jobs.entries()) {
    job = index;
    progress.write(job, READING);
    answer({ kind: 'scanned', report: ready.scan(request, new Set(excluded)) });
  }
}

function answer(message: FromWorker): void {
  port?.postMessage(message);
}
