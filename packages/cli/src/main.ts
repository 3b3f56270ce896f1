import { runProgram } from './commands/program.ts';
import { optimizeLater } from './optimize-later.ts';

optimizeLater();

// `lockstep scan | head`: whoever read the output has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

let exitCode: number;
try {
  exitCode = await runProgram(process.argv.slice(2));
} catch (error) {
  // Nothing a user does should lead here; if something does, the stack is what a bug report needs.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`Lockstep failed, and this is a defect of Lockstep:\n${text}\n`);
  exitCode = 2;
}
// Worker threads are ended at once, instead of waiting for each to wind down.
process.exit(exitCode);
