// What a narrow window does to words.
import type { Locator } from 'playwright-core';

/** The words in these elements of which one part stands on one line and one on the next. */
export const brokenWords = (elements: Locator): Promise<string[]> =>
  elements.evaluateAll((all) =>
    all.flatMap((element) => {
      const [range, walk] = [document.createRange(), document.createTreeWalker(element, NodeFilter.SHOW_TEXT)];
      const words: string[] = [];
      while (walk.nextNode())
        for (const { index, 0: word } of (walk.currentNode as Text).data.matchAll(/\p{L}+/gu)) {
          range.setStart(walk.currentNode, index);
          range.setEnd(walk.currentNode, index + word.length);
          if (range.getClientRects().length > 1) words.push(word);
        }
      return words;
    }),
  );
