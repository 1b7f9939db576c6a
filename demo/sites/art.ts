// Illustrations and logos: SVG files put into the page, so that they take its colours in light and in dark.
import { readFileSync } from 'node:fs';

import { raw } from 'hono/html';

/** `name` is a file in art/ without its ending. The drawing is decorative: its text alternative is the page's own text. */
export const art = (name: string) => raw(readFileSync(new URL(`art/${name}.svg`, import.meta.url), 'utf8').trim());
