// Set up before each test file: how long a test waits for a condition. A bound against hanging, not a measure: a busy machine is no
// failure, and vitest's own second is over before one has begun.
import { vi } from 'vitest';

const PATIENCE_MS = 15_000;
const waitFor = vi.waitFor;

vi.waitFor = (condition, options) =>
  waitFor(condition, typeof options === 'number' ? options : { timeout: PATIENCE_MS, ...options });
