// A privacy notice in Markdown. Its HTML is what is read, so that tables, nested lists and HTML inside mean the same there.
import MarkdownIt from 'markdown-it';

import type { NoticeDocument } from './document.ts';
import { readHtml } from './html.ts';

const parser = new MarkdownIt({ html: true, linkify: false });
const FRONT_MATTER = /^---\r?\n[\s\S]{0,4000}?\r?\n---\r?\n/;

// Long runs of these make a Markdown parser try every pair; no notice has them.
const RUNS = /([[\]*_`~!<>(])(?:\s{0,2}\1){40,}/g;

/** Any text is some Markdown; nothing is thrown. */
export const readMarkdown = (source: string): NoticeDocument =>
  readHtml(
    parser.render(
      source
        .replace(/^\ufeff/, '')
        .replace(FRONT_MATTER, '')
        .replace(RUNS, ' '),
    ),
    'markdown',
  );
