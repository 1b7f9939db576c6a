// Set up before each test file of `npm run test:long`: how many cases a property is tried on.
import fc from 'fast-check';
import { vi } from 'vitest';

fc.configureGlobal({ numRuns: Number(process.env['CANDOUR_PROPERTY_CASES']) });
vi.setConfig({ testTimeout: 600_000 });
