// Loads when a purpose ends that ran, or may have: deletes what it declared to store, and says what could not be deleted from here.
import type { ItemDetails, SpokenDetails } from '../../shared/site/details.ts';
import { BUTTON_STYLE } from './button-style.ts';
import { endedBefore, noteEnded } from './ended-note.ts';
import { fill } from './fill.ts';
import { setLanguage } from './language.ts';
import { deleteItems } from './storage-items.ts';
import type { Widget } from './widget.ts';

const STYLE = `
.ended{position:fixed;z-index:2147483646;inset-block:auto 64px;inset-inline:16px auto;box-sizing:border-box;inline-size:max-content;max-inline-size:min(440px,calc(100vw - 32px));padding:14px 16px;border:1px solid var(--line);border-radius:12px;background:var(--surface);box-shadow:0 8px 32px -8px var(--shade);font-size:14px}
.ended p{position:static;margin:0 0 10px;overflow-wrap:anywhere}
.ended button{min-block-size:36px;padding:6px 14px;font-size:13px}`;

/** Each purpose and service with its own items. */
const choicesIn = ({ purposes }: SpokenDetails): { id: string; storage: ItemDetails[] }[] =>
  purposes.flatMap((purpose) => [purpose, ...(purpose.services ?? [])]);

/** Deletes what the ended purposes stored; resolves to the names of what is left. Rejects while nobody says what there is. */
export async function deleteStored(widget: Pick<Widget, 'details' | 'mayRun'>, ended: readonly string[]): Promise<string[]> {
  const choices = choicesIn(await widget.details());
  const itemsOf = (is: (id: string) => boolean): ItemDetails[] =>
    choices.filter(({ id }) => is(id)).flatMap(({ storage }) => storage);
  return deleteItems(
    itemsOf((id) => ended.includes(id) && !widget.mayRun(id)),
    itemsOf(widget.mayRun),
  );
}

/** Stays until it is closed: nobody reads a list of names in seconds. */
async function show(widget: Widget, say: (words: SpokenDetails['words']) => string): Promise<void> {
  const { words } = await widget.details();
  widget.root.querySelector('.ended')?.remove();
  widget.addStyle(widget.root, BUTTON_STYLE + STYLE);
  const note = document.createElement('div');
  note.className = 'ended';
  setLanguage(note, words);
  const text = document.createElement('p');
  text.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.textContent = words.dismiss;
  button.addEventListener('click', () => {
    note.remove();
    widget.root.querySelector<HTMLElement>('.control')?.focus();
  });
  note.append(text, button);
  widget.root.append(note);
  // Read out, because it changes after it is there.
  text.textContent = say(words);
}

export type Ends = 'already' | 'reload' | 'next-page';
const SAYS = { already: 'withdrawnNow', reload: 'withdrawnReload', 'next-page': 'withdrawn' } as const;

/** After a withdrawal: that it is done, when what runs ends, and what is left. */
export async function tellEnded(widget: Widget, ends: Ends, kept: readonly string[]): Promise<void> {
  const { words } = await widget.details();
  const said = words[SAYS[ends]];
  if (kept.length === 0) widget.announce(said);
  else await show(widget, () => `${said} ${fill(words.kept, { items: kept.join(', ') })}`);
}

/** On the page after: deletes once more, and says how it went. */
export async function endAgain(widget: Widget): Promise<void> {
  // What was agreed to again meanwhile has not ended.
  const ended =
    endedBefore(widget.boot.site)
      ?.split(' ')
      .filter((id) => !widget.mayRun(id)) ?? [];
  const kept = await deleteStored(widget, ended);
  noteEnded(widget.boot.site, null);
  if (ended.length === 0) return;
  await show(widget, (words) =>
    [words.withdrawnNow, ...(kept.length > 0 ? [fill(words.kept, { items: kept.join(', ') })] : [])].join(' '),
  );
}
