import type { UserConfig } from 'vite';

/** How `dist/dashboard` is built. */
export const dashboardBuild = (): UserConfig => ({});
