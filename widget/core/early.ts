// Where the banner came with the script, who has no choice in a cookie need not wait for the ledger: should it know one after all, the
// question goes again. What runs unless objected to is explained as it is, and that is not settled yet.
import type { First } from './first.ts';

export function askEarly({ boot, mirror, asks }: First, ask: () => void): void {
  const waits = boot.purposes.some(({ mode }) => mode === 'opt_out');
  if (!mirror && !waits && asks() && !boot.isLeftBehind?.()) ask();
}
