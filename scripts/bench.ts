// `npm run bench`: what can be measured so far. Comparisons with the peers come with bench/, in a package of its own.
import { join } from 'node:path';

import { budgets, describeMeasure, measure } from './size-budgets.ts';
import { root } from './tool.ts';

console.log('Sizes of the build (Brotli, quality 11); speed and the comparison with other consent tools are not measured yet.');
for (const budget of budgets()) console.log(describeMeasure(measure(budget, join(root, 'dist'))));
