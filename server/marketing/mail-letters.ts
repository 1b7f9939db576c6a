// From a mail that waits to the one that is sent: the address is opened, the words are found, the links are made.
import { paths } from '../../shared/api.ts';
import { CHANNELS } from '../../shared/notice/schema.ts';
import type { Mail } from '../mail/mailer.ts';
import type { ContactVault } from '../rights/contact-vault.ts';
import { firstNotice, type SiteContext } from '../site-context.ts';
import type { ChoicesMail, ConfirmationMail, MarketingMail } from '../store/marketing-mail.ts';
import type { Site, Store } from '../store/store.ts';
import { contactAddress } from './contacts.ts';
import type { Links } from './links.ts';
import { choicesMail, confirmationMail, type AskedFor, type MailFacts } from './mails/templates.ts';
import { firstOffer, offersOf } from './offers.ts';
import { speech } from './words/words.ts';

export type Letter = Omit<Mail, 'id'>;

export interface LetterSetting {
  store: Store;
  vault: ContactVault;
  links: Links;
  publicUrl: string;
  now: () => Date;
}

export const choicesPlace = (site: Pick<Site, 'id'>, id: string): string => `${site.id}/choices/${id}`;
export const CHOICES_DAYS = 7;

/** Full name and postal address: the sender's own, or what the notice says of the controller. */
export function identityOf(context: SiteContext, sender: string): string {
  const own = context.configuration.marketing.flatMap(({ senders }) => senders).find(({ id }) => id === sender);
  if (own?.address !== undefined) return own.address;
  const controller = firstNotice(context)?.notice.controller;
  if (!controller) return own?.name ?? context.site.name;
  const post = controller.contacts.find(({ kind, value }) => kind === 'post' && value !== null)?.value;
  return [controller.legalName ?? controller.name, ...(post === undefined || post === null ? [] : [post])].join(', ');
}

/** RFC 8058 and RFC 2369. */
export const unsubscribeHeaders = (stop: string): Record<string, string> => ({
  'List-Unsubscribe': `<${stop}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

const asked = (context: SiteContext, mail: ConfirmationMail): (AskedFor & { id: string })[] =>
  offersOf(context).flatMap(({ activity, sender, channel, senderName, label }) =>
    mail.asked[activity]?.[sender]?.[channel] === undefined ? [] : [{ channel, sender: senderName, label, id: sender }],
  );

interface Reader {
  address: string;
  language: string;
  /** It is the person's own, so that the pages behind the links speak it too, whatever the browser asks for. */
  chosen: boolean;
}

async function readerOf(
  { store, vault, now }: LetterSetting,
  { site }: SiteContext,
  mail: MarketingMail,
): Promise<Reader | null> {
  if (mail.kind === 'choices') {
    try {
      return {
        address: vault.open(mail.wrapped, choicesPlace(site, mail.id), mail.sealed),
        language: mail.language,
        chosen: true,
      };
    } catch {
      // CANDOUR_SECRET was changed meanwhile: whoever asked for the link asks again.
      return null;
    }
  }
  const contact = await contactAddress({ store, vault, now }, site, mail.contact);
  return contact && { address: contact.address, language: contact.language ?? mail.language, chosen: contact.language !== null };
}

/** Whether their data are only to be kept since they ticked (Art. 18): who ticks under a restriction of their own asks for the mail. */
const isRestricted = async ({ store }: LetterSetting, { site }: SiteContext, mail: ConfirmationMail): Promise<boolean> =>
  (await store.rights.restrictions(site)).some(({ subject, since }) => subject === mail.subject && since >= mail.createdAt);

/** Null: nobody is to be written to. The contact was erased, or is restricted, what was ticked is offered no more, or nothing is known of the address. */
export async function lettersOf(setting: LetterSetting, context: SiteContext, mail: MarketingMail): Promise<Letter | null> {
  const { links, publicUrl } = setting;
  const { site } = context;
  const reader = await readerOf(setting, context, mail);
  if (!reader) return null;
  const ticked = mail.kind === 'confirmation' ? asked(context, mail) : [];
  const sender = ticked[0]?.id ?? firstOffer(context)?.sender;
  if (sender === undefined || (mail.kind === 'confirmation' && ticked.length === 0)) return null;
  if (mail.kind === 'confirmation' && (await isRestricted(setting, context, mail))) return null;
  const [channel] = CHANNELS;
  // Whoever presses the provider's button wants none of what the mail is about: a link to the own page is about all.
  const senders = [...new Set(ticked.map(({ id }) => id))];
  const stop = publicUrl + paths.stopMessages(site.id, links.seal(site.id, { kind: 'stop', key: mail.key, channel, senders }));
  const senderName = ticked[0]?.sender ?? site.name;
  const spoken = speech(reader.language);
  const query = reader.chosen ? `?lang=${spoken.code}` : '';
  const facts: Omit<MailFacts, 'link'> = {
    speech: spoken,
    siteName: site.name,
    sender: senderName,
    identity: identityOf(context, sender),
    at: mail.createdAt,
    until: mail.until,
    stop: stop + query,
  };
  const composed =
    mail.kind === 'confirmation'
      ? confirmationMail(
          { ...facts, link: publicUrl + paths.confirmOptIn(site.id, links.token(site.id, mail.id)) + query },
          ticked,
        )
      : choicesMail({ ...facts, link: publicUrl + ownPage(links, site, mail) + query });
  const letter = { ...composed, to: reader.address, fromName: senderName, headers: unsubscribeHeaders(stop) };
  // Asked last: of an address that is not known the same is done up to here.
  return mail.kind === 'choices' && !(await isKnown(setting, site, mail)) ? null : letter;
}

const ownPage = (links: Links, site: Site, { key, until }: ChoicesMail): string =>
  paths.messageChoices(site.id, links.seal(site.id, { kind: 'choices', key, until, address: 'email' }));

/** Whether the site has anything to show to that address: who was never here gets no mail that anybody could order for them. */
async function isKnown({ store }: LetterSetting, site: Site, { key }: ChoicesMail): Promise<boolean> {
  const [contacts, noes] = [await store.contacts.find(site, [key]), await store.suppressions.of(site, [key])];
  return contacts.length + noes.length > 0;
}
