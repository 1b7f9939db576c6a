// The document and its forms by the platform's own functions: in a page `document.title` or `form.getAttribute` may be an element of that
// name, put there by accident or on purpose.
/** A property as the prototypes have it, where no element of the page stands. */
function read<T>(of: object, name: string): T | undefined {
  for (let at: unknown = Object.getPrototypeOf(of); at !== null; at = Object.getPrototypeOf(at)) {
    const getter = Object.getOwnPropertyDescriptor(at, name)?.get as (() => T) | undefined;
    if (getter) return getter.call(of);
  }
  return undefined;
}

const owner = (root: ParentNode): ParentNode =>
  root instanceof Document
    ? Document.prototype
    : root instanceof DocumentFragment
      ? DocumentFragment.prototype
      : Element.prototype;

export const all = <E extends Element = Element>(root: ParentNode, selector: string): NodeListOf<E> =>
  owner(root).querySelectorAll.call(root, selector) as NodeListOf<E>;
export const one = <E extends Element = Element>(root: ParentNode, selector: string): E | null =>
  owner(root).querySelector.call(root, selector) as E | null;
export const attribute = (element: Element, name: string): string | null => Element.prototype.getAttribute.call(element, name);
export const elementById = (document: Document, id: string): Element | null =>
  Document.prototype.getElementById.call(document, id);
export const byTag = (document: Document, tag: string): HTMLCollectionOf<Element> =>
  Document.prototype.getElementsByTagName.call(document, tag);
export const byClass = (document: Document, name: string): HTMLCollectionOf<Element> =>
  Document.prototype.getElementsByClassName.call(document, name);
export const byName = (document: Document, name: string): NodeListOf<HTMLElement> =>
  Document.prototype.getElementsByName.call(document, name);
export const baseOf = (node: Node): string => read<string>(node, 'baseURI') ?? '';
export const parentOf = (element: Element): Element | null => read<Element | null>(element, 'parentElement') ?? null;
export const before = (element: Element): Element | null => read<Element | null>(element, 'previousElementSibling') ?? null;
export const titleOf = (document: Document): string => read<string>(document, 'title') ?? '';
export const rootOf = (document: Document): HTMLElement | undefined => read(document, 'documentElement');
export const headOf = (document: Document): HTMLElement | undefined => read(document, 'head');
export const cookieOf = (document: Document): string => read<string>(document, 'cookie') ?? '';

const MOST_TREES = 21;
/** The document and the open shadow trees in it: these hold the footers of some sites, and the forms. */
export function treesOf(document: Document): ParentNode[] {
  const trees: ParentNode[] = [document];
  for (const tree of trees)
    for (const { shadowRoot } of all(tree, '*'))
      if (shadowRoot && !(shadowRoot instanceof Element) && trees.length < MOST_TREES) trees.push(shadowRoot);
  return trees;
}

let inert: Document | undefined;
/** A copy outside the page: within it a copied image would load once more, and what the page listens for on it would run. */
export function copyOf(element: Element): Element {
  inert ??= (read(element.ownerDocument, 'implementation') as DOMImplementation).createHTMLDocument('');
  return inert.importNode(element, true);
}
