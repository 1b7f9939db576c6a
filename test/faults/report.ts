// What the tests of faults measured: a line where they run, and for `npm run test:long` a line of JSON in the file it names.
import { appendFileSync } from 'node:fs';

/** One row of the table of docs/reliability.md. */
export interface Measured {
  fault: string;
  figures: Record<string, string | number>;
}

export function report(fault: string, figures: Measured['figures']): void {
  console.log(
    `${fault}: ${Object.entries(figures)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}`,
  );
  const file = process.env['CANDOUR_FAULT_REPORT'];
  if (file) appendFileSync(file, `${JSON.stringify({ fault, figures } satisfies Measured)}\n`);
}
