// A page as a browser's parser makes it of its text: its elements in order, each with its line and where it stands.
import { parse, type DefaultTreeAdapterTypes } from 'parse5';

export interface PageElement {
  /** Lower case. */
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** 1-based; null: the parser made it up. */
  line: number | null;
  /** Its ancestors' names, the nearest first. */
  within: readonly string[];
}

const isElement = (node: DefaultTreeAdapterTypes.Node): node is DefaultTreeAdapterTypes.Element => 'tagName' in node;

/** In the order of the page. What is inside a <template> is inert and not among them. */
export function pageElements(html: string): PageElement[] {
  const found: PageElement[] = [];
  // A stack of our own: a page may be nested as deep as it likes.
  const waiting: { node: DefaultTreeAdapterTypes.Node; within: readonly string[] }[] = [
    { node: parse(html, { sourceCodeLocationInfo: true }), within: [] },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, within } = next;
    let inside = within;
    if (isElement(node)) {
      const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
      found.push({ name: node.tagName, attributes, line: node.sourceCodeLocation?.startLine ?? null, within });
      // Bounded: nothing here looks further up, and each copy is as long as this.
      inside = [node.tagName, ...within].slice(0, 64);
    }
    const children = 'childNodes' in node ? node.childNodes : [];
    for (const child of children.toReversed()) waiting.push({ node: child, within: inside });
  }
  return found;
}
