// What the columns of a list mean: guessed from the headers that mail tools and CRMs write, shown to the operator, and theirs to change.
import { ADDRESS_KINDS } from '../../../shared/marketing/channel.ts';
import { CHANNELS } from '../../../shared/notice/schema.ts';
import { ImportFileError } from './file-text.ts';

const PLAIN = [
  ...ADDRESS_KINDS,
  /** A number of the operator's own. */
  'reference',
  'language',
  'subscriber',
  /** Subscribed, unsubscribed, objected … of the channels that the file is about. */
  'state',
  /** When they said yes. */
  'said_at',
  /** When they said no: whoever has such a day said no. */
  'stopped_at',
  /** Whoever has a yes here objected to all marketing. */
  'objected',
  /** Hash of the notice that was given. */
  'notice',
  /** How it reached the operator. */
  'medium',
  'reason',
  'since',
  'ignore',
] as const;
type PlainField = (typeof PLAIN)[number];
/** Said no to a channel; said yes to a channel; a place in the evidence of the reason. */
export type Field = PlainField | `no.${string}` | `yes.${string}` | `evidence.${string}`;

const EVIDENCE = /^evidence(?:\.[a-z][A-Za-z]{0,30}){1,3}$/;
const isField = (text: string): text is Field =>
  (PLAIN as readonly string[]).includes(text) ||
  CHANNELS.some((channel) => text === `no.${channel}` || text === `yes.${channel}`) ||
  EVIDENCE.test(text);

/** As their headers are once blanks, marks and capitals are gone. */
const GUESSES: readonly [RegExp, Field][] = [
  [
    /^(e?mail|emailaddress|emailadresse|mailaddress|adresseemail|courriel|correo(electronico)?|subscriberemail|contactemail|workemail)$/,
    'email',
  ],
  [
    /^(sms|phone|phonenumber|mobile|mobilephone|mobilephonenumber|mobilenumber|cellphone|telephone|telefon|tel|whatsapp)$/,
    'phone',
  ],
  [/^(postaladdress|mailingaddress|fulladdress)$/, 'post'],
  [/^(recordid|contactid|leadid|customerid|subscriberid|euid|externalid|id)$/, 'reference'],
  [/^(language|lang|locale|languagecode|preferredlanguage)$/, 'language'],
  [
    /^(subscriptionstatus|emailsubscriptionstatus|status|emailstatus|memberstatus|subscriberstatus|marketingstatus|emailmarketingstatus|(email)?permissionstatus|consentstatus|optinstatus)$/,
    'state',
  ],
  [
    /^(optintime|optindate|subscribedat|subscribedate|subscribedon|consentdate|consenttime|consentedat|consentgivenat)$/,
    'said_at',
  ],
  [
    /^(unsubtime|unsubscribe(d?at|ddate|ddatetime|dtime|date|time|don)|optouttime|optoutdate|optedoutat|optoutat|abgemeldetam|datededesinscription|datededesabonnement)$/,
    'stopped_at',
  ],
  [
    /^(hasoptedoutofemail|emailoptout|optoutemail|emailoptedout|optedoutofemail.*|unsubscribedfromallemail|hsemailoptout.*|emailblacklisted|emailblocklisted|blacklisted|blocklisted|blacklist|blocklist|(is)?excludedfromcampaigns|unsubscribed|optout|optedout|noemail|noemailmarketing|donotemail|donotallow(bulk)?emails?|nobulkemails(useroptout)?|isoptout|userhasoptedout|abgemeldet|desinscrit|desabonne|uitgeschreven|disiscritto|baja)$/,
    'no.email',
  ],
  [
    /^(smsblacklisted|smsblocklisted|smsoptout|optedoutofsms|hasoptedoutofmobile|hasoptedoutofsms|donottext|donotsms|nosms)$/,
    'no.sms',
  ],
  [/^(donotcall|donotphone|donotallowphonecalls|nocalls?|phoneoptout|calloptout)$/, 'no.live_call'],
  [/^(donotmail|donotpost|donotallowmails|nomail|nopost|mailoptout|postoptout)$/, 'no.post'],
  [
    /^(hasoptedoutsolicit|dontmarket|donotmarket|donotcontact|donotdirectmarket|objected|objection|keinewerbung|werbewiderspruch)$/,
    'objected',
  ],
  [
    /^((is)?subscribed|optin|doubleoptin|emailoptin|acceptsemailmarketing|acceptsmarketing|newsletter|marketingoptin|marketingconsent|emailmarketingconsent)$/,
    'yes.email',
  ],
  [/^(smsoptin|acceptssmsmarketing|smsmarketingconsent)$/, 'yes.sms'],
  [/^(noticehash|privacynoticehash)$/, 'notice'],
];

