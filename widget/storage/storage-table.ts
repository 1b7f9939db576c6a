// The table of stored items in the owner's own policy page: plain elements in the page, which take the site's styles, in the page's
// language, from the configuration. Its own chunk, loaded where there is a place for it.
import type { SpokenDetails } from '../../shared/site/details.ts';
import { storageGroups, type StorageGroup } from '../../shared/site/storage-table.ts';
import { otherLanguage } from '../core/fill.ts';
import type { First } from '../core/first.ts';

// :where() weighs nothing, so that any rule of the site's own wins. On a narrow screen the facts of an item stand below each other.
const STYLE = `:where([data-candour=storage] table){width:100%;border-collapse:collapse;table-layout:fixed;margin-block:.5em 1.5em}:where([data-candour=storage] :is(th,td)){text-align:start;vertical-align:top;padding-block:.4em;padding-inline:0 .6em;overflow-wrap:anywhere}:where([data-candour=storage] tr){border-block-end:1px solid;border-color:color-mix(in srgb,currentcolor 25%,transparent)}:where([data-candour=storage] thead th:first-child){width:32%}@media(max-width:559px){:where([data-candour=storage] :is(table,tbody,tr,tbody th,td)){display:block}:where([data-candour=storage] thead){display:none}:where([data-candour=storage] tr){padding-block:.4em}:where([data-candour=storage] :is(th,td)){padding:.1em 0}:where([data-candour=storage] td)::before{content:attr(data-head) ": "}}`;

type Child = Node | string;
const make = (tag: string, attributes: Record<string, string | null>, ...children: Child[]): HTMLElement => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

function group({ words, language }: SpokenDetails, level: string, one: StorageGroup): HTMLElement[] {
  const lang = one.ours ? null : otherLanguage(language, words.language);
  const id = `candour-storage-${one.id}`;
  // In a <bdi>, the site's words keep their direction.
  const theirs = (text: string): HTMLElement => make('bdi', { lang }, text);
  const heading = make(`h${level}`, { id, lang }, make('bdi', {}, one.label));
  const said = make('p', {}, theirs(one.description));
  if (one.recipients.length > 0) said.append(` ${words.recipients}: `, theirs(one.recipients.join('; ')), '.');
  if (one.parts.length === 0) return [heading, said, make('p', {}, `${words.storage}: ${words.nothing}.`)];
  const columns = [words['item.name'], words['item.kind'], words['item.lifetime'], words.provider];
  const cell = (column: number, text: Child): HTMLElement => make('td', { 'data-head': columns[column] ?? '' }, text);
  const head = make('thead', {}, make('tr', {}, ...columns.map((name) => make('th', { scope: 'col' }, name))));
  const bodies = one.parts.map(({ service, rows }) =>
    make(
      'tbody',
      {},
      ...(service === null
        ? []
        : [make('tr', {}, make('th', { scope: 'rowgroup', colspan: '4', lang }, make('bdi', {}, service)))]),
      ...rows.map(({ name, kind, lifetime, provider }) =>
        make(
          'tr',
          {},
          make('th', { scope: 'row' }, make('code', { dir: 'ltr' }, name)),
          cell(1, kind),
          cell(2, theirs(lifetime)),
          cell(3, theirs(provider)),
        ),
      ),
    ),
  );
  return [heading, said, make('table', { 'aria-labelledby': id }, head, ...bodies)];
}

/** Not a mark on the element: routers keep copies of pages, marks included. */
const mounted = new WeakSet<Element>();
let styled = false;

/** Fills the element in place of what it holds (a link to the service's page, for a page without scripts). Once for each element. */
export async function mount(first: First, place: HTMLElement): Promise<void> {
  if (mounted.has(place)) return;
  mounted.add(place);
  try {
    const { widget } = await first.page();
    const details = await widget.details();
    const { words } = details;
    const level = /^[2-6]$/.exec(place.dataset.heading ?? '')?.[0] ?? '3';
    if (!styled) widget.addStyle(document, STYLE);
    styled = true;
    place.lang = words.language;
    place.dir = words.direction;
    place.replaceChildren(
      ...storageGroups(details, { site: widget.boot.site, validity: details.record.validity }).flatMap((one) =>
        group(details, level, one),
      ),
    );
  } catch {
    // What the element holds stays, and the next look at it tries again.
    mounted.delete(place);
  }
}
