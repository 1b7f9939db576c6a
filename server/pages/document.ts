// The frame of every page for people: head, skip link, landmarks.
import { markup, type Markup, type MarkupValue } from './markup.ts';
import { PAGE_STYLE_PATH } from './page-style.ts';

export interface DocumentParts {
  title: string;
  /** What stands left in the bar at the top: whose page this is. */
  whose: string;
  /** What kind of page this is, at the right of the bar. */
  kind: string;
  main: Markup;
  /** The main part has a list of its sections (`.contents`), which stands beside it where there is room. */
  contents?: boolean;
  footer?: MarkupValue;
  /** Elements for the head. */
  head?: MarkupValue;
  /** The style itself, for a page that is kept as a file; otherwise the service's stylesheet is linked. */
  style?: Markup;
  /** Stands last in the body. */
  data?: Markup;
  /** Its own words, where they are not English. */
  own?: { language: string; direction: 'ltr' | 'rtl'; skip: string; madeWith: string };
}

const ENGLISH: NonNullable<DocumentParts['own']> = {
  language: 'en',
  direction: 'ltr',
  skip: 'Skip to the content',
  madeWith: 'This page runs no script and sets no cookie.',
};

/** The whole document as a string. Its own words are of one language; others' texts carry theirs themselves. */
export function pageDocument({
  title,
  whose,
  kind,
  main,
  contents = false,
  footer,
  head,
  style,
  data,
  own = ENGLISH,
}: DocumentParts): string {
  return markup`<!doctype html>
<html lang="${own.language}" dir="${own.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
${style ?? markup`<link rel="stylesheet" href="${PAGE_STYLE_PATH}">`}
<link rel="icon" href="data:,">
${head}
</head>
<body>
<a class="skip" href="#main">${own.skip}</a>
<header class="bar"><div class="frame"><span class="whose" dir="auto">${whose}</span><span class="kind">${kind}</span></div></header>
<div class="frame ${contents && 'with-aside'}">
<main id="main" tabindex="-1">${main}</main>
</div>
<footer class="foot"><div class="frame">${footer}<p class="made-with">${own === ENGLISH ? markup`Shown by <strong>Candour</strong>.` : markup`<strong>Candour</strong>.`} ${own.madeWith}</p></div></footer>
${data}</body>
</html>`.toString();
}
