// Notices for tests: the smallest that is valid, and one with every kind of fact.
import * as v from 'valibot';

import { PrivacyNotice, type PrivacyNoticeInput } from './schema.ts';

export const smallNotice = (): PrivacyNoticeInput => ({
  schema: 1,
  kind: 'privacy_notice',
  title: 'Privacy notice',
  language: 'en',
  version: null,
  date: null,
  controller: { name: 'Example Ltd', legalName: null, statement: 'Example Ltd decides.' },
  authority: null,
  activities: [{ id: 'newsletter', title: 'Newsletter', lawfulBases: [] }],
});

const everyRule: NonNullable<PrivacyNoticeInput['retention']> = [
  {
    statement: 'After.',
    rule: { type: 'after_event', period: 'P7Y', bound: 'max', anchor: 'last-contact' },
    afterwards: 'delete',
    covers: 'CVs',
  },
  {
    statement: 'Min.',
    rule: { type: 'after_event', period: 'P6M', bound: 'min', anchor: null },
    onlyIf: 'fewer than 20',
    reason: 'A law',
  },
  {
    statement: 'While.',
    rule: { type: 'while', condition: 'engaged' },
    followedBy: { type: 'after_event', period: 'P1Y', bound: 'max', anchor: 'last-contact' },
  },
  { statement: 'Until.', rule: { type: 'until_event', event: 'project-end' }, holder: 'Staff' },
  { statement: 'Fixed.', rule: { type: 'fixed', period: 'P40Y', bound: 'exact' }, reviewEvery: 'P10Y' },
  { statement: 'Criteria.', rule: { type: 'criteria', criteria: 'As needed' } },
  { statement: 'Reference.', rule: { type: 'reference', to: 'A policy' } },
];

export const fullNotice = (): PrivacyNotice =>
  v.parse(PrivacyNotice, {
    ...smallNotice(),
    version: '3',
    date: '2026-05',
    about: 'Made for tests.',
    scope: 'Everything.',
    regimes: ['UK GDPR', 'PECR'],
    controller: {
      name: 'Example Ltd',
      legalName: 'Example Limited',
      aliases: ['Example'],
      contacts: [{ role: 'controller', kind: 'email', value: null, note: 'hidden by the site' }],
      statement: 'Example Ltd decides.',
    },
    representative: {
      name: 'Example EU',
      contacts: [{ role: 'other', kind: 'post', value: '1 Street' }],
      statement: 'In the EU.',
    },
    dpo: { role: 'Data protection officer', statement: 'There is one.' },
    documentBases: [{ basis: 'legal_obligation', statement: 'The law, in general.' }],
    rights: [
      { right: 'access', statement: 'You can see it.', route: 'Write', deadline: 'P1M', fee: 'Free', formats: ['.csv'] },
      { right: 'complaint', statement: 'You can complain.' },
    ],
    authority: {
      name: 'Information Commissioner’s Office',
      contacts: [{ role: 'authority', kind: 'url', value: 'ico.org.uk' }],
      statement: 'The ICO.',
    },
    complaints: [{ to: 'authority', statement: 'Complain to the ICO.' }],
    transfers: [{ to: 'United States', mechanism: null, statement: 'Data goes to the United States.' }],
    recipients: [
      { name: 'Nobody else', negative: true },
      { name: 'A bank', note: 'for payment' },
    ],
    retention: everyRule,
    automatedDecisions: { used: false, statement: 'No automated decisions.' },
    linkedDocuments: [{ title: 'Terms', href: null }],
    activities: [
      {
        id: 'newsletter',
        title: 'Newsletter',
        audience: 'Readers',
        dataCategories: [
          { name: 'IP address', notCollected: true },
          { name: 'Email' },
          { name: 'Diet', class: 'special' },
          { name: 'Record', class: 'criminal' },
        ],
        source: { from: 'employer', statement: 'Your employer sends it.' },
        purposes: (
          ['service', 'statistics', 'appearance', 'security', 'marketing', 'advertising', 'hr', 'legal', 'other'] as const
        ).map((kind) => ({ text: `For ${kind}`, kind })),
        lawfulBases: [
          {
            basis: 'consent',
            statement: 'You agreed.',
            limitedTo: { purposes: ['For marketing'], data: ['Email'], stage: 'First' },
          },
          { basis: 'contract', statement: 'We have a contract.' },
          { basis: 'contract', statement: 'You asked first.', steps: true },
          { basis: 'legal_obligation', statement: 'The law says so.' },
          { basis: 'vital_interests', statement: 'Life.' },
          { basis: 'public_task', statement: 'A task.' },
          { basis: 'recognised_legitimate_interests', statement: 'An emergency.', condition: 'Emergency' },
          { basis: 'legitimate_interests', statement: 'We sell.', interest: 'Selling', holder: 'controller' },
          {
            basis: 'legitimate_interests',
            statement: 'They sell.',
            interest: 'Selling',
            holder: 'third_party',
            holderName: 'Parent',
          },
          { basis: 'legitimate_interests', statement: 'Somebody sells.', holder: 'not_stated' },
          { basis: 'legitimate_interests', statement: 'Interests.' },
        ],
        lawfulBasisNote: 'There is more.',
        recipients: [{ name: 'Advertisers', negative: true }, { name: 'A mailer' }],
        transfers: [{ to: 'India', mechanism: 'Standard clauses', statement: 'Data goes to India.' }],
        retention: everyRule,
        marketing: { channels: ['email'], howToStop: ['The link'], statement: 'We write to you.' },
        automatedDecisions: { used: true, statement: 'A machine decides.' },
        devicePermissions: [{ name: 'CAMERA', statement: 'The camera reads codes.' }],
        appliesTo: { urls: ['/newsletter'], pageTypes: ['newsletter'], fields: [['email']] },
      },
      { id: 'silent', title: 'A silent one', lawfulBases: [] },
    ],
    issues: [{ code: 'BASIS_PREAMBLE_ONLY', activity: 'silent', statement: 'For the document only.' }],
  });
