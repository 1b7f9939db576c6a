import type { UserConfig } from 'vite';

/** How `dist/extension/<browser>` is built. */
export const extensionBuild = (_browser: 'chrome' | 'firefox'): UserConfig => ({});
