// Plain elements for the banner: every new visitor loads it, and a third of its size would be a rendering library that it uses once.

type Attributes = Record<string, string | null | ((event: Event) => void)>;
type Child = Node | string | false;

/** An element with attributes (null: left out), listeners (`onclick`) and children. Text is only ever text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== false));
  return made;
}
