// The words on screen, English. `first` travels with the first chunk, the rest with the interface; purposes, bases and retention
// come from the configuration and the notices.
export const words = { language: 'en', direction: 'ltr' } as const;

export const first = {
  control: 'Privacy choices',
  embed: (host: string) =>
    `Content from ${host || 'another site'} is not loaded here. If you allow it, ${host || 'that site'} learns that you opened this page. You can withdraw this at any time under “Privacy choices”.`,
  embedAllow: 'Allow and show',
  saved: 'Your choice is saved.',
  withdrawn: 'Withdrawn. What is running already stops with the next page.',
} as const;

const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

export const banner = {
  label: 'Privacy choices',
  title: 'Your choice about this site',
  asks: (controller: string, purposes: string) => `${controller} asks whether you agree to: ${purposes}.`,
  explains: (purposes: string) => ` Unless you object, this site also uses: ${purposes}.`,
  free: 'Nothing of this is on unless you agree, and the site works either way.',
  withdraw: 'You can withdraw at any time, as easily as you agree, under “Privacy choices” on every page.',
  acceptAll: 'Accept all',
  rejectAll: 'Reject all',
  choose: 'Choose',
} as const;

export const centre = {
  title: 'Privacy choices',
  close: 'Close without changing anything',
  intro: (controller: string) =>
    `${controller} asks you about each purpose on its own. What you switch on counts when you press “Save choices”. You can come back and withdraw at any time.`,
  lastChoice: (day: string) => `Your last choice was made on ${date.format(new Date(day))}.`,
  noChoice: 'You have not chosen yet.',
  signalled: 'Your browser sends Global Privacy Control, so statistics and advertising that need no consent are off here.',
  locked: 'Always on',
  lockedWhy: 'You are not asked about this one.',
  optOut: 'On unless you object',
  expired: 'Your earlier choice has expired.',
  superseded: 'What is asked has changed since your earlier choice.',
  lawfulBasis: 'Lawful basis',
  retention: 'Kept',
  recipients: 'Shared with',
  storage: 'Stored on your device',
  notStated: 'Not stated',
  nobody: 'Nobody else named',
  nothing: 'Nothing',
  details: 'Who receives it and what is stored',
  notice: 'Read it in the notice',
  save: 'Save choices',
  withdrawAll: 'Withdraw all',
  receipts: (count: number) => (count === 1 ? 'Your receipt on this device' : `Your ${count} receipts on this device`),
  receiptsWhy: 'Each one proves that the service recorded your choice as you made it.',
  receiptsNone: 'No receipt is on this device yet. A choice is sent as soon as the service can be reached.',
  verified: 'Proof checked',
  unverified: 'Proof does not hold',
  download: 'Download',
  kinds: {
    cookie: 'cookie',
    local_storage: 'local storage',
    session_storage: 'session storage',
    indexed_db: 'database',
    other: 'other storage',
  } as Record<string, string>,
  methods: {
    accept_all: 'Accepted all',
    reject_all: 'Rejected all',
    save_choices: 'Saved choices',
    withdraw: 'Withdrew',
    object: 'Objected',
    form: 'Sent a form',
    api: 'Chose in the page',
  } as Record<string, string>,
  day: (iso: string) => date.format(new Date(iso)),
} as const;

export const noticeKinds: Record<string, string> = { privacy_notice: 'Privacy notice', cookie_policy: 'Cookie policy' };

export const list = (items: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items.map((item) => item.charAt(0).toLowerCase() + item.slice(1)));

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
