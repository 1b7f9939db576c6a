// What the columns of a list mean: guessed from the headers that mail tools and CRMs write, shown to the operator, and theirs to change.
import { ADDRESS_KINDS, type AddressKind } from '../../../shared/marketing/channel.ts';
import { CHANNELS } from '../../../shared/notice/schema.ts';
import { plainWord } from './cell.ts';
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
    /^(optintime|optindate|subscribedat|subscribedate|subscribedon|consentdate|consenttime|consentedat|consentgivenat|(einwilligung|zustimmung|optin)s?(am|vom|datum|zeitpunkt)|(eingewilligt|zugestimmt)am|datumder(einwilligung|zustimmung)|datumoptin|datedeconsentement|dateduconsentement|fecha(de|del)?consentimiento|data(del)?consenso|data(de|do)?consentimento|datumtoestemming|toestemmingsdatum|samtykkedato|samtyckesdatum|datazgody|datumsouhlasu)$/,
    'said_at',
  ],
  [
    /^(unsubtime|unsubscribe(d?at|ddate|ddatetime|dtime|date|time|don)|optouttime|optoutdate|optedoutat|optoutat|(abgemeldet|widerrufen)am|abmeldedatum|datededesinscription|datededesabonnement|fecha(de)?baja|data(di)?disiscrizione|uitgeschrevenop|afgemeldop)$/,
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
    'unsub|optout|optedout|optsout|donot|dont|nobulk|nocontact|blacklist|blocklist|suppress|exclu[ds]|deactivat|object(?:ed|ion)|withdr[ae]w|revo[ck]|shouldforget',
    'consen[st]|permission|subscri|newsletter|enews|marketing|optin|optedin|optsin|receive|contactme|maycontact|okto|mailing(?!street|city|state|zip|postal|country|address|latitude|longitude|geocode)|gdpr|rgpd|dsgvo',
    'abgemeldet|abmeld|abbestell|ausgetragen|austrag|widerspr|widerruf|kontaktier|^kein|sperr|robinson|einwillig|zustimm|(?<!be|ge|er)werb[eu]',
    'inscri[pt]|nepas|abon|refus|bloctel|suscri|publici[dt]|iscri[tz]|descadastr|assinatura',
    'uitgeschr|afgemeld|toestemming|nieuwsbrief|afmeld|frameld|avmeld|avregistr|avprenum|samty[ck]k|nyhe[td]sbrev|peruut|suostum|uutiskirj',
    'wypis|zgod|rezygn|sprzeciw|odhlas|s[ou]+hlas|leirat|hozzajarul|hirlevel|consimt|odjav|privol|s[uo]glas|loobu|nousol|uudiskirj|attei[ck]|piekri|atsisak|sutik|naujienl',
    'απεγγραφ|διαγραφ|συγκαταθ|συναιν|ενημερωτικ|отпис|отказ|подпис|соглас|съглас|рассыл|абон|бюлетин|згод',
  ].join('|'),
);
/** Words of a header that say more about a no which another column tells, or are about no channel that there is. */
const NO_CHANNEL = new Set('fax reason reasons count counts rate rating url link tracking trade track geo source ip'.split(' '));
const HARMLESS =
  /^(?:donot|dont)(?:fax|track|trade)$|^nofax$|^fax(?:optout|optedout)$|campaign(?:title|id|name)$|^is(?:deleted|converted|unreadbyowner|emailbounced|priorityrecord)$/;

/** A header that may be of the moment of a yes, and may be of another: it is told, and never taken unasked. */
const MAY_BE_MOMENT =
  /date|datum|fecha|^data|data$|dato$|timestamp|zeitpunkt|horodatage|paivamaara|kuupaev|ημερομηνια|дата|created|added|signedup|signup|joined|registered|angemeldet|eingetragen|angelegt|erstellt|seit$|since$/;
const OTHER_MOMENT =
  /birth|geburt|naissance|nacimiento|nascita|nascimento|fodsel|fodelse|geboorte|urodz|naroz|szulet|γεννησ|рожд|unsub|optout|updat|candidate|validate|metadata|database|modified|changed|geander|last|letzt|order|bestell/;

