// What dealing with requests needs besides the store, as the configuration has it.
import type { Logger } from 'pino';

import type { Config } from '../config.ts';
import { smtpMailer, type Mailer } from '../mail/mailer.ts';
import type { SiteRegistry } from '../site-context.ts';
import type { Store } from '../store/store.ts';
import { confirmations, type Confirmations } from './confirmation.ts';
import { contactVault, type ContactVault } from './contact-vault.ts';

export interface RightsDesk {
  /** Null without CANDOUR_SECRET: no contact details can be kept, so no request can be taken. */
  vault: ContactVault | null;
  /** Null without CANDOUR_SMTP. */
  mailer: Mailer | null;
  /** Null where one of the two is missing: the page then names other ways. */
  confirmations: Confirmations | null;
}

export function rightsDesk(
  {
    secret = null,
    previousSecret = null,
    smtp = null,
    lookupKey,
  }: Partial<Pick<Config, 'secret' | 'previousSecret' | 'smtp'>> & { lookupKey?: Uint8Array | undefined },
  setting: { store: Store; sites: SiteRegistry; publicUrl: string; logger: Logger; now: () => Date },
): RightsDesk {
  const vault = secret === null ? null : contactVault(secret, { previous: previousSecret, finding: lookupKey });
  const mailer = smtp === null ? null : smtpMailer(smtp, setting.publicUrl);
  return { vault, mailer, confirmations: vault && mailer && confirmations({ ...setting, vault, mailer }) };
}
