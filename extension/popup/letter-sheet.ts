// A letter on paper: a document of its own, put together from text nodes, and printed.

export interface Sheet {
  /** Name and postal address, a line each. */
  to: readonly string[];
  /** As people write it. */
  day: string;
  subject: string;
  text: string;
  /** BCP 47. */
  language: string;
}

/** Fills an empty document. Every word in it stays text. */
export function fillSheet(paper: Document, { to, day, subject, text, language }: Sheet): void {
  const add = (tag: 'p' | 'h1', words: string): HTMLElement => {
    const element = paper.createElement(tag);
    element.textContent = words;
    element.dir = 'auto';
    element.style.whiteSpace = 'pre-wrap';
    element.style.overflowWrap = 'anywhere';
    paper.body.append(element);
    return element;
  };
  paper.title = subject;
  paper.documentElement.lang = language;
  // The page's policy lets in no style of its own but this way.
  paper.body.style.cssText =
    'max-width: 42em; margin: 2em auto; padding: 0 1em; font: 12pt/1.5 serif; color: #000; background: #fff';
  if (to.length > 0) add('p', to.join('\n'));
  add('p', day).style.textAlign = 'end';
  add('h1', subject).style.fontSize = '13pt';
  add('p', text);
}

/** False where the browser opened no window for it. All in one go: the popup may be gone as soon as the new tab is seen. */
export function printSheet(sheet: Sheet): boolean {
  const opened = window.open('', '_blank');
  if (!opened) return false;
  fillSheet(opened.document, sheet);
  opened.opener = null;
  opened.print();
  return true;
}
