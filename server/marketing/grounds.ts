// States something about a contact, and says at once what is missing for it to permit anything.
import type { NewStatement, Statement } from '../../shared/marketing/api.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import { groundProblems } from '../../shared/marketing/ground.ts';
import { isoDay } from '../../shared/notice/period.ts';
import { ProblemError } from '../problem.ts';
import { regimeOf } from '../rights/working-days.ts';
import type { SiteContext } from '../site-context.ts';
import type { StoredContact } from '../store/contacts.ts';
import {
  askedKeys,
  keysOfContact,
  LACKS_COUNTRY,
  notAddress,
  rememberContact,
  vaultOf,
  type AskedKeys,
  type ContactBook,
} from './contacts.ts';
import { openStatements, sealStatement, statedBy } from './statements.ts';

/** The contact that is meant, and its keys; an address that is new becomes one. Throws ProblemError NOT_FOUND, BAD_REQUEST. */
async function contactMeant(
  book: ContactBook,
  { site }: SiteContext,
  input: NewStatement,
): Promise<{ stored: StoredContact; keys: AskedKeys }> {
  const vault = vaultOf(book);
  const { contact, address, channel, callingCode = null } = input;
  const id =
    contact ??
    (address === undefined || channel === undefined
      ? null
      : await rememberContact(book, site, { channel, address, callingCode }));
  if (id === null) throw new ProblemError('BAD_REQUEST', `address: ${channel ? notAddress(channel) : 'is missing'}`);
  const stored = await book.store.contacts.get(site, id);
  if (!stored) throw new ProblemError('NOT_FOUND', 'there is no such contact');
  const keys =
    address === undefined || channel === undefined
      ? keysOfContact(vault, site, stored)
      : askedKeys(vault, site, { kind: CHANNEL_FACTS[channel].address, address, callingCode });
  return { stored, keys };
}

function problemsOf(statement: Statement, all: readonly Statement[], { configuration }: SiteContext, now: Date): string[] {
  if (statement.says !== 'ground') return [];
  const { grounds, subscriber } = statedBy(all);
  const { channel, sender, reason } = statement;
  const ground = grounds.find((one) => one.channel === channel && one.sender === sender && one.reason === reason);
  const regime = regimeOf(configuration.jurisdiction) === 'uk' ? 'uk' : 'other';
  return ground ? groundProblems(ground, { subscriber, regime, today: isoDay(now.getTime()) }) : [];
}

/** Whether one of the site's configurations ever had the sender. */
export const isSender = ({ senders }: SiteContext, sender: string): boolean =>
  [...senders].some((one) => one.endsWith(` ${sender}`));

/** What to send instead; never what was sent. */
const sendersOf = ({ senders }: SiteContext): string => {
  const ids = [...new Set([...senders].map((one) => one.slice(one.indexOf(' ') + 1)))];
  return ids.length === 0 ? 'this site has no sender' : `this site has the senders ${ids.toSorted().join(', ')}`;
};

/** Throws ProblemError NOT_FOUND, BAD_REQUEST, UNKNOWN_PURPOSE (of a sender that the site never had), UNAVAILABLE. */
export async function stateOf(
  book: ContactBook,
  context: SiteContext,
  input: NewStatement,
  actor: string,
): Promise<{ contact: string; version: number; problems: string[] }> {
  const { statement } = input;
  if ('sender' in statement && !isSender(context, statement.sender))
    throw new ProblemError('UNKNOWN_PURPOSE', sendersOf(context));
  const vault = vaultOf(book);
  const { site } = context;
  const { stored: contact, keys } = await contactMeant(book, context, input);
  const at = book.now();
  const sealed = sealStatement(vault, site, contact, statement);
  const version = await book.store.contacts.state(site, { contact: contact.id, at: at.getTime(), actor, sealed });
  const all = openStatements(vault, site, contact, await book.store.contacts.statements(site, [contact.id]));
  const problems = problemsOf(
    statement,
    all.map((one) => one.statement),
    context,
    at,
  );
  const isRung = 'channel' in statement && CHANNEL_FACTS[statement.channel].address === 'phone';
  return { contact: contact.id, version, problems: isRung && !keys.sure ? [...problems, LACKS_COUNTRY] : problems };
}
