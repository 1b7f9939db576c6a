// What every contestant says and asks, so that each shows and carries the same: the words of Candour's own banner, the purposes of one
// configuration.
/** As the notice of the demonstration site that Candour is measured with has it. */
const CONTROLLER = 'CPOMS Systems Limited';

export const PURPOSES = [
  {
    id: 'statistics',
    label: 'Statistics',
    description: 'Counts which pages are read, so that the site can be made easier to use.',
  },
  {
    id: 'advertising',
    label: 'Advertising',
    description: 'Lets an advertising company see what you read here and show you adverts for it on other sites.',
  },
  {
    id: 'media',
    label: 'Videos and maps from other providers',
    description: 'Loads videos and maps from the server of another provider, which then learns that you opened this page.',
  },
] as const;
export const NECESSARY = {
  id: 'security',
  label: 'Security',
  description: 'Protects forms and sign-in against misuse. Always on: what you ask of this site does not work without it.',
} as const;

export const TITLE = 'Your choice about this site';
export const TEXT =
  `${CONTROLLER} asks whether you agree to: ${PURPOSES.map(({ label }) => label.toLowerCase()).join(', ')}. ` +
  'Nothing of this is on unless you agree, and the site works either way. ' +
  'You can withdraw at any time, as easily as you agree, under “Privacy choices” on every page.';
export const ACCEPT = 'Accept all';
export const REJECT = 'Reject all';
export const CHOOSE = 'Choose';
export const SAVE = 'Save choices';
export const POLICY = { label: 'Cookie policy', href: '/cookies' } as const;
