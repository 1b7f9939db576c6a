// The five organisations of the demonstration, in the order in which they are listed.
import type { DemoSite } from './sites/page.ts';
import { cpoms } from './sites/cpoms.ts';

export const DEMO_SITES: readonly DemoSite[] = [cpoms];
