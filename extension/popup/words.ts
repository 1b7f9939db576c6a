// Every word of the extension's own that a person reads and that stands for a code: one place, so that one test can read them all.
import type { Method } from '../../shared/consent/event.ts';
import type { Right } from '../../shared/notice/rights.ts';
import type { Channel, LawfulBasisStatement, NoticeKind, RetentionRule } from '../../shared/notice/schema.ts';
import type { Alarm, CheckProblem, FoundNotice, How, NoticeProblem, ReceiptView } from '../messages.ts';

const POLICY = 'Internal policy, not a notice';

export const NOTICE_KIND_WORDS: Record<NoticeKind, string> = {
  privacy_notice: 'Privacy notice',
  cookie_policy: 'Cookie policy',
  internal_policy: POLICY,
  processing_policy: POLICY,
};

export const BASIS_STATUS_WORDS = {
  document_only: 'Stated for the whole document, not for this activity',
  not_stated: 'Not stated',
  several: 'The notice lists several and does not say which covers what.',
  not_found: 'We did not find one',
} as const;

export const HOLDER_WORDS: Record<NonNullable<LawfulBasisStatement['holder']>, string> = {
  controller: 'the controller’s',
  third_party: 'a third party’s',
  not_stated: 'whose is not stated',
};

export const RIGHT_WORDS: Record<Right, string> = {
  informed: 'Be informed',
  access: 'See your data',
  rectification: 'Have it corrected',
  erasure: 'Have it erased',
  restriction: 'Restrict its use',
  portability: 'Take it elsewhere',
  object: 'Object',
  object_direct_marketing: 'Stop direct marketing',
  withdraw_consent: 'Withdraw consent',
  automated_decisions: 'Contest automated decisions',
  complaint: 'Complain',
  other: 'Other',
};

export const CHANNEL_WORDS: Record<Channel, string> = {
  email: 'email',
  sms: 'text message',
  push_dm: 'push or direct message',
  live_call: 'phone call',
  auto_call: 'automated call',
  post: 'post',
};

export const AFTERWARDS_WORDS: Record<NonNullable<RetentionRule['afterwards']>, string> = {
  delete: 'then deleted',
  anonymise: 'then made anonymous',
  delete_or_anonymise: 'then deleted or made anonymous',
  review: 'then reviewed',
  archive: 'then archived',
};

export const METHOD_WORDS: Record<Method, string> = {
  accept_all: 'You accepted all',
  reject_all: 'You refused all',
  save_choices: 'You saved your choices',
  withdraw: 'You withdrew',
  object: 'You objected',
  form: 'You sent a form',
  unsubscribe: 'You unsubscribed',
  extension: 'You chose through this extension',
  import: 'Taken over from another consent tool',
  api: 'This site recorded a choice of yours',
};

export const VERIFIED_WORDS: Record<ReceiptView['check']['verified'], { short: string; long: string }> = {
  true: { short: 'Verified', long: 'Everything holds, and the log key is one that the service publishes.' },
  false: { short: 'Not verified', long: 'A part of this receipt does not hold.' },
  unchecked: {
    short: 'Key not compared yet',
    long: 'Everything in the receipt holds. Its log key was not yet compared with the service’s: press Check.',
  },
};

/** What happened, what is safe, what to do. */
export const ALARM_WORDS: Record<Alarm, string> = {
  KEY_CHANGED:
    'The service does not publish the key that signed the log when you were first here. A retired key stays on its list for ever, so the key was swapped or this receipt never came from that log.',
  ROLLED_BACK:
    'The log is shorter than it was when it recorded your choice: entries that it had are gone. Your receipt is your evidence; keep it.',
  INCONSISTENT:
    'The log does not continue the one that recorded your choice: its past was changed. Your receipt is your evidence; keep it.',
  BAD_HEAD: 'The log’s present head is not signed by any key that the service publishes.',
};

export const CHECK_PROBLEM_WORDS: Record<CheckProblem, string> = {
  OFFLINE: 'You are offline. The receipt was checked by itself; check the key when you are back.',
  NOT_REACHED: 'The service did not answer. The receipt was checked by itself; try again later.',
  BAD_ANSWER: 'The service answered something that is no list of keys, head or proof. Nothing could be compared.',
  LOCAL_ADDRESS: 'The receipt names a service on your own machine or network while this site is not there. It was not asked.',
  UNKNOWN_LOG: 'The service does not list this log at all. Nothing could be compared.',
  OTHER_ORIGIN: 'This choice was made on another site than the one in view, so its key is not compared here.',
};

