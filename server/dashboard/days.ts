// The days of the statistics, and in which order their parts are drawn and listed.
import type { AdminStatistics } from '../../shared/api.ts';

export type Day = AdminStatistics['days'][number];
export const SERIES = ['given', 'refused', 'withdrawn', 'objected'] as const;
