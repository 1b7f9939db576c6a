// English: every word on screen that does not come from the configuration or the notices. Each chunk carries the part that it uses.
export const words = { language: 'en', direction: 'ltr' } as const;

export const first = {
  control: 'Privacy choices',
  embed: (host: string) =>
    `Content from ${host} is not loaded yet. If you allow it, ${host} learns that you opened this page. You can withdraw at any time under “Privacy choices”.`,
  embedAllow: 'Allow and show',
} as const;

export const outcome = {
  saved: 'Your choice is saved.',
  withdrawn: 'Withdrawn. What already runs stops with the next page.',
} as const;

export const banner = {
  label: 'Privacy choices',
  title: 'Your choice about this site',
  asks: (controller: string, purposes: string) => `${controller} asks whether you agree to: ${purposes}.`,
  explains: (purposes: string) => `Unless you object, this site also uses: ${purposes}.`,
  free: 'Nothing of this is on unless you agree, and the site works either way.',
  withdraw: 'You can withdraw at any time, as easily as you agree, under “Privacy choices” on every page.',
  acceptAll: 'Accept all',
  rejectAll: 'Reject all',
  choose: 'Choose',
} as const;

export const noticeKinds: Record<string, string> = { privacy_notice: 'Privacy notice', cookie_policy: 'Cookie policy' };

export const list = (items: readonly string[]): string =>
  // No "and" before the last, which may be "videos and maps"; an abbreviation keeps its capitals.
  items.map((item) => item.replace(/^[A-Z](?=[^A-Z])/, (letter) => letter.toLowerCase())).join(', ');

export const marketing = {
  channels: {
    email: 'Email',
    sms: 'Text message',
    push_dm: 'Direct message or notification',
    live_call: 'Phone call from a person',
    auto_call: 'Automated phone call',
    post: 'Post',
  } as Record<string, string>,
  box: (channel: string, sender: string) => `${channel} from ${sender}`,
  free: 'Ticking a box is up to you; what you send here does not depend on it.',
} as const;
