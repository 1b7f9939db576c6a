// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
import { afterEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import * as v from 'valibot';

import type { ImportedFrom } from '../../shared/consent/event.ts';
import { MovingIn } from '../../shared/site/moving-in.ts';
import { exampleBoot } from '../../test/support/example-widget.ts';
import { moveIn } from './moving.ts';
import { readOldChoice } from './old-store.ts';

const TODAY = '2026-11-22';
const encoded = (value: unknown): string => encodeURIComponent(JSON.stringify(value));

/** As the platforms wrote them (test/browsers/widget-moving-in.test.ts runs the platforms themselves). */
const STORED = {
  vanilla3: (accepted: string[], day = '2026-11-01') =>
    encoded({
      categories: accepted,
      revision: 0,
      data: null,
      consentTimestamp: `${day}T07:16:19.346Z`,
      consentId: '384ab36d-088e-4856-b3c4-423815940810',
      services: { necessary: [], analytics: accepted.includes('analytics') ? ['matomo'] : [], ads: [] },
      languageCode: 'en',
      lastConsentTimestamp: `${day}T07:16:19.346Z`,
      expirationTime: 1811056579347,
    }),
  vanilla2: (accepted: string[]) =>
    JSON.stringify({
      categories: accepted,
      level: accepted,
      revision: 0,
      data: null,
      rfc_cookie: false,
      consent_date: '2026-10-01T07:16:19.346Z',
      consent_uuid: '384ab36d-088e-4856-b3c4-423815940810',
      last_consent_update: '2026-11-01T07:16:19.346Z',
    }),
  klaro: (answer: boolean) => encoded({ matomo: answer, adnetwork: answer }),
  tarteaucitron: (answer: boolean) => `!matomo=${answer}!adnetwork=${answer}`,
};

const NAMES: Record<ImportedFrom, string> = {
  'vanilla-cookieconsent': 'cc_cookie',
  osano: 'cookieconsent_status',
  klaro: 'klaro',
  tarteaucitron: 'tarteaucitron',
};
const left = (from: ImportedFrom, text: string): void => {
  document.cookie = `${NAMES[from]}=${text};Path=/`;
};
const MAPPED = { statistics: ['analytics'], advertising: ['ads'] };
const moved = (moving: v.InferInput<typeof MovingIn> = {}, gpc = false, more: Parameters<typeof exampleBoot>[0] = {}) =>
  moveIn(exampleBoot({ movingIn: v.parse(MovingIn, moving), ...more }), gpc, TODAY);

afterEach(() => {
  localStorage.clear();
  for (const name of Object.values(NAMES)) document.cookie = `${name}=;Path=/;Expires=${new Date(0).toUTCString()}`;
});

const REFUSED = { statistics: 'refused', advertising: 'refused' };

describe('a refusal', () => {
  it.each([
    ['vanilla-cookieconsent', STORED.vanilla3(['necessary'])],
    ['vanilla-cookieconsent', STORED.vanilla2(['necessary'])],
    ['osano', 'deny'],
    ['klaro', STORED.klaro(false)],
    ['tarteaucitron', STORED.tarteaucitron(false)],
  ] as const)('R25 in %s holds without any mapping, for whatever is asked here', (from, text) => {
    left(from, text);
    const found = moved();
    expect(found?.mirror?.choices).toEqual(REFUSED);
    const day = from === 'vanilla-cookieconsent' ? '2026-11-01' : null;
    expect(found?.recordings).toEqual([{ method: 'import', purposes: REFUSED, presentation: null, imported: { from, day } }]);
    expect(found?.mirror?.day).toBe(day ?? TODAY);
  });

  it('is an objection to what runs unless objected to, is found in local storage too, and needs no usual name for what was always on', () => {
    localStorage.setItem('klaro', JSON.stringify({ session: true, matomo: false, adnetwork: false }));
    expect(moved({ necessary: ['session'] }, false, { modes: { statistics: 'opt_out' } })?.mirror?.choices).toEqual({
      statistics: 'objected',
      advertising: 'refused',
    });
  });

  it('of one thing is one of that alone: the other is asked for', () => {
    left('tarteaucitron', '!matomo=false!googleads=true!youtube=wait');
    expect(moved()?.mirror?.choices).toEqual({ statistics: 'refused' });
  });

  it('R25 of one thing says nothing of what was never answered there', () => {
    left('tarteaucitron', '!adnetwork=wait!youtube=wait!matomo=false');
    expect(moved()?.mirror?.choices).toEqual({ statistics: 'refused' });
    expect(moved({ purposes: { advertising: ['adnetwork'] } })?.mirror?.choices).toEqual({ statistics: 'refused' });
  });

  it('speaks for the services of a purpose', () => {
    left('tarteaucitron', '!matomo=false!youtube=true');
    const boot = exampleBoot({ movingIn: v.parse(MovingIn, {}) });
    boot.purposes.push({ id: 'counter', kind: 'statistics', of: 'statistics' });
    expect(moveIn(boot, false, TODAY)?.mirror?.choices).toMatchObject({ statistics: 'refused', counter: 'refused' });
  });
});

describe('a consent', () => {
  it('holds where the configuration names what it was for, and it has a date: from that day', () => {
    left('vanilla-cookieconsent', STORED.vanilla3(['necessary', 'analytics', 'ads']));
    const found = moved({ purposes: MAPPED });
    expect(found?.mirror).toMatchObject({
      choices: { statistics: 'given', advertising: 'given' },
      day: '2026-11-01',
      until: '2027-05-01',
    });
    expect(found?.recordings[0]?.imported).toEqual({ from: 'vanilla-cookieconsent', day: '2026-11-01' });
  });

  it('in part leaves the rest refused where it was offered there', () => {
    left('vanilla-cookieconsent', STORED.vanilla3(['necessary', 'analytics']));
    expect(moved({ purposes: MAPPED })?.mirror?.choices).toEqual({ statistics: 'given', advertising: 'refused' });
  });

  it.each([
    ['without a mapping', STORED.vanilla3(['necessary', 'analytics', 'ads']), {}],
    ['that is older than consent holds', STORED.vanilla3(['necessary', 'analytics', 'ads'], '2026-05-01'), { purposes: MAPPED }],
    ['of the future', STORED.vanilla3(['necessary', 'analytics', 'ads'], '2031-05-01'), { purposes: MAPPED }],
    ['to an earlier revision', STORED.vanilla3(['necessary', 'analytics', 'ads']), { purposes: MAPPED, revision: 2 }],
  ])('%s is asked for again', (_, text, moving) => {
    left('vanilla-cookieconsent', text);
    expect(moved(moving)).toMatchObject({ mirror: null, recordings: [] });
  });

  it.each([
    ['osano', 'allow'],
    ['klaro', STORED.klaro(true)],
    ['tarteaucitron', STORED.tarteaucitron(true)],
  ] as const)('in %s has no date: it holds from the day of the change if the owner names one', (from, text) => {
    const purposes = { statistics: ['matomo'], advertising: ['adnetwork'] };
    left(from, text);
    expect(moved({ purposes })?.mirror).toBeNull();
    expect(moved({ purposes, changedOver: '2026-11-10' })?.mirror).toMatchObject({
      choices: { statistics: 'given', advertising: 'given' },
      day: '2026-11-10',
    });
    expect(moved({ purposes, changedOver: '2026-04-10' })?.mirror).toBeNull();
  });

  it('R46 is none for what Global Privacy Control speaks of', () => {
    left('vanilla-cookieconsent', STORED.vanilla3(['necessary', 'analytics', 'ads']));
    expect(moved({ purposes: MAPPED }, true)?.mirror).toBeNull();
  });
});

describe('traces of two platforms', () => {
  const ALL = STORED.vanilla3(['necessary', 'analytics', 'ads']);

  it('R25 a purpose that either says no to is refused, and each event names the platform that decided what it holds', () => {
    left('vanilla-cookieconsent', ALL);
    left('tarteaucitron', '!googleads=false!youtube=true');
    const found = moved({ purposes: MAPPED });
    expect(found?.mirror).toMatchObject({ choices: { statistics: 'given', advertising: 'refused' }, day: '2026-11-01' });
    expect(found?.recordings).toEqual([
      {
        method: 'import',
        purposes: { statistics: 'given' },
        presentation: null,
        imported: { from: 'vanilla-cookieconsent', day: '2026-11-01' },
      },
      {
        method: 'import',
        purposes: { advertising: 'refused' },
        presentation: null,
        imported: { from: 'tarteaucitron', day: null },
      },
    ]);
  });

  it.each(['cookie', 'storage'])('R25 a refusal of everything in one holds against the consent in the other (%s)', (where) => {
    left('vanilla-cookieconsent', ALL);
    if (where === 'cookie') left('osano', 'deny');
    else localStorage.setItem(NAMES.klaro, JSON.stringify({ matomo: false }));
    const found = moved({ purposes: MAPPED, changedOver: '2026-11-10' });
    expect(found?.mirror?.choices).toEqual(REFUSED);
    expect(found?.recordings.map(({ imported }) => imported)).toEqual([
      { from: where === 'cookie' ? 'osano' : 'klaro', day: '2026-11-10' },
    ]);
  });

  it('R25 a purpose refused in one refuses its services, whatever the other says of them', () => {
    left('vanilla-cookieconsent', ALL);
    left('klaro', encoded({ matomo: false, youtube: true }));
    const boot = exampleBoot({ movingIn: v.parse(MovingIn, { purposes: { counter: ['analytics'] } }) });
    boot.purposes.push({ id: 'counter', kind: 'statistics', of: 'statistics' });
    expect(moveIn(boot, false, TODAY)?.mirror?.choices).toMatchObject({ statistics: 'refused', counter: 'refused' });
  });

  it('what one leaves open is answered by the other', () => {
    left('osano', 'dismiss');
    left('klaro', encoded({ matomo: true, googleads: false }));
    left('tarteaucitron', '!matomo=false!googleads=wait');
    const found = moved({ purposes: { statistics: ['matomo'] }, changedOver: '2026-11-10' });
    expect(found?.mirror?.choices).toEqual({ statistics: 'refused', advertising: 'refused' });
    expect(found?.recordings.map(({ imported, purposes }) => [imported?.from, purposes])).toEqual([
      ['klaro', { advertising: 'refused' }],
      ['tarteaucitron', { statistics: 'refused' }],
    ]);
  });
});

it.each([
  ['nothing', 'x', 'refused'],
  ['yes', STORED.klaro(true), 'refused'],
])('R25 a cookie that says %s hides no refusal in local storage under the same name', (_, text, advertising) => {
  left('klaro', text);
  localStorage.setItem('klaro', JSON.stringify({ matomo: false, adnetwork: false }));
  expect(moved({ purposes: { advertising: ['adnetwork'] }, changedOver: TODAY })?.mirror?.choices).toMatchObject({ advertising });
});

it('a change that is still to come gives no event a day', () => {
  left('klaro', STORED.klaro(false));
  expect(moved({ changedOver: '2026-12-01' })?.recordings[0]?.imported).toEqual({ from: 'klaro', day: null });
});

it('closing a notice is no answer, and neither is anything malformed or far too long', () => {
  for (const [from, text] of [
    ['osano', 'dismiss'],
    ['osano', ''],
    ['klaro', '%7B'],
    ['klaro', '[true]'],
    ['klaro', encoded({ a: 'true' })],
    ['tarteaucitron', '!a=wait'],
    ['vanilla-cookieconsent', 'null'],
    ['vanilla-cookieconsent', encoded({ categories: 'analytics' })],
    ['vanilla-cookieconsent', encoded({ categories: ['x'.repeat(9_000)] })],
  ] as const)
    expect([from, text.slice(0, 20), readOldChoice(from, text, TODAY)]).toEqual([from, text.slice(0, 20), null]);
});

it('whatever stands there, it is read without harm and grants nothing that the configuration does not name', () => {
  const platforms = Object.keys(NAMES) as ImportedFrom[];
  fc.assert(
    fc.property(
      fc.constantFrom(...platforms),
      fc.oneof(fc.string(), fc.json(), fc.json().map(encodeURIComponent)),
      (from, text) => {
        const choice = readOldChoice(from, text, TODAY);
        expect(choice === null || (choice.day ?? TODAY) <= TODAY).toBe(true);
        localStorage.setItem(NAMES[from], text);
        expect(Object.values(moved()?.mirror?.choices ?? {})).not.toContain('given');
        localStorage.clear();
      },
    ),
  );
  left('klaro', encodeURIComponent('{"__proto__":true,"constructor":false}'));
  expect(moved()?.mirror?.choices ?? {}).not.toHaveProperty('constructor');
  expect(({} as Record<string, unknown>)['constructor']).toBe(Object);
});

it.each([
  ['of which something was taken over', STORED.klaro(false)],
  ['of which nothing could be taken over', STORED.klaro(true)],
  ['that is malformed', '%7B'],
])('what was stored there, %s, is deleted when a choice has been made here, and so is what a platform before left', (_, text) => {
  left('klaro', text);
  left('tarteaucitron', '!matomo=true');
  localStorage.setItem('klaro', '{}');
  localStorage.setItem('tarteaucitron', '!matomo=true');
  moved()?.forget();
  expect(document.cookie).toBe('');
  expect(localStorage.length).toBe(0);
});
