import type { UserConfig } from 'vite';

/** How `dist/widget` is built. */
export const widgetBuild = (): UserConfig => ({});
