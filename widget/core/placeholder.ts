// A placeholder takes the very place and size of the embed that it stands in for, so that nothing on the page moves: neither when
// it comes nor when it goes.

/** px: less holds no words and no buttons. */
const LEAST_HEIGHT = 160;

/** What decides where an element stands in its surroundings. */
const PLACING = [
  'position',
  'top',
  'right',
  'bottom',
  'left',
  'z-index',
  'float',
  'vertical-align',
  'margin-top',
  'margin-right',
  'margin-bottom',
  'margin-left',
  'grid-row-start',
  'grid-row-end',
  'grid-column-start',
  'grid-column-end',
  'flex',
  'order',
  'align-self',
  'justify-self',
];

const px = (value: string): number => Number.parseFloat(value) || 0;

function roomIn(parent: Element | null): number {
  if (!parent) return 0;
  const { paddingLeft, paddingRight } = getComputedStyle(parent);
  return parent.clientWidth - px(paddingLeft) - px(paddingRight);
}

/** Call it while the element is on screen. Set through the object model, which no Content-Security-Policy forbids. */
export function placeLike(element: HTMLElement, placeholder: HTMLElement): void {
  const own = getComputedStyle(element);
  const { style } = placeholder;
  const { offsetWidth: width, offsetHeight: height, offsetParent } = element;
  const isPlaced = /absolute|fixed/.test(own.position);
  placeholder.toggleAttribute('data-block', own.display !== 'inline' && own.display !== 'inline-block');
  for (const name of PLACING) style.setProperty(name, own.getPropertyValue(name));
  // Computed, "auto" is a length.
  if (own.marginLeft === own.marginRight && px(own.marginLeft) > 0) style.marginInline = 'auto';
  const room = isPlaced ? (offsetParent?.clientWidth ?? 0) : roomIn(element.parentElement);
  const fills = width > 0 && width >= room - 1;
  // What it holds counts for nothing (container-type), and a grid or flex box that goes by its content would give it no room.
  style.containIntrinsicInlineSize = `${width || 560}px`;
  style.inlineSize = fills ? '100%' : `min(100%, ${width || 560}px)`;
  if (isPlaced && height > 0 && height >= (offsetParent?.clientHeight ?? 0) - 1) style.blockSize = '100%';
  else if (fills && own.aspectRatio.includes('/') && height >= LEAST_HEIGHT) style.aspectRatio = `${width} / ${height}`;
  else style.blockSize = `${Math.max(height, LEAST_HEIGHT)}px`;
}
