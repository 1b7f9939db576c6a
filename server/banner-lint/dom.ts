// The parts of a page that in-page.ts uses, as types. The service itself is compiled without a browser's globals.
export interface Style {
  [property: string]: string;
}

export interface PageElement {
  tagName: string;
  id: string;
  textContent: string | null;
  innerText?: string;
  value?: string;
  type?: string;
  checked?: boolean;
  disabled?: boolean;
  autofocus?: boolean;
  tabIndex: number;
  form?: PageElement | null;
  labels?: ArrayLike<PageElement> | null;
  parentElement: PageElement | null;
  children: ArrayLike<PageElement>;
  shadowRoot: PageRoot | null;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  matches(selector: string): boolean;
  closest(selector: string): PageElement | null;
  contains(other: PageElement): boolean;
  querySelectorAll(selector: string): ArrayLike<PageElement>;
  querySelector(selector: string): PageElement | null;
  getBoundingClientRect(): { width: number; height: number; top: number; left: number };
  checkVisibility(options: object): boolean;
  getRootNode(): PageRoot & { host?: PageElement };
  click(): void;
}

export interface PageRoot {
  querySelectorAll(selector: string): ArrayLike<PageElement>;
  getElementById(id: string): PageElement | null;
  activeElement: PageElement | null;
}

export interface PageWindow {
  document: PageRoot & {
    documentElement: PageElement;
    body: PageElement;
    createElement(name: 'canvas'): {
      width: number;
      height: number;
      getContext(
        kind: '2d',
        options: object,
      ): {
        fillStyle: string;
        clearRect(x: number, y: number, w: number, h: number): void;
        fillRect(x: number, y: number, w: number, h: number): void;
        getImageData(x: number, y: number, w: number, h: number): { data: ArrayLike<number> };
      };
    };
  };
  getComputedStyle(element: PageElement): Style;
  innerWidth: number;
  innerHeight: number;
  location: { href: string };
  localStorage: Record<string, string>;
  sessionStorage: Record<string, string>;
  indexedDB: { databases?(): Promise<{ name?: string }[]> };
  dataLayer?: unknown;
  __tcfapi?: (command: string, version: number, done: (data: Record<string, unknown> | null, ok: boolean) => void) => void;
  /** The elements that the last look found, for what presses them. */
  candourLint?: PageElement[];
}
