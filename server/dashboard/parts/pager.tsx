// Turning pages of a list that is newest first.
interface PagerProps {
  /** "Pages of events" */
  label: string;
  /** From 1. */
  page: number;
  newer: (() => void) | null;
  older: (() => void) | null;
}

export const Pager = ({ label, page, newer, older }: PagerProps) => (
  <nav class="pager" aria-label={label}>
    <button type="button" class="button" disabled={!newer} onClick={() => newer?.()}>
      Newer
    </button>
    <span role="status">Page {page}</span>
    <button type="button" class="button" disabled={!older} onClick={() => older?.()}>
      Older
    </button>
  </nav>
);
