import * as v from 'valibot';
import { expect, it } from 'vitest';

import { PrivacyNotice, type PrivacyNoticeInput } from '../shared/notice/schema.ts';
import { cookiePolicy } from '../test/support/service.ts';
import { defaultConfiguration } from './default-configuration.ts';

type Activity = PrivacyNoticeInput['activities'][number];
const newsletter: Activity = {
  id: 'newsletter',
  title: 'Our newsletter',
  source: { from: 'data_subject', statement: 'You give us your address.' },
  purposes: [{ text: 'telling you of offers', kind: 'marketing' }],
  lawfulBases: [{ basis: 'consent', statement: 'Only with your consent.' }],
  marketing: { channels: ['email', 'sms'], howToStop: ['Each message has a link.'], statement: 'By email and text message.' },
};
const statistics = cookiePolicy.activities[0] as Activity;
const configured = (kind: 'privacy_notice' | 'cookie_policy', ...activities: Activity[]) => {
  const notice = v.parse(PrivacyNotice, { ...cookiePolicy, kind, activities });
  const { purposes, marketing } = defaultConfiguration({ [kind]: notice });
  return { purposes: purposes.map(({ id }) => id), marketing: marketing.map(({ activity, channels }) => [activity, channels]) };
};

it.each(['privacy_notice', 'cookie_policy'] as const)(
  'R33 direct marketing of a %s is asked for in a form, by channel and sender, and not in the banner',
  (kind) => {
    expect(configured(kind, statistics, newsletter)).toEqual({
      purposes: ['statistics'],
      marketing: [['newsletter', ['email', 'sms']]],
    });
  },
);

it('a notice of direct marketing alone has nothing to ask in a banner', () => {
  expect(configured('privacy_notice', newsletter).purposes).toEqual([]);
});

it('marketing without a channel is neither for the banner nor for a form', () => {
  const vague = { ...newsletter, marketing: null };
  expect(configured('privacy_notice', statistics, vague)).toEqual({ purposes: ['statistics'], marketing: [] });
});

it('marketing by what is on the device waits for the banner’s choice', () => {
  const pixels = { ...newsletter, marketing: null, source: { from: 'device' as const, statement: 'A cookie.' } };
  expect(configured('privacy_notice', statistics, pixels).purposes).toEqual(['statistics', 'marketing']);
});

it('a notice that says that there is no direct marketing gets no opt-in', () => {
  const never = {
    ...statistics,
    marketing: { never: true as const, channels: ['email' as const], statement: 'We send nothing.' },
  };
  expect(configured('privacy_notice', never)).toEqual({ purposes: ['statistics'], marketing: [] });
});
