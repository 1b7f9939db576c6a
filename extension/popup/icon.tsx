// The few pictures of the interface, drawn here; each stands beside words and is hidden from screen readers.
import { say } from '../words/say.ts';

const PATHS = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  dash: 'M4 8h8',
  arrow: 'M6 3h7v7M13 3 4 12',
  alert: 'M8 2 15 14H1ZM8 6.5v3.5M8 12v.4',
  panel: 'M2 3h12v10H2ZM10 3v10',
  gear: 'M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 2.5v4M5 9.5v4',
  page: 'M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13M6.5 8h4M6.5 10.5h4',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10M10.6 10.6 14 14',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
} as const;

export const Icon = ({ name }: { name: keyof typeof PATHS }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);

export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect class="mark-ground" width="32" height="32" rx="8" />
    <path class="mark-ring" d="M22.6 10.2a8.8 8.8 0 1 0 0 11.6" />
    <circle class="mark-dot" cx="16" cy="16" r="3.2" />
  </svg>
);

/** A link that opens the notice or the site in a tab of its own; only ever http(s). */
export const Outside = ({ href, children }: { href: string; children: preact.ComponentChildren }) => (
  <a class="outside" href={href} target="_blank" rel="noopener noreferrer">
    {children} <Icon name="arrow" />
    <span class="unseen">{say('opensInTab')}</span>
  </a>
);
