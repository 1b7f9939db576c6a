// What each letter says: texts with places for the facts of a notice. A fact that the notice does not give is said to be "not stated";
// who writes, and what only they know, stays open. Nothing here claims that anything is against the law.
import { LAWFUL_BASIS_FACTS } from '../notice/lawful-basis.ts';
import type { NoticeKind, PrivacyNotice } from '../notice/schema.ts';
import type { Addressee, Ground, Letter, LetterKind, Searched } from './letters.ts';

interface LetterText {
  subject: string;
  /** Paragraphs; one whose only place is empty is left out. */
  body: readonly string[];
}

/** Places: {controller}, {document}, {source}, {uses}, {about}, {told}, {withdraw}, {contact}. What stands in [ ] only the person knows. */
const LETTER_TEXTS: Record<LetterKind, LetterText> = {
  access: {
    subject: 'Request for access to my personal data',
    body: [
      'I ask {controller} for access to my personal data under {source}.',
      'Please tell me whether you process data about me and send me a copy of it, with what it is used for, on which lawful basis, where it came from, who received it, where it was transferred to and how long it is kept.',
      '{told}',
      '{about}',
      'Please answer without undue delay and at the latest within one month.',
    ],
  },
  erasure: {
    subject: 'Request to erase my personal data',
    body: [
      'I ask {controller} to erase my personal data under {source}.',
      '{uses}',
      '{withdraw}',
      '{told}',
      'If you keep a part of it, please tell me which, for how long and under which exception. Please tell those who received it, and answer me without undue delay and at the latest within one month.',
    ],
  },
  objection: {
    subject: 'Objection to the use of my personal data',
    body: [
      'I object to the use of my personal data by {controller} under {source}.',
      '{uses}',
      'The reasons that arise from my situation: [your reasons]',
      '{told}',
      'Please stop while you look at this, and tell me the outcome without undue delay and at the latest within one month.',
    ],
  },
  direct_marketing_objection: {
    subject: 'Objection to direct marketing',
    body: [
      'I object to the use of my personal data for direct marketing by {controller}, on every channel, under {source}.',
      '{uses}',
      '{told}',
      'Please stop at once and keep what is needed to remember this. No reason is needed for this objection.',
    ],
  },
  withdrawal: {
    subject: 'Withdrawal of my consent',
    body: [
      'I withdraw my consent to the use of my personal data by {controller} under {source}.',
      '{uses}',
      '{told}',
      'Please stop what rests on this consent, tell those who received the data, and confirm this to me.',
    ],
  },
  portability: {
    subject: 'Request for my data in a form that programs can read',
    body: [
      'I ask {controller} for the personal data that I provided, in a structured, commonly used and machine-readable format, under {source}.',
      '{uses}',
      '{told}',
      'Please answer without undue delay and at the latest within one month.',
    ],
  },
  complaint_controller: {
    subject: 'Complaint about the use of my personal data',
    body: [
      'I complain under {source} about how {controller} handles my personal data.',
      'What happened: [what, and when]',
      'What I ask for: [what should be done]',
      '{told}',
      'Please acknowledge this complaint within 30 days, and tell me the outcome without undue delay.',
    ],
  },
  complaint_authority: {
    subject: 'Complaint about the use of my personal data',
    body: [
      'I complain to you under {source} about how {controller} handles my personal data.',
      'What happened: [what, and when]',
      'What I asked of the controller, and the answer: [what, and when]',
      'The controller’s contact details in its {document}: {contact}.',
      '{told}',
    ],
  },
};

const DOCUMENTS: Record<NoticeKind, string> = {
  privacy_notice: 'privacy notice',
  cookie_policy: 'cookie policy',
  internal_policy: 'policy',
  processing_policy: 'policy',
};

const MOST_USES = 12;
const MOST_QUOTED = 2;
/** In characters; what is longer is cut, and seen to be. */
const NAME = 120;
const QUOTE = 300;

