// The browser's extension API: the only file that imports the polyfill or touches `chrome`.
import browser from 'webextension-polyfill';

export { browser };
export type { Runtime, Tabs } from 'webextension-polyfill';

/** Where the extension may look. */
export const ALL_PAGES = ['http://*/*', 'https://*/*'];

interface SidePanel {
  open(options: { windowId: number }): Promise<void>;
}
interface Chromium {
  sidePanel?: SidePanel;
}

/** Opens the view beside the page; must be called straight from a click. False where the browser has no such place. */
export async function openBeside(windowId: number): Promise<boolean> {
  const panel = (globalThis as { chrome?: Chromium }).chrome?.sidePanel;
  if (panel) {
    await panel.open({ windowId });
    return true;
  }
  const sidebar = (browser as { sidebarAction?: { open(): Promise<void> } }).sidebarAction;
  if (!sidebar) return false;
  await sidebar.open();
  return true;
}
