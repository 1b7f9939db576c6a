// A small privacy notice that uses each part of the schema once, for tests of what shows notices.
import * as v from 'valibot';

import { PrivacyNotice, type PrivacyNoticeInput } from '../../shared/notice/schema.ts';

const input: PrivacyNoticeInput = {
  schema: 1,
  kind: 'privacy_notice',
  title: 'Privacy at Example Bicycles',
  language: 'en',
  version: '2',
  date: '2026-03',
  regimes: ['UK GDPR'],
  controller: {
    name: 'Example Bicycles',
    legalName: 'Example Bicycles Ltd',
    statement: 'Example Bicycles Ltd decides why and how your data is used.',
    contacts: [{ role: 'controller', kind: 'email', value: null }],
  },
  dpo: {
    role: 'Data protection officer',
    statement: 'Write to the data protection officer.',
    contacts: [{ role: 'dpo', kind: 'url', value: 'https://bicycles.example/dpo' }],
  },
  documentBases: [
    {
      basis: 'legitimate_interests',
      statement: 'Unless we say otherwise we rely on our legitimate interests.',
      interest: 'running the shop',
      holder: 'controller',
    },
  ],
  rights: [{ right: 'access', statement: 'You may ask for a copy of your data.', route: 'By letter.' }],
  authority: { name: "Information Commissioner's Office", statement: 'You may complain to the Information Commissioner.' },
  activities: [
    {
      id: 'enquiries',
      title: 'Answering enquiries',
      audience: 'People who write to us',
      dataCategories: [{ name: 'Name' }, { name: 'Health', class: 'special', notCollected: true }],
      purposes: [{ text: 'Answering you', kind: 'service' }],
      lawfulBases: [
        {
          basis: 'legitimate_interests',
          statement: 'We answer because it is in our interest.',
          interest: 'answering people',
          holder: 'controller',
        },
        { basis: 'contract', statement: 'Where you ask for an offer, we take steps before a contract.', steps: true },
      ],
      recipients: [{ name: 'Advertisers', negative: true }],
      retention: [
        {
          statement: 'We keep enquiries for a year after the last message.',
          rule: { type: 'after_event', period: 'P1Y', bound: 'exact', anchor: 'last-contact' },
          afterwards: 'delete',
        },
      ],
      appliesTo: { urls: ['/contact'] },
    },
    {
      id: 'newsletter',
      title: 'Newsletter',
      purposes: [{ text: 'Telling you about offers', kind: 'marketing' }],
      lawfulBases: [{ basis: 'consent', statement: 'We send the newsletter only with your consent.' }],
      marketing: { statement: 'We send offers by email.', channels: ['email'], howToStop: ['Link in each message'] },
      appliesTo: { fields: [['email']] },
    },
    {
      id: 'deliveries',
      title: 'Deliveries',
      lawfulBases: [],
      lawfulBasisNote: 'It says that data is processed fairly.',
      appliesTo: { urls: ['/orders/*'] },
    },
  ],
  issues: [
    { code: 'BASIS_PREAMBLE_ONLY', activity: 'deliveries', statement: 'For deliveries only the opening sentence names a basis.' },
  ],
};

export const exampleNotice: PrivacyNotice = v.parse(PrivacyNotice, input);

/** The same without bases for the document: what is not stated is then stated nowhere. */
export const silentNotice: PrivacyNotice = { ...exampleNotice, documentBases: [], version: null, date: null, issues: [] };

/** The same as an organisation's instruction to its own people. */
export const examplePolicy: PrivacyNotice = { ...exampleNotice, kind: 'internal_policy', title: 'Data protection policy' };
