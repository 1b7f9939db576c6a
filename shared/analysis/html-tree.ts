// A small tree of what an HTML page shows, from htmlparser2's events. Depth is bounded, so that nothing that walks it can overflow.
import { Parser } from 'htmlparser2';

export interface Element {
  tag: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
}

const DEEPEST = 200;
const MOST_OPEN = 3000;
const CHUNK = 16_384;
const UNSEEN = new Set(
  'script style noscript template svg math iframe object embed canvas audio video select datalist textarea nav dialog map'.split(
    ' ',
  ),
);
// Banners and menus that a page carries beside its text.
const FURNITURE =
  /(^|[\s_-])(cookie-?(banner|bar|notice|consent|law|popup|modal)|onetrust|cookiebot|cybot|usercentrics|didomi|cmplz|breadcrumbs?|skip-?link|screen-?reader-text|sr-only|visually-hidden)([\s_-]|$)/i;

const isFurniture = ({ class: names = '', id = '', role = '' }: Record<string, string>): boolean =>
  role === 'navigation' || role === 'search' || FURNITURE.test(names.slice(0, 300)) || FURNITURE.test(id.slice(0, 100));

export interface HtmlTree {
  root: Element;
  language: string | null;
  title: string | null;
}

/** Never throws: any text is some HTML. */
export function htmlTree(source: string): HtmlTree {
  const root: Element = { tag: '#root', attributes: {}, children: [] };
  const open: Element[] = [root];
  let tooDeep = 0;
  let hidden = 0;
  let language: string | null = null;
  let title: string | null = null;
  let inTitle = false;
  const closing: boolean[] = [];
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (tag === 'html') language = attributes['lang'] || null;
        if (tag === 'title') inTitle = title === null && hidden === 0;
        const unseen =
          UNSEEN.has(tag) || tag === 'title' || (tag !== 'body' && tag !== 'html' && tag !== 'main' && isFurniture(attributes));
        closing.push(unseen);
        if (unseen) hidden += 1;
        if (hidden > 0) return;
        if (open.length >= DEEPEST) {
          tooDeep += 1;
          return;
        }
        const element: Element = { tag, attributes, children: [] };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      onclosetag() {
        if (closing.pop()) {
          hidden -= 1;
          inTitle = false;
          return;
        }
        if (hidden > 0) return;
        if (tooDeep > 0) tooDeep -= 1;
        else if (open.length > 1) open.pop();
      },
      ontext(text) {
        if (inTitle) title = ((title ?? '') + text).slice(0, 300);
        if (hidden === 0) open.at(-1)?.children.push(text);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  // Each open element makes the next one dearer for the parser: what nests deeper than any page is not read further.
  for (let at = 0; at < source.length && closing.length < MOST_OPEN; at += CHUNK) parser.write(source.slice(at, at + CHUNK));
  parser.end();
  return { root, language, title };
}
