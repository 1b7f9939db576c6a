// English, the preference centre's part: on its own because it loads on its own.
const date = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));

export const centre = {
  title: 'Privacy choices',
  close: 'Close without changing anything',
  intro: (controller: string) =>
    `${controller} asks you about each purpose on its own. What you switch on counts when you press “Save choices”. You can come back and withdraw at any time.`,
  lastChoice: (day: string) => `Your last choice was made on ${date(day)}.`,
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
  notice: 'Read it in the notice',
  save: 'Save choices',
  withdrawAll: 'Withdraw all',
  receipts: (count: number) => (count === 1 ? 'Your receipt on this device' : `Your ${count} receipts on this device`),
  receiptsWhy: 'Each one proves that the service recorded your choice as you made it.',
  verified: 'Proof checked',
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
  day: date,
} as const;
