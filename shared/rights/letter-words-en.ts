// The letters in English.
import { LAWFUL_BASES, LAWFUL_BASIS_FACTS, type LawfulBasis } from '../notice/lawful-basis.ts';
import type { LetterWords } from './letter-words.ts';
import { REQUEST_KIND_FACTS } from './request.ts';

const label = (kind: keyof typeof REQUEST_KIND_FACTS): string => REQUEST_KIND_FACTS[kind].label;

export const english: LetterWords = {
  itself: 'English',
  labels: {
    access: label('access'),
    erasure: label('erasure'),
    objection: label('objection'),
    direct_marketing_objection: label('direct_marketing_objection'),
    withdrawal: label('withdrawal'),
    portability: label('portability'),
    complaint_controller: 'Complain to the controller',
    complaint_authority: 'Complain to the supervisory authority',
  },
  texts: {
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
  },
  documents: {
    privacy_notice: 'privacy notice',
    cookie_policy: 'cookie policy',
    internal_policy: 'policy',
    processing_policy: 'policy',
  },
  dpo: 'Data protection officer',
  dearDpo: 'Dear data protection officer,',
  dear: (name) => `Dear ${name},`,
  dearAll: 'Dear Sir or Madam,',
  closing: 'Yours faithfully,',
  quote: (text) => `“${text}”`,
  missing: { whole: 'not stated', not_read: 'not found' },
  someController: (missing, document) => `the controller (${missing} in the ${document})`,
  someSubject: (missing) => `controller ${missing}`,
  bases: Object.fromEntries(LAWFUL_BASES.map((basis) => [basis, LAWFUL_BASIS_FACTS[basis].label.toLowerCase()])) as Record<
    LawfulBasis,
    string
  >,
  article: (article) => article,
  laws: { uk: 'UK GDPR', eu: 'GDPR', unknown: 'GDPR or UK GDPR' },
  britishComplaint: {
    controller: 'section 164A of the Data Protection Act 2018',
    authority: 'section 165 of the Data Protection Act 2018',
  },
  marketing: 'direct marketing',
  wholeOnly: 'stated for the whole document only',
  usesAre: (document) => `This is about, as your ${document} says:`,
  more: (count) => `and ${count} more`,
  told: (document, quote, whose) => `${whose === 'its' ? 'Its' : 'Your'} ${document} says of this right: ${quote}`,
  aboutAre: 'In particular about:',
  basisOf: (bases) => `lawful basis: ${bases}`,
  withdraw: 'As far as it rests on my consent, I withdraw that consent.',
  and: 'and',
  or: 'or',
  always: 'You have this right whatever the basis.',
  complaintAlways: 'You can complain to an authority whatever the basis.',
  complaintUk: 'In the United Kingdom the controller has to take complaints and acknowledge them within 30 days.',
  complaintEu: 'A complaint to the controller with a period of its own is part of UK law only.',
  complaintUnknown:
    'It is part of UK law only, and the document does not say whose law it follows. Choose it above if it is the United Kingdom’s.',
  marketingWhy: 'It is used for direct marketing, to which you can object whatever the basis.',
  marketingWhyNot: {
    whole: 'The document does not say that this is used for direct marketing.',
    not_read: 'We did not find that this is used for direct marketing.',
  },
  follows: (bases) => `It follows from ${bases}.`,
  followsWhole: (bases) =>
    `Stated for the whole document, not for this use: ${bases}. Where it is the basis here, it gives you this right.`,
  unstated: {
    whole: 'The document states no lawful basis for this',
    not_read: 'We did not find a lawful basis for this',
  },
  depends: (unstated, giving) => `${unstated}, and this right depends on it: it follows from ${giving}.`,
  statesWhole: (whole, giving) => `It states ${whole} for the whole document; this right follows from ${giving}.`,
  restsOn: (own, giving) => `It rests on ${own}; this right follows from ${giving}.`,
  restsOnPortability: (own) => `It rests on ${own}; portability follows from consent or contract only (Art. 20(1)(a)).`,
};
