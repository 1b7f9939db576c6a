// Words for the issues of a notice: facts about its text, neutral, never a verdict on the organisation (R81). Data, so that
// the notice page, the extension and `notice lint` say the same.

export interface IssueWords {
  title: string;
  /** What it means for someone who reads the notice. */
  explanation: string;
}

export const ISSUE_WORDS = {
  BASIS_MISSING: {
    title: 'No lawful basis stated',
    explanation: 'The whole document was read and gives no lawful basis for this activity.',
  },
  BASIS_PREAMBLE_ONLY: {
    title: 'Lawful basis stated for the whole document only',
    explanation:
      'The document names lawful bases for all that it covers and does not say which of them belongs to this activity.',
  },
  BASIS_PARTIAL: {
    title: 'Lawful basis stated for a part',
    explanation: 'A lawful basis is stated for some purposes of this activity; for the others none is.',
  },
  BASIS_LIST_GENERIC: {
    title: 'Lawful bases listed, none applied',
    explanation: 'The document recites lawful bases that the law knows, and applies none of them to an activity.',
  },
  BASIS_NOT_IN_REGIME: {
    title: 'Lawful basis unknown to the law named',
    explanation: 'The lawful basis stated exists in UK law only, and the document names another law or no condition for it.',
  },
  CONTRACT_NOT_WITH_SUBJECT: {
    title: 'The contract is with someone else',
    explanation: 'A contract is named that the person whose data is used is no party to, such as one with their employer.',
  },
  LI_TERM_AS_CONTENT: {
    title: '"Legitimate interest" used in another sense',
    explanation: 'The words describe what a message is about or whom it interests, not the lawful basis of that name.',
  },
  CONSENT_BUNDLED: {
    title: 'One box for several things',
    explanation: 'A single tick stands for agreeing to something and for more besides, such as having read the notice.',
  },
  CONSENT_AND_OPT_OUT: {
    title: 'Consent and opt-out for the same thing',
    explanation: 'One sentence asks for consent, another offers only a way to refuse.',
  },
  OPT_OUT_BOX: {
    title: 'A box that is ticked to refuse',
    explanation: 'Not ticking the box counts as no objection. It is recorded here as an opt-out, never as consent.',
  },
  PECR_MARKETING_BASIS_MISSING: {
    title: 'No rule named for electronic marketing',
    explanation: 'Marketing messages have rules of their own (PECR). The document does not say which of them it follows.',
  },
  MARKETING_STOP_MISSING: {
    title: 'No way to stop marketing described',
    explanation: 'Marketing is a purpose here and this part of the document does not say how to stop it.',
  },
  SPECIAL_CONDITION_MISSING: {
    title: 'No condition for special category data',
    explanation: 'Data such as health data needs a condition of Article 9 besides a lawful basis. The document names none.',
  },
  CRIMINAL_CONDITION_MISSING: {
    title: 'No condition for criminal offence data',
    explanation: 'Criminal records fall under Article 10. The document does not name what it relies on.',
  },
  RETENTION_MISSING: {
    title: 'No retention period stated',
    explanation: 'The document does not say how long data of this activity is kept.',
  },
  RETENTION_NO_ANCHOR: {
    title: 'A period without a beginning',
    explanation: 'A length of time is given without the event from which it runs, so no end can be computed.',
  },
  RETENTION_CONFLICT: {
    title: 'Retention statements that do not fit together',
    explanation: 'Two statements on how long data is kept, or on when it is reviewed, lead to different answers.',
  },
  RETENTION_CRITERIA_ONLY: {
    title: 'Retention by criteria only',
    explanation: 'The document says by which criteria data is kept and gives no period.',
  },
  RETENTION_REF_BROKEN: {
    title: 'Retention period in a document that cannot be found',
    explanation: 'The period is left to another document, and the reference to it leads nowhere.',
  },
  RETENTION_LAW_REPEALED: {
    title: 'Retention period explained with replaced law',
    explanation: 'The reason given for a period cites legislation that has been replaced since.',
  },
  DEADLINE_CONFLICT: {
    title: 'Different deadlines for a request',
    explanation: 'The document gives more than one time or fee for the same request. The deadline of the law counts.',
  },
  BREACH_DEADLINE_CONFLICT: {
    title: 'Different deadlines after a breach',
    explanation: 'The document gives more than one time in which a personal data breach is notified.',
  },
  DATE_MISSING: { title: 'No date given', explanation: 'The document gives no date, so its age cannot be told.' },
  REF_BROKEN: {
    title: 'A link that leads nowhere',
    explanation: 'The document refers to another that cannot be reached from it.',
  },
  TEXT_INCOMPLETE: { title: 'A sentence breaks off', explanation: 'A part of a sentence is missing in the text as published.' },
  INDEX_INCOMPLETE: {
    title: 'Table of contents does not list everything',
    explanation: 'The document describes more activities than its own list of them names.',
  },
  CONTACT_HIDDEN: {
    title: 'Contact address hidden',
    explanation: 'The page hides an e-mail address or links to nothing. It is not reconstructed here.',
  },
  CONTROLLER_NOT_IDENTIFIED: {
    title: 'Legal name of the controller not given',
    explanation: 'The document uses a short name or brand and does not say which legal entity it is.',
  },
  IDENTITY_SEVERAL_NAMES: {
    title: 'Several names for one organisation',
    explanation: 'Company, brand and website go by different names in the document.',
  },
  AUTHORITY_NOT_NAMED: {
    title: 'Supervisory authority not named',
    explanation: 'A right to complain to the supervisory authority is mentioned without saying which authority it is.',
  },
  COMPLAINT_ROUTE_MISSING: {
    title: 'No way to complain described',
    explanation: 'The document does not say how to complain, to the organisation or to the supervisory authority.',
  },
  COMPLAINT_ROUTES_DIFFER: {
    title: 'Different addresses for complaints',
    explanation: 'The document gives more than one address for the same complaint.',
  },
  COMPLAINT_ROUTE_OUTDATED: {
    title: 'Complaint route of older law',
    explanation: 'The document cites Article 77. In the United Kingdom complaints go to the controller first since June 2026.',
  },
  TRANSFER_IMPLIED_NOT_STATED: {
    title: 'Transfer to another country follows from the text',
    explanation: 'A recipient in another country is named, and neither a transfer nor a safeguard is stated.',
  },
  TRANSFER_RULE_OUTDATED: {
    title: 'Older description of where data may go',
    explanation: 'The document describes the European Economic Area or the rules for transfers as they were in an earlier year.',
  },
  LAW_REPEALED: {
    title: 'Refers to replaced law',
    explanation: 'The document cites legislation that has been replaced since.',
  },
  OTHER_PEOPLES_DATA: {
    title: "Other people's data",
    explanation: 'The activity takes in data about people who did not provide it; how they are told is not said.',
  },
  NOT_A_NOTICE: {
    title: 'Internal policy, not a notice',
    explanation: 'The document states rules for handling data. It was not written to tell people what happens with theirs.',
  },
} as const satisfies Record<string, IssueWords>;
export type IssueCode = keyof typeof ISSUE_WORDS;

/** The words of a code; a code that this version does not know is shown as itself. */
export const issueWords = (code: string): IssueWords =>
  Object.hasOwn(ISSUE_WORDS, code)
    ? ISSUE_WORDS[code as IssueCode]
    : { title: code.replaceAll('_', ' ').toLowerCase(), explanation: 'The notice names this issue itself.' };
