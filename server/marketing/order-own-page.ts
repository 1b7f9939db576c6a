// Somebody asks for the link to their own page. Whatever the address is, the same is written down; whether there is anything to send
// is found out later, by whoever sends.
import { randomBytes } from 'node:crypto';

import { clean } from '../../shared/marketing/address.ts';
import type { SiteContext } from '../site-context.ts';
import type { Store } from '../store/store.ts';
import { addressKeys, vaultOf, type ContactBook } from './contacts.ts';
import { CHOICES_DAYS, choicesPlace } from './mail-letters.ts';

const DAY_MS = 86_400_000;

/** `language`: BCP 47, of the page that it was asked on. Does nothing for what is no e-mail address. */
export async function orderOwnPage(
  book: ContactBook & { store: Store },
  { site }: SiteContext,
  address: string,
  language: string,
): Promise<void> {
  const vault = vaultOf(book);
  const [key] = addressKeys(vault, site, { channel: 'email', address });
  if (key === undefined) return;
  const id = randomBytes(16).toString('hex');
  const place = choicesPlace(site, id);
  const wrapped = vault.makeKey(place);
  const createdAt = book.now().getTime();
  const sealed = vault.seal(wrapped, place, clean(address));
  const until = createdAt + CHOICES_DAYS * DAY_MS;
  await book.store.marketingMail.add(site, { kind: 'choices', id, key, language, createdAt, until, wrapped, sealed });
}
