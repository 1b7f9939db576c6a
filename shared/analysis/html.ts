// A privacy notice in HTML, from its text.
import type { NoticeDocument, NoticeFormat } from './document.ts';
import { readTree } from './html-blocks.ts';
import { htmlTree } from './html-tree.ts';

/** Any text is some HTML; nothing is thrown. `format` is markdown where the HTML was made from it. */
export const readHtml = (source: string, format: NoticeFormat = 'html'): NoticeDocument => readTree(htmlTree(source), format);
