// What is done to a visitor's choices, one case each, in words that hold for every peer. After each the account is drawn up
// (verdict.ts).
import fc from 'fast-check';

import type { Fault } from './chaos.ts';
import type { Choice } from './peer.ts';
import type { Stage } from './stage.ts';

export interface Case {
  name: string;
  /** Runs with the journeys too, in both browsers or in the one that starts quickly; the others in the long run only. */
  brief?: 'both' | 'Chromium';
  /** The browser's own store was destroyed, or copied: one choice may be known by what was written down again. */
  destroys?: true;
  /** What holds in the end, where it is not what was chosen last. */
  ends?: Choice | null;
  /** Who was last is chance: any end is right on which both sides agree. */
  either?: true;
  /** So many choices may be there of which the page never heard, because all was killed. */
  unheard?: number;
  run(stage: Stage): Promise<void>;
}

const YEAR_MS = 365 * 86_400_000;
const HOUR_MS = 3_600_000;
const CHOICES: Choice[] = ['given', 'withdrawn'];

/** So that there is something to withdraw. */
async function before(stage: Stage, choice: Choice): Promise<void> {
  if (choice === 'given') return;
  const tab = await stage.open();
  await tab.call('choose', 'given');
  await stage.delivered(tab);
  await tab.close();
  stage.world.chaos.forget();
}

const tabCases = (choice: Choice): Case[] => [
  {
    name: `tab closed before the request is sent, ${choice}`,
    async run(stage) {
      await before(stage, choice);
      const tab = await stage.open();
      stage.world.chaos.offline(true);
      await tab.call('choose', choice);
      await tab.close();
      stage.world.chaos.offline(false);
    },
  },
  {
    name: `tab closed while the request is on its way, ${choice}`,
    brief: 'both',
    async run(stage) {
      await before(stage, choice);
      const tab = await stage.open();
      const { promise, resolve } = Promise.withResolvers<void>();
      stage.world.chaos.next({ kind: 'hold', until: promise });
      await tab.call('choose', choice);
      await stage.world.chaos.arrived(1);
      await tab.close();
      resolve();
    },
  },
  {
    name: `tab closed after the request, before its answer, ${choice}`,
    async run(stage) {
      await before(stage, choice);
      const tab = await stage.open();
      stage.world.chaos.next({ kind: 'hang', seen: true });
      await tab.call('choose', choice);
      await stage.world.chaos.arrived(1);
      await stage.until(() => Promise.resolve(stage.world.chaos.carried[0]?.status !== null));
      await tab.close();
    },
  },
  {
    name: `browser killed when the page has just heard that it is ${choice}`,
    brief: 'Chromium',
    async run(stage) {
      await before(stage, choice);
      const tab = await stage.open();
      stage.world.chaos.always({ kind: 'drop' });
      const heard = stage.heard();
      tab.call('choose', choice).catch(() => undefined);
      await stage.until(() => Promise.resolve(stage.heard() > heard));
      await stage.kill();
      stage.world.chaos.forget();
    },
  },
  {
    name: `browser killed within 60 ms of the click, ${choice}`,
    unheard: 1,
    async run(stage) {
      await before(stage, choice);
      const tab = await stage.open();
      tab.call('choose', choice).catch(() => undefined);
      await stage.moment(60);
      await stage.kill();
    },
  },
];

const faultCase = (name: string, faults: Fault[], more: Partial<Case> = {}): Case => ({
  name,
  ...more,
  async run(stage) {
    const tab = await stage.open({ speed: 20 });
    for (const choice of CHOICES) {
      stage.world.chaos.next(...faults);
      await tab.call('choose', choice);
      await stage.delivered(tab);
    }
  },
});