const UNSEEN = /\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]|[\uD800-\uDFFF]/gu;
const SPACE = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** What others wrote, as words within a line: no line of its own, nothing that reorders or hides, no more than `most` characters. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(UNSEEN, '').replace(SPACE, ' ').trim();
  if (line.length <= most) return line;
  // Never half a character.
  return `${line
    .slice(0, most - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}

const missing = (searched: Searched): string => (searched === 'whole' ? 'not stated' : 'not found');

const basisWords = ({ basis, scope }: Ground): string => {
  if (basis === null) return 'direct marketing';
  const { label, article } = LAWFUL_BASIS_FACTS[basis];
  return `${label.toLowerCase()}, ${article}${scope === 'document' ? ', stated for the whole document only' : ''}`;
};

function usesText(grounds: readonly Ground[], document: string): string {
  if (grounds.length === 0) return '';
  const quoted = grounds.length <= MOST_QUOTED;
  const lines = grounds.slice(0, MOST_USES).map((ground) => {
    const quote = quoted && ground.quote !== null ? oneLine(ground.quote, QUOTE) : '';
    return `- ${oneLine(ground.activity.title, NAME)} (${basisWords(ground)})${quote ? `: “${quote}”` : ''}`;
  });
  const more = grounds.length - lines.length;
  return [`This is about, as your ${document} says:`, ...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

const toldText = (notice: PrivacyNotice, letter: Letter, document: string): string => {
  const [list, index] = letter.told?.split('/') ?? [];
  const fact = (list === 'rights' ? notice.rights : list === 'complaints' ? notice.complaints : [])[Number(index)];
  const quote = fact ? oneLine(fact.evidence?.quote ?? fact.statement, QUOTE) : '';
  const whose = letter.kind === 'complaint_authority' ? 'Its' : 'Your';
  return quote ? `${whose} ${document} says of this right: “${quote}”` : '';
};

/** What an access letter asks about: the uses that the person looks at, with what is said of their basis. */
function aboutText(notice: PrivacyNotice, about: readonly number[], searched: Searched): string {
  if (about.length === 0 || about.length === notice.activities.length) return '';
  const lines = about.slice(0, MOST_USES).flatMap((index) => {
    const activity = notice.activities[index];
    if (!activity) return [];
    const bases = [...new Set(activity.lawfulBases.map(({ basis }) => LAWFUL_BASIS_FACTS[basis].label.toLowerCase()))];
    return [`- ${oneLine(activity.title, NAME)} (lawful basis: ${bases.join(', ') || missing(searched)})`];
  });
  const more = about.length - lines.length;
  return ['In particular about:', ...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

function greeting({ who, name }: Addressee): string {
  if (who === 'dpo') return 'Dear data protection officer,';
  return name ? `Dear ${oneLine(name, NAME)},` : 'Dear Sir or Madam,';
}

export interface LetterDraft {
  subject: string;
  text: string;
}

/** The letter as it is first shown; the person changes it, and adds who they are. */
export function draftOf(
  notice: PrivacyNotice,
  letter: Letter,
  about: readonly number[],
  searched: Searched = 'whole',
): LetterDraft {
  const document = DOCUMENTS[notice.kind];
  const controller = oneLine(notice.controller.legalName || notice.controller.name, NAME);
  const contact = notice.controller.contacts.flatMap(({ value }) => (value === null ? [] : oneLine(value, NAME))).slice(0, 3);
  const facts: Record<string, string> = {
    controller: controller || `the controller (${missing(searched)} in the ${document})`,
    document,
    source: letter.source,
    uses: usesText(letter.grounds, document),
    told: toldText(notice, letter, document),
    about: aboutText(notice, about, searched),
    contact: contact.join('; ') || missing(searched),
    withdraw: letter.grounds.some(({ basis }) => basis === 'consent')
      ? 'As far as it rests on my consent, I withdraw that consent.'
      : '',
  };
  // In one pass, so that what a notice says is never taken for a place.
  const fill = (text: string): string => text.replace(/\{([a-z]+)\}/g, (_place, name: string) => facts[name] ?? '');
  const { subject, body } = LETTER_TEXTS[letter.kind];
  const paragraphs = [greeting(letter.to), ...body.map(fill).filter((paragraph) => paragraph !== ''), 'Yours faithfully,'];
  return { subject: `${subject}: ${controller || `controller ${missing(searched)}`}`, text: paragraphs.join('\n\n') };
}

/** The text with the name under it; without one it ends where the name would stand. */
export const signed = (text: string, name: string): string => {
  const line = oneLine(name, NAME);
  return line ? `${text.trimEnd()}\n\n${line}\n` : `${text.trimEnd()}\n`;
};
