// `npm run test:long`: the property tests with many more cases than a check has time for. Bounded: about ten minutes on two cores.
// Faults, fuzzing of the public routes and volume come with the parts that they test.
import { closingLine } from './closing-line.ts';
import { runTests } from './vitest-run.ts';

const CASES = '5000';

console.log(`Each property is tried on ${CASES} cases that no run has seen (fast-check prints the seed of one that fails).`);
const { counts } = await runTests('unit', { CANDOUR_PROPERTY_CASES: CASES }, true);
console.log(`\n${closingLine(counts)}`);
process.exitCode = counts.failed === 0 ? 0 : 1;