export const CASES: Case[] = [
  ...CHOICES.flatMap(tabCases),
  faultCase('the line breaks on the way there, three times', [{ kind: 'drop' }, { kind: 'drop' }, { kind: 'drop' }]),
  faultCase('acknowledgement lost after the commit', [{ kind: 'lose' }, { kind: 'lose' }], { brief: 'both' }),
  faultCase('answer cut in half', [{ kind: 'truncate' }, { kind: 'truncate' }]),
  faultCase('request doubled, answered as a duplicate', [{ kind: 'repeat' }], { brief: 'both' }),
  faultCase('answer delayed', [{ kind: 'delay', ms: 300 }]),
  faultCase('never answered', [{ kind: 'hang', seen: false }]),
  faultCase('never answered after the commit', [{ kind: 'hang', seen: true }]),
  faultCase('answered 409', [{ kind: 'status', status: 409 }]),
  faultCase('answered 429 with Retry-After', [{ kind: 'status', status: 429, retryAfter: 1 }], { brief: 'both' }),
  faultCase('answered 500 three times', Array(3).fill({ kind: 'status', status: 500 })),
  {
    name: 'two tabs choose at once',
    either: true,
    brief: 'both',
    async run(stage) {
      const [one, other] = [await stage.open(), await stage.open()];
      await Promise.all([one.call('choose', 'given'), other.call('choose', 'withdrawn')]);
      await Promise.all([one.call('choose', 'withdrawn'), other.call('choose', 'given')]);
      await stage.delivered(one);
      await stage.delivered(other);
    },
  },
  {
    name: 'twenty choices in a week without a network',
    brief: 'both',
    async run(stage) {
      const tab = await stage.open();
      await tab.call('ready');
      stage.world.chaos.offline(true);
      for (let i = 0; i < 20; i++) {
        await tab.call('shift', i * 8.4 * HOUR_MS);
        await tab.call('choose', CHOICES[i % 2]);
      }
      await tab.close();
      stage.world.chaos.offline(false);
      const later = await stage.open({ clock: 7 * 24 * HOUR_MS });
      await stage.delivered(later);
    },
  },
  {
    name: 'clock set back a year, then the browser killed before the request',
    brief: 'Chromium',
    // Made, as far as anybody can know, a year ago: it has ended, and what was given before stays off.
    ends: null,
    async run(stage) {
      const tab = await stage.open();
      await tab.call('choose', 'given');
      await stage.delivered(tab);
      // So that the cookie is on disk.
      await stage.again();
      const back = await stage.open({ clock: -YEAR_MS });
      stage.world.chaos.always({ kind: 'drop' });
      await back.call('choose', 'withdrawn');
      await stage.kill();
    },
  },
  {
    name: 'clock set forward a year and back again',
    async run(stage) {
      const tab = await stage.open({ clock: YEAR_MS });
      await tab.call('choose', 'given');
      await tab.close();
      const later = await stage.open();
      await later.call('choose', 'withdrawn');
      await stage.delivered(later);
    },
  },
  {
    name: 'database deleted before the acknowledgement',
    brief: 'both',
    destroys: true,
    async run(stage) {
      const tab = await stage.open();
      stage.world.chaos.always({ kind: 'drop' });
      await tab.call('choose', 'given');
      await tab.call('erase');
      await tab.close();
      stage.world.chaos.forget();
    },
  },
  {
    name: 'database deleted after the acknowledgement',
    async run(stage) {
      const tab = await stage.open();
      await tab.call('choose', 'given');
      await stage.delivered(tab);
      await tab.call('erase');
      await tab.close();
      const later = await stage.open();
      await later.call('choose', 'withdrawn');
      await stage.delivered(later);
    },
  },
  {
    name: 'late "given" after a newer "withdrawn"',
    brief: 'both',
    async run(stage) {
      const tab = await stage.open();
      const { promise, resolve } = Promise.withResolvers<void>();
      stage.world.chaos.next({ kind: 'hold', until: promise });
      await tab.call('choose', 'given');
      await stage.world.chaos.arrived(1);
      await tab.call('choose', 'withdrawn');
      await stage.world.chaos.arrived(2);
      await stage.moment(500);
      resolve();
      await stage.delivered(tab);
    },
  },
  {
    name: 'profile cloned: the original withdraws, the copy gives',
    // Of two branches of one person the one that grants less.
    ends: 'withdrawn',
    async run(stage) {
      const tab = await stage.open();
      await tab.call('choose', 'given');
      await stage.delivered(tab);
      await stage.inClone(
        async () => {
          const original = await stage.open();
          await original.call('choose', 'withdrawn');
          await stage.delivered(original);
        },
        async () => {
          const copy = await stage.open();
          await copy.call('choose', 'given');
          await stage.delivered(copy);
        },
      );
    },
  },
  {
    name: 'service killed and started again',
    brief: 'Chromium',
    async run(stage) {
      const tab = await stage.open({ speed: 20 });
      await tab.call('choose', 'given');
      await stage.delivered(tab);
      const restarting = stage.world.service.restart();
      await tab.call('choose', 'withdrawn');
      await restarting;
      await stage.delivered(tab);
    },
  },
  {
    name: 'service restored from an older backup, the visitor comes back',
    brief: 'Chromium',
    async run(stage) {
      const tab = await stage.open();
      await tab.call('choose', 'given');
      await stage.delivered(tab);
      await stage.world.service.backUp();
      await tab.call('choose', 'withdrawn');
      await stage.delivered(tab);
      await tab.close();
      await stage.world.service.restore();
      const later = await stage.open();
      await stage.delivered(later);
    },
  },
  {
    name: 'service restored from an older backup, the visitor chooses again',
    async run(stage) {
      const tab = await stage.open();
      await tab.call('choose', 'given');
      await stage.delivered(tab);
      await stage.world.service.backUp();
      await tab.call('choose', 'withdrawn');
      await stage.delivered(tab);
      await stage.world.service.restore();
      const later = await stage.open();
      await later.call('choose', 'given');
      await stage.delivered(later);
    },
  },
];

const anyFault = fc.constantFrom<Fault[]>(
  [],
  [{ kind: 'drop' }],
  [{ kind: 'lose' }],
  [{ kind: 'truncate' }],
  [{ kind: 'repeat' }],
  [{ kind: 'delay', ms: 50 }],
  [{ kind: 'status', status: 500 }],
  [{ kind: 'status', status: 429, retryAfter: 1 }],
);

/** What a visitor may do in the browser's own storage, for a model: each choice meets a fault, and may be the page's last. */
export const SEQUENCE = fc.array(
  fc.record({ choice: fc.constantFrom<Choice>('given', 'withdrawn'), faults: anyFault, closes: fc.boolean() }),
  { minLength: 1, maxLength: 5 },
);

export const sequenceCase = (steps: typeof SEQUENCE extends fc.Arbitrary<infer T> ? T : never): Case => ({
  name: 'a sequence',
  async run(stage) {
    let tab = await stage.open({ speed: 20 });
    for (const { choice, faults, closes } of steps) {
      stage.world.chaos.next(...faults);
      await tab.call('choose', choice);
      if (!closes) continue;
      await tab.close();
      tab = await stage.open({ speed: 20 });
    }
  },
});
