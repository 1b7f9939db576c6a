// When a page tells of itself again: a notice link came to its head, or a script gave it another address and draws the view of it.
import { watchDeclared } from './declared.ts';
import { send } from './runtime.ts';

/** Milliseconds in which nothing was drawn: what there is to be seen stands there. */
const QUIET = 200;
/** A view may wait for an answer before anything of it is drawn. */
const UNDRAWN = 1000;
/** So long after it moved a page is watched. */
const WATCHED = 4000;

export interface Moving {
  moved: () => void;
  stop: () => void;
}

/** Tells when the view of another address stands there. */
export function moving(document: Document, tell: () => void): Moving {
  let due: ReturnType<typeof setTimeout> | undefined;
  let watched: ReturnType<typeof setTimeout> | undefined;
  const tellIn = (wait: number): void => {
    clearTimeout(due);
    due = setTimeout(tell, wait);
  };
  const drawing = new MutationObserver(() => tellIn(QUIET));
  const rest = (): void => {
    clearTimeout(watched);
    drawing.disconnect();
  };
  return {
    moved() {
      rest();
      drawing.observe(document, { childList: true, subtree: true, characterData: true });
      watched = setTimeout(rest, WATCHED);
      tellIn(UNDRAWN);
    },
    stop() {
      rest();
      clearTimeout(due);
    },
  };
}

/** Has the background look again where a link to a notice came to the page's head, or went. `send` rejects for an orphan. */
export function tellOfHead(document: Document): void {
  let due: ReturnType<typeof setTimeout> | undefined;
  const stop = watchDeclared(document, () => {
    due ??= setTimeout(() => {
      due = undefined;
      send({ type: 'head_changed' }).catch(stop);
    }, QUIET);
  });
}
