// The service as a program of its own: `node server/main.ts`. The only file that acts when it is loaded.
import { parseConfig } from './config.ts';
import { OperatorError } from './operator-error.ts';
import { startService } from './service.ts';

try {
  const service = await startService(parseConfig(process.env));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void service.close());
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
