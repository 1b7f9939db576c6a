// The five organisations of the demonstration, in the order in which they are listed.
import { clConsortium } from './sites/cl-consortium.ts';
import { cmpSolutions } from './sites/cmp-solutions.ts';
import { cmsuk } from './sites/cmsuk.ts';
import { cpo } from './sites/cpo.ts';
import { cpoms } from './sites/cpoms.ts';
import type { DemoSite } from './sites/page.ts';

export const DEMO_SITES: readonly DemoSite[] = [cmpSolutions, cpoms, cpo, clConsortium, cmsuk];
