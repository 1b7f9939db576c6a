/**
 * How a purpose is asked for in a place: `info_only` runs and is explained; `opt_in` waits for "given"; `opt_out` runs unless
 * objected to (GB statistics and appearance under the exceptions of PECR Schedule A1).
 */
export const MODES = ['info_only', 'opt_in', 'opt_out'] as const;
