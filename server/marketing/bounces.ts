// Word that an address takes no mail, as a mailer or a mail server reports it.
import type { BouncesTaken, NewBounces } from '../../shared/marketing/mail-api.ts';
import type { SiteContext } from '../site-context.ts';
import type { Store } from '../store/store.ts';
import { addressKeys, vaultOf, type ContactBook } from './contacts.ts';

type Report = NewBounces['bounces'][number];

/**
 * The recipients of a delivery status notification (RFC 3464), whether it comes as the whole report or as its message/delivery-status
 * part. Nothing for what is none.
 */
export function deliveryReports(text: string): Report[] {
  const groups = text.replaceAll('\r\n', '\n').split(/\n\s*\n/);
  return groups.flatMap((group): Report[] => {
    const field = (name: string): string | undefined => new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(group)?.[1]?.trim();
    const recipient = field('Final-Recipient') ?? field('Original-Recipient');
    const address = /^rfc822;\s*<?([^<>\s]{1,254})>?$/i.exec(recipient ?? '')?.[1];
    const status = /^([245]\.\d{1,3}\.\d{1,3})\b/.exec(field('Status') ?? '')?.[1];
    if (address === undefined || status === undefined || field('Action')?.toLowerCase() !== 'failed') return [];
    return [{ address, status }];
  });
}

/** Only what is for good (5.x.x) marks an address. */
export async function recordBounces(
  book: ContactBook & { store: Store },
  { site }: SiteContext,
  reports: readonly Report[],
): Promise<BouncesTaken> {
  const vault = vaultOf(book);
  const now = book.now().getTime();
  let marked = 0;
  for (const { address, status, at } of reports) {
    const [key] = addressKeys(vault, site, { channel: 'email', address });
    if (key === undefined || !status.startsWith('5.')) continue;
    await book.store.marketingMail.bounce(site, { key, at: at === undefined ? now : Math.min(now, Date.parse(at)), status });
    marked++;
  }
  return { marked, ignored: reports.length - marked };
}