const wordsOf = (header: string): string[] =>
  header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .map(plainWord);

const isMoment = (word: string): boolean => MAY_BE_MOMENT.test(word) && !OTHER_MOMENT.test(word);

const isHarmless = (header: string): boolean =>
  HARMLESS.test(plainWord(header)) || wordsOf(header).some((one) => NO_CHANNEL.has(one));

/** It may say who wants no messages, and nobody has said what it is. */
const mayBeNo = (header: string): boolean => MAY_BE_NO.test(plainWord(header)) && !isHarmless(header);

const guessed = (header: string): Field | undefined => GUESSES.find(([words]) => words.test(plainWord(header)))?.[1];

/** The one column, from 0, whose header speaks of such an address; null: there is none, or there are several. */
export function columnOf(header: readonly string[], kind: AddressKind): number | null {
  const found = header.flatMap((name, i) => (guessed(name) === kind ? [i] : []));
  return found.length === 1 ? (found[0] ?? null) : null;
}

export interface Column {
  /** From 0. */
  index: number;
  header: string;
  /** What counts as a no in it though nobody has named it: of a file without a header a 0 too, where the header is of no channel nothing. */
  heeds: 'all' | 'words' | 'nothing';
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
    // Two columns of one name are both what is said of it: neither may be passed over.
    const named = header.flatMap((one, i) => (one === name ? [i] : []));
    const indexes = named.length === 0 && /^\d+$/.test(name) ? [Number(name) - 1] : named;
    if (indexes.length === 0 || indexes.some((index) => index < 0 || index >= header.length))
      throw new ImportFileError(`the file has no column ${name} (it has: ${header.join(', ')})`);
    if (!isField(field)) throw new ImportFileError(`a column cannot be ${field}; it can be ${FIELD_WORDS}`);
    for (const index of indexes) chosen.set(index, field);
  }
  const taken = new Set<string>([...chosen.values()]);
  const columns = header.map((name, index): Column => {
    const own = chosen.get(index);
    const heeds = sample !== null ? 'all' : isHarmless(name) ? 'nothing' : 'words';
    if (own !== undefined) return { index, header: name, heeds, field: own, by: 'operator' };
    const guess = sample
      ? /@/.test(sample[index] ?? '')
        ? 'email'
        : /^\s*\+\d/.test(sample[index] ?? '')
          ? 'phone'
          : 'ignore'
      : (guessed(name) ?? 'ignore');
    // Of two telephone numbers the first is taken; what says no is never left out.
    const field = taken.has(guess) && !MANY.test(guess) ? 'ignore' : guess;
    taken.add(field);
    return { index, header: name, heeds, field, by: 'guess' };
  });
  const twice = columns.find(({ field }, i) => !MANY.test(field) && columns.findIndex((one) => one.field === field) !== i);
  if (twice) throw new ImportFileError(`two columns are ${twice.field}`);
  const unsaid = columns.find(
    ({ header: name, field, by }) => sample === null && field === 'ignore' && by === 'guess' && mayBeNo(name),
  );
  if (unsaid)
    throw new ImportFileError(
      `the column ${unsaid.header} may say who wants no messages: say what it is (${unsaid.header}=no.email, =yes.email, =state, =objected or =said_at, or ${unsaid.header}=ignore where it is something else)`,
    );
  if (!columns.some(({ field }) => (ADDRESS_KINDS as readonly string[]).includes(field)))
    throw new ImportFileError(`no column is known to hold an address: name one, such as --map "${header[0] ?? 'Email'}=email"`);
  return columns;
}

/** For people who ask what a column can be. */
export const FIELD_WORDS = `${PLAIN.join(', ')}, no.<channel>, yes.<channel>, evidence.<place>`;

/** Headers of columns that may say when they said yes, and are not read; none where one is read for it. */
export const mayBeSaidAt = (columns: readonly Column[]): string[] =>
  columns.some(({ field }) => field === 'said_at')
    ? []
    : columns
        .filter(({ header, field, by }) => field === 'ignore' && by === 'guess' && isMoment(plainWord(header)))
        .map(({ header }) => header);
