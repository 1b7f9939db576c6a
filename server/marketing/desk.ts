// What mails and links about messages need besides the store, as the configuration has it.
import type { Config } from '../config.ts';
import type { Mailer } from '../mail/mailer.ts';
import { lookupKeyOf, type ContactVault } from '../rights/contact-vault.ts';
import { links, type Links } from './links.ts';
import { mailOutbox, type MailOutbox, type OutboxSetting } from './mail-outbox.ts';

export interface MarketingDesk {
  /** Null without CANDOUR_SECRET. */
  links: Links | null;
  /** Null where CANDOUR_SECRET or CANDOUR_SMTP is missing: mails wait in the store, and opt-ins that need one stay unconfirmed. */
  marketingMails: MailOutbox | null;
}

type Secrets = Partial<Pick<Config, 'secret' | 'previousSecret'>> & { lookupKey?: Uint8Array | undefined };

/** As contactVault finds addresses: a link is made of what finds one, and holds for as long. Null without CANDOUR_SECRET. */
export const linksWith = ({ secret = null, previousSecret = null, lookupKey }: Secrets): Links | null =>
  secret === null ? null : links(lookupKey ?? lookupKeyOf(previousSecret ?? secret));

export function marketingDesk(
  { secret = null, previousSecret = null, lookupKey }: Secrets,
  setting: Omit<OutboxSetting, 'vault' | 'mailer' | 'links'> & { vault: ContactVault | null; mailer: Mailer | null },
): MarketingDesk {
  const { vault, mailer } = setting;
  const made = linksWith({ secret, previousSecret, lookupKey });
  return { links: made, marketingMails: made && vault && mailer && mailOutbox({ ...setting, vault, mailer, links: made }) };
}