/** A header that sounds like a no, or like a yes that may be none, and is nothing of the above: to pass over it would be to write to who said no. */
const MAY_BE_NO = new RegExp(
  [
    'unsub|optout|optedout|optsout|donot|dont|nobulk|blacklist|blocklist|suppress|exclu[ds]|deactivat|objec(?:t(?:ed|ion)|ted)|withdr(?:e|a)w',
    'consent|permission|subscri|newsletter|marketing|nocontact',
    'abgemeldet|abmeld|abbestell|widerspr|widerruf|kontaktier|^kein|sperr|robinson|einwillig|zustimm',
    'desinscri|desabonn|nepas|abonn|inscrit|consentement',
    'nocontactar|suscri|disiscri|iscritto|consenso|consentimiento|uitgeschr|afgemeld|toestemming|wypis|zgoda',
  ].join('|'),
);
/** What says more about a no that another column tells, or is about no channel that there is. */
const NO_CHANNEL =
  /fax|campaign|reason|count|rate|url|link|tracking|trade|donotprocess|dontprocess|donottrack|donttrack|geo|forget|source|ip$/;

const simplified = (header: string): string =>
  header
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

export interface Column {
  /** From 0. */
  index: number;
  header: string;
  field: Field;
  /** By the operator, or from the header. */
  by: 'operator' | 'guess';
}

/** Fields that several columns may have: each of them counts. */
const MANY = /^(?:no\.|yes\.|objected$|ignore$|evidence\.)/;

/**
 * `said`: header, or number of the column from 1, to field. `sample`: the first row of a file without a header, by which an address
 * is known. Throws ImportFileError for a name that the file does not have and for a field that is none or is there twice.
 */
export function mapColumns(
  header: readonly string[],
  said: Readonly<Record<string, string>> = {},
  sample: readonly string[] | null = null,
): Column[] {
  const chosen = new Map<number, Field>();
  for (const [name, field] of Object.entries(said)) {
    const index = header.indexOf(name) >= 0 ? header.indexOf(name) : /^\d+$/.test(name) ? Number(name) - 1 : -1;
    if (index < 0 || index >= header.length)
      throw new ImportFileError(`the file has no column ${name} (it has: ${header.join(', ')})`);
    if (!isField(field)) throw new ImportFileError(`a column cannot be ${field}; it can be ${FIELD_WORDS}`);
    chosen.set(index, field);
  }
  const taken = new Set<string>([...chosen.values()]);
  const columns = header.map((name, index): Column => {
    const own = chosen.get(index);
    if (own !== undefined) return { index, header: name, field: own, by: 'operator' };
    const guess = sample
      ? /@/.test(sample[index] ?? '')
        ? 'email'
        : /^\s*\+\d/.test(sample[index] ?? '')
          ? 'phone'
          : 'ignore'
      : (GUESSES.find(([words]) => words.test(simplified(name)))?.[1] ?? 'ignore');
    // Of two telephone numbers the first is taken; what says no is never left out.
    const field = taken.has(guess) && !MANY.test(guess) ? 'ignore' : guess;
    taken.add(field);
    return { index, header: name, field, by: 'guess' };
  });
  const twice = columns.find(({ field }, i) => !MANY.test(field) && columns.findIndex((one) => one.field === field) !== i);
  if (twice) throw new ImportFileError(`two columns are ${twice.field}`);
  const unsaid = columns.find(
    ({ header: name, field, by }) =>
      sample === null &&
      field === 'ignore' &&
      by === 'guess' &&
      MAY_BE_NO.test(simplified(name)) &&
      !NO_CHANNEL.test(simplified(name)),
  );
  if (unsaid)
    throw new ImportFileError(
      `the column ${unsaid.header} may say who wants no messages: say what it is (${unsaid.header}=no.email, =yes.email or =state, or ${unsaid.header}=ignore where it is something else)`,
    );
  if (!columns.some(({ field }) => (ADDRESS_KINDS as readonly string[]).includes(field)))
    throw new ImportFileError(`no column is known to hold an address: name one, such as --map "${header[0] ?? 'Email'}=email"`);
  return columns;
}

/** For people who ask what a column can be. */
export const FIELD_WORDS = `${PLAIN.join(', ')}, no.<channel>, yes.<channel>, evidence.<place>`;
