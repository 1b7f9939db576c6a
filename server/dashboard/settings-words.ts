// What the codes of a site's configuration say in words for operators.
import type { Mode } from '../../shared/site/configuration.ts';

export const MODE_WORDS: Record<Mode, { name: string; what: string }> = {
  opt_in: { name: 'Opt-in', what: 'Waits until it is given.' },
  opt_out: { name: 'Opt-out', what: 'Runs until somebody objects.' },
  info_only: { name: 'Explained only', what: 'Runs, and is explained.' },
};
export const LAYOUT_WORDS = {
  bar: { name: 'Bar', what: 'Along the bottom of the window.' },
  box: { name: 'Box', what: 'In the lower corner where lines begin.' },
  corner: { name: 'Corner', what: 'Smaller, in the other lower corner.' },
  modal: { name: 'Dialog', what: 'In front of the page; Escape puts it aside as a box.' },
  inline: { name: 'Inline', what: 'In the page’s own <div data-candour="banner">; a box where a page has none.' },
} as const;
export const THEME_WORDS = { system: 'As the visitor’s device', light: 'Light', dark: 'Dark' } as const;
