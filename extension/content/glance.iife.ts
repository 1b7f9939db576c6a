// Put into a page by the background when it stands there, and again when its head changed: looks quickly, and gives what it saw as what the
// script comes to. Null where there is no HTML, or no visit that was seen from its beginning.
import { glance } from './glance.ts';
import { tellOfHead } from './telling.ts';
import { visitHere } from './visit.ts';

const visit = visitHere();
const isPage = document instanceof HTMLDocument && visit !== undefined;
if (isPage && !visit.watched) {
  visit.watched = true;
  tellOfHead(document);
}
export const seen = isPage ? glance(document, visit.id) : null;
