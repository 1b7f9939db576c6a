// The service as a program of its own: `node server/main.ts`. The only file that acts when it is loaded.
import { ConfigError, parseConfig } from './config.ts';
import { LogKeyError } from './log/key.ts';
import { startService } from './service.ts';

try {
  const service = await startService(parseConfig(process.env));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void service.close());
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof LogKeyError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
