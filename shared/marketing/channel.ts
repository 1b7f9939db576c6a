// What each channel of direct marketing is in law: which kind of address it reaches, and on which grounds it may be used.
// Sources: Privacy and Electronic Communications Regulations 2003 (PECR) regs. 19, 21, 22; for post there is no rule in them.
import type { Channel } from '../notice/schema.ts';

export const ADDRESS_KINDS = ['email', 'phone', 'handle', 'post'] as const;
export type AddressKind = (typeof ADDRESS_KINDS)[number];

export const REASONS = [
  'consent',
  'soft_opt_in',
  'charity_soft_opt_in',
  'corporate_subscriber',
  'no_pecr_rule',
  'not_stated',
] as const;
export type Reason = (typeof REASONS)[number];

export interface ChannelFacts {
  address: AddressKind;
  /** What can allow it, where its evidence is there. */
  reasons: readonly Reason[];
  source: string;
}

const ELECTRONIC_MAIL = {
  reasons: ['consent', 'soft_opt_in', 'charity_soft_opt_in', 'corporate_subscriber'],
  source: 'PECR reg. 22',
} as const;

export const CHANNEL_FACTS: Record<Channel, ChannelFacts> = {
  email: { address: 'email', ...ELECTRONIC_MAIL },
  sms: { address: 'phone', ...ELECTRONIC_MAIL },
  push_dm: { address: 'handle', ...ELECTRONIC_MAIL },
  live_call: { address: 'phone', reasons: ['consent', 'no_pecr_rule'], source: 'PECR reg. 21' },
  auto_call: { address: 'phone', reasons: ['consent'], source: 'PECR reg. 19' },
  post: { address: 'post', reasons: ['consent', 'no_pecr_rule'], source: 'UK GDPR and GDPR Art. 6, 21(2)' },
};

/** Who holds the line or the mailbox. */
export const SUBSCRIBERS = [
  'individual',
  'sole_trader',
  'partnership',
  'company',
  'limited_liability_partnership',
  'scottish_partnership',
  'public_body',
  'unknown',
] as const;
export type Subscriber = (typeof SUBSCRIBERS)[number];

const CORPORATE: ReadonlySet<Subscriber> = new Set([
  'company',
  'limited_liability_partnership',
  'scottish_partnership',
  'public_body',
]);

/** As PECR reg. 2 tells them apart. Whoever is not known is an individual. */
export const subscriberType = (subscriber: Subscriber): 'individual' | 'corporate' =>
  CORPORATE.has(subscriber) ? 'corporate' : 'individual';
