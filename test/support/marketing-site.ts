// A site that asks for marketing: two senders, one of whom has e-mail addresses confirmed, and a purpose for direct marketing.
import type { PrivacyNoticeInput } from '../../shared/notice/schema.ts';

export const marketingNotice: PrivacyNoticeInput = {
  schema: 1,
  kind: 'privacy_notice',
  title: 'Privacy at Example',
  language: 'en',
  version: '1',
  date: '2026-11-01',
  controller: { name: 'Example Ltd', legalName: 'Example Limited', statement: 'Example Ltd is responsible for this site.' },
  authority: null,
  activities: [
    {
      id: 'newsletter',
      title: 'Newsletter',
      purposes: [{ text: 'news of the shop', kind: 'marketing' }],
      lawfulBases: [{ basis: 'consent', statement: 'We write to you only with your consent.' }],
      marketing: {
        channels: ['email', 'sms', 'live_call', 'post'],
        howToStop: ['Each message says how to stop.'],
        statement: 'We write to you by the channels that you ticked. Each message says how to stop.',
      },
    },
    {
      id: 'offers',
      title: 'Offers to customers',
      purposes: [{ text: 'offers', kind: 'marketing' }],
      lawfulBases: [{ basis: 'legitimate_interests', interest: 'selling', statement: 'We choose offers for you.' }],
    },
  ],
};

export const marketingConfiguration = {
  jurisdiction: 'GB',
  languages: ['en'],
  purposes: [
    {
      id: 'offers',
      kind: 'marketing',
      label: 'Offers',
      description: 'We choose offers for you.',
      activity: { notice: 'privacy_notice', activity: 'offers' },
    },
  ],
  marketing: [
    {
      activity: 'newsletter',
      label: 'Our newsletter',
      senders: [
        { id: 'acme', name: 'Acme Limited' },
        { id: 'careful', name: 'Careful Limited', doubleOptIn: true },
      ],
      channels: ['email', 'sms', 'live_call', 'post'],
      howToStop: 'Each message says how to stop.',
    },
  ],
};

export const MARKETING = { notices: [marketingNotice], configuration: marketingConfiguration };
