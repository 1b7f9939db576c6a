// Why somebody may be written to, or not, in words.
import { capital, plain } from '../words.ts';
import type { Permission } from './marketing-api.ts';

const WHY: Record<string, string> = {
  ended: 'They said no.',
  suppressed: 'They said no: it stands on the suppression list.',
  declined: 'They were asked and did not tick the box.',
  unconfirmed: 'They ticked the box; the mail that asks for a confirmation is not answered yet.',
  evidence_missing: 'A reason is stated, and evidence for it is missing.',
  not_stated: 'Nobody has stated a reason.',
  restricted: 'Their data is restricted.',
  no_address: 'There is no address to write to.',
  hash_only: 'Only a fingerprint of the address is kept.',
};
const REASON: Record<string, string> = {
  consent: 'They consented.',
  soft_opt_in: 'An existing customer (soft opt-in).',
  charity_soft_opt_in: 'A supporter of the charity (soft opt-in).',
  corporate_subscriber: 'A company or the like holds the mailbox or line.',
  no_pecr_rule: 'No rule of PECR asks for consent.',
};

export const whyWords = (why: string): string => WHY[why] ?? capital(plain(why));
export const reasonWords = (reason = ''): string => REASON[reason] ?? capital(plain(reason));
export const answerWords = ({ may, reason, why }: Permission): string => (may ? reasonWords(reason) : whyWords(why ?? ''));

const CHANNELS: Record<string, string> = {
  email: 'Email',
  sms: 'Text message',
  push_dm: 'Push or direct message',
  live_call: 'Phone call',
  auto_call: 'Automated call',
  post: 'Post',
};
export const ALL_CHANNELS = Object.keys(CHANNELS);
export const channelWords = (channel: string): string => CHANNELS[channel] ?? plain(channel);