export const NOTICE_PROBLEM_WORDS: Record<NoticeProblem, string> = {
  OFFLINE: 'You are offline.',
  NOT_REACHED: 'The address of the notice does not answer.',
  TIMEOUT: 'The address of the notice did not answer within ten seconds.',
  BAD_STATUS: 'The address of the notice answered with an error.',
  TOO_LARGE: 'The notice is larger than 5 MB and was not read.',
  BAD_ADDRESS: 'The address of the notice is no web address.',
  REDIRECT:
    'The address of the notice sends elsewhere. Redirects are not followed, so that no page can lead this extension astray.',
  INSECURE: 'This page came over https and declares a notice over http, which anyone on the way could change. It was not read.',
  LOCAL_ADDRESS: 'This page declares a notice on your own machine or network. It was not read.',
  NOT_JSON: 'What the page declares as its notice is not JSON.',
  NOT_A_NOTICE: 'What the page declares as its notice does not have the form of one.',
  OTHER_HASH: 'The notice at this address is not the version that its address names.',
  PDF: 'This notice is a PDF, which Candour does not read. Open it to read it yourself.',
  NOT_TEXT: 'What stands at this address is no page of text, so nothing of it was read.',
  SIGN_IN_NEEDED: 'This notice is behind a sign-in. Candour asks without cookies, so it was not let in.',
  EMPTY_PAGE:
    'The page came without its text: it is put together by scripts, which Candour does not run. Open the notice and press Candour there: it then reads what you see.',
  NO_NOTICE_THERE: 'What stands at this address does not read like a privacy notice.',
  UNREADABLE_LANGUAGE:
    'Candour does not read the language of this notice yet. What is missing below was not found, which does not mean that it is not stated.',
};

/** How a notice was found, as the end of "… read from example.org". */
export const HOW_WORDS: Record<How, { short: string; long: string }> = {
  declared: {
    short: 'Declared by this page',
    long: 'The page names it with rel="privacy-policy" as data, so nothing here was guessed (confidence 1.0).',
  },
  rel: { short: 'Named by this page', long: 'The page marks this link with rel="privacy-policy".' },
  link_header: {
    short: 'Named in the answer of the server',
    long: 'The Link header of this page names it with rel="privacy-policy".',
  },
  json_ld: {
    short: 'Named in the page’s structured data',
    long: 'The structured data of this page gives it as the privacy policy.',
  },
  this_page: {
    short: 'You are reading it',
    long: 'The page in view is itself a notice; it was read as it stands there, without any request.',
  },
  footer: { short: 'Linked at the foot of this page', long: 'Found by the words of a link at the foot of the page.' },
  menu: { short: 'Linked in the menu of this page', long: 'Found by the words of a link in the menu of the page.' },
  banner: { short: 'Linked in the cookie banner', long: 'Found by the words of a link in a cookie banner.' },
  form: { short: 'Linked beside a form', long: 'Found by the words of a link in or beside a form.' },
  page: { short: 'Linked on this page', long: 'Found by the words of a link in the page’s text.' },
};

export const FOUND_KIND_WORDS: Record<FoundNotice['kind'], string> = {
  privacy: 'Privacy notice',
  cookies: 'Cookie notice',
  policy: 'Policy',
};

export const ALERT_WORDS = {
  payment: 'This page takes a payment, and nothing that was read in the notice is about payments.',
  application: 'This page takes an application, and nothing that was read in the notice is about applicants.',
} as const;

/** "90 %" of how sure a rule is. */
export const sureWords = (confidence: number): string => `${Math.round(confidence * 100)} %`;

/** Days and months as people in Britain write them; a month alone where the document gives no day. */
export function dateWords(iso: string): string {
  const date = new Date(iso.length === 7 ? `${iso}-01` : iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = iso.length === 7 ? {} : { day: 'numeric' as const };
  const zone = iso.length <= 10 ? { timeZone: 'UTC' } : {};
  return new Intl.DateTimeFormat('en-GB', { ...day, month: 'long', year: 'numeric', ...zone }).format(date);
}

export const momentWords = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));

/** "postal-address" or "date_of_birth" as words. */
export const idWords = (id: string): string => {
  const words = id.replaceAll(/[-_]/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

/** "fi" as "Finnish"; "und" as words of our own. */
export function languageWords(tag: string): string {
  if (tag === 'und') return 'Its language was not recognised.';
  try {
    return `It seems to be in ${new Intl.DisplayNames('en-GB', { type: 'language' }).of(tag) ?? tag}.`;
  } catch {
    return tag;
  }
}
