// A privacy notice in Markdown. Its HTML is what is read, so that tables, nested lists and HTML inside mean the same there.
import MarkdownIt from 'markdown-it';

import type { NoticeDocument } from './document.ts';
import { readHtml } from './html.ts';

const parser = new MarkdownIt({ html: true, linkify: false });
const FRONT_MATTER = /^---\r?\n[\s\S]{0,4000}?\r?\n---\r?\n/;

// Long runs of these make a Markdown parser try every pair; no notice has them.
const RUNS = /([[\]*_`~!<>(])(?:\s{0,2}\1){40,}/g;

/** A date that the front matter gives stands where readers of the page see it: at the top. */
function withDate(source: string): string {
  const front = FRONT_MATTER.exec(source)?.[0];
  if (front === undefined) return source;
  const date = /^(?:last[-_ ]?(?:updated|modified|reviewed)|updated|date) *: *["']?([^"'\n]{6,40})/im.exec(front)?.[1];
  return `${date === undefined ? '' : `Last updated: ${date}\n\n`}${source.slice(front.length)}`;
}

const MOST_IN_ROW = 12;
const begins = (line: string | undefined): boolean => line?.startsWith('|') ?? false;
const ends = (line: string | undefined): boolean => line?.trimEnd().endsWith('|') ?? false;
/** Rows of a table that a converter broke into lines where their cells had some: `| Purpose | Contract` and `Consent |` are one. */
function withWholeRows(source: string): string {
  const lines = source.split('\n');
  const whole: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const open = begins(line) && !ends(line) && begins(whole.at(-1));
    const goesOn = (next: string | undefined): boolean => next !== undefined && next.trim() !== '' && !begins(next);
    let end = at + 1;
    while (open && end - at < MOST_IN_ROW && goesOn(lines[end]) && !ends(lines[end])) end += 1;
    const closes = open && goesOn(lines[end]) && ends(lines[end]);
    whole.push(
      closes
        ? lines
            .slice(at, end + 1)
            .map((each) => each.trim())
            .join('<br>')
        : line,
    );
    if (closes) at = end;
  }
  return whole.join('\n');
}

/** Any text is some Markdown; nothing is thrown. */
export const readMarkdown = (source: string): NoticeDocument =>
  readHtml(parser.render(withWholeRows(withDate(source.replace(/^\ufeff/, '')).replace(RUNS, ' '))), 'markdown');
