// When a page tells of itself again: a notice link came to its head, or a script gave it another address and draws the view of it.
import { watchDeclared } from './declared.ts';

/** Milliseconds in which nothing was drawn: what there is to be seen stands there. */
const QUIET = 200;
/** A view may wait for an answer before anything of it is drawn. */
const UNDRAWN = 1000;
/** So long after it moved a page is watched. */
const WATCHED = 4000;

export interface Telling {
  moved: () => void;
  stop: () => void;
}

export function telling(document: Document, tell: () => void): Telling {
  let due: ReturnType<typeof setTimeout> | undefined;
  let watched: ReturnType<typeof setTimeout> | undefined;
  const tellIn = (wait: number): void => {
    clearTimeout(due);
    due = setTimeout(() => {
      due = undefined;
      tell();
    }, wait);
  };
  // Made when a page first moves: on nearly every page nothing does.
  let drawing: MutationObserver | undefined;
  const rest = (): void => {
    clearTimeout(watched);
    drawing?.disconnect();
  };
  const stopWatching = watchDeclared(document, () => {
    if (due === undefined) tellIn(QUIET);
  });
  return {
    moved() {
      rest();
      drawing ??= new MutationObserver(() => tellIn(QUIET));
      drawing.observe(document, { childList: true, subtree: true, characterData: true });
      watched = setTimeout(rest, WATCHED);
      tellIn(UNDRAWN);
    },
    stop() {
      stopWatching();
      rest();
      clearTimeout(due);
    },
  };
}
