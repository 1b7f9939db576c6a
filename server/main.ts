// The service as a program of its own: `node server/main.ts`. The only file that acts when it is loaded.
import { ConfigError, parseConfig } from './config.ts';
import { LogKeyError } from './log/key.ts';
import { startService } from './service.ts';
import { DATABASE_ERRORS } from './store/open.ts';

try {
  const service = await startService(parseConfig(process.env));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void service.close());
} catch (error) {
  if (![ConfigError, LogKeyError, ...DATABASE_ERRORS].some((kind) => error instanceof kind)) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
