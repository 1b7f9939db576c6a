// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
import { beforeEach, describe, expect, it } from 'vitest';

import type { Mirror, MirrorState } from '../../shared/consent/mirror.ts';
import { addPeriod, isoDay } from '../../shared/notice/period.ts';
import { exampleBoot, TERMS } from '../../test/support/example-widget.ts';
import { statusOf } from './choices.ts';
import { isUnwritten, mirrorCookie, setUnwritten, writeMirror } from './cookies.ts';
import { createDecide } from './decide.ts';
import { endedBefore } from './ended-note.ts';
import type { Recorder } from './recorder.ts';
import type { Choice, ChoiceStates, Widget } from './widget.ts';

const today = isoDay(Date.now());
const mirror = (choices: Record<string, MirrorState>): Mirror => ({
  terms: TERMS.slice(0, 16),
  day: today,
  until: addPeriod(today, 'P6M'),
  choices,
});
const choice = (purposes: ChoiceStates): Choice => ({
  method: 'save_choices',
  purposes,
  screen: { language: 'en', layout: 'api', words: [], controls: [] },
});

let memory: Mirror | null;
let storage: 'works' | 'fails';
let adopting: () => void;

/** A tab with that in its memory. */
function tab(): Widget {
  const boot = exampleBoot();
  return {
    boot,
    words: () => boot.words,
    status: () => statusOf(boot, memory, today),
    mirror: () => memory,
    mayRun: (id: string) => statusOf(boot, memory, today)[id] === 'given',
    hasRun: () => false,
    load: () => Promise.reject(new Error('no chunk')),
    banner: () => Promise.reject(new Error('no words')),
    recorder: () =>
      Promise.resolve({
        presentation: () => Promise.resolve(null),
        record(_recording: unknown, after: () => Mirror) {
          if (storage === 'fails') return Promise.reject(new DOMException('closed', 'InvalidStateError'));
          writeMirror(boot.site, after(), null);
          return Promise.resolve({ event: { id: 'event' } });
        },
        deliver: () => Promise.resolve(),
      } as unknown as Recorder),
    adopt(after: Mirror) {
      memory = after;
      adopting();
    },
    decided: () => undefined,
    announce: () => undefined,
    sync: () => undefined,
  } as unknown as Widget;
}

beforeEach(() => {
  [memory, storage, adopting] = [null, 'works', () => undefined];
  sessionStorage.clear();
  setUnwritten('example', false);
  writeMirror('example', { ...mirror({}), until: '2000-01-01' }, null);
});

describe('a choice', () => {
  it('R33 about purposes leaves single companies refused; one about companies says all of them anew', async () => {
    const decide = createDecide(tab());
    memory = mirror({ statistics: 'given', '-5': 'refused', '--8': 'objected' });
    await decide(choice({ advertising: 'given' }));
    expect(memory?.choices).toMatchObject({ advertising: 'given', '-5': 'refused', '--8': 'objected' });
    const vendors = { said: { list: 17, refused: '9', objected: '' }, kept: { '-9': 'refused' as const } };
    await decide({ ...choice({ advertising: 'given' }), vendors });
    expect(Object.keys(mirrorCookie('example')?.choices ?? {}).sort()).toEqual(['-9', 'advertising', 'statistics']);
  });

  it('R9 about one purpose does not bring back what another tab withdrew meanwhile', async () => {
    memory = mirror({ statistics: 'given', advertising: 'given' });
    const decide = createDecide(tab());
    for (const state of ['works', 'fails'] as const) {
      storage = state;
      memory = mirror({ statistics: 'given', advertising: 'given' });
      writeMirror('example', mirror({ statistics: 'withdrawn', advertising: 'withdrawn' }), null);
      await decide(choice({ advertising: 'given' }));
      expect(mirrorCookie('example')?.choices).toEqual({ statistics: 'withdrawn', advertising: 'given' });
      expect(memory?.choices).toEqual({ statistics: 'withdrawn', advertising: 'given' });
    }
  });

  it('R32 that cannot be written is marked as such, so that the next page records it', async () => {
    storage = 'fails';
    await createDecide(tab())(choice({ statistics: 'refused' }));
    expect(isUnwritten('example')).toBe(true);
    expect(mirrorCookie('example')?.choices).toEqual({ statistics: 'refused' });
  });

  it('R9 does not bring back what a killed browser’s cookie still says, and the ledger knows to be withdrawn', async () => {
    const old = mirror({ statistics: 'given', advertising: 'given' });
    writeMirror('example', old, null);
    memory = mirror({ statistics: 'withdrawn', advertising: 'withdrawn' });
    await createDecide({ ...tab(), cookie: () => old })(choice({ advertising: 'given' }));
    expect(mirrorCookie('example')?.choices).toEqual({ statistics: 'withdrawn', advertising: 'given' });
  });

  it('R9 that ends one purpose after another has both looked at on the next page', async () => {
    memory = mirror({ statistics: 'given', advertising: 'given' });
    const decide = createDecide(tab());
    await decide(choice({ statistics: 'withdrawn' }));
    await decide(choice({ advertising: 'withdrawn' }));
    expect(endedBefore('example')?.split(' ').sort()).toEqual(['advertising', 'statistics']);
  });

  it('R9 ends what began while it was being written', async () => {
    const widget = tab();
    const ends: string[] = [];
    const decide = createDecide({
      ...widget,
      boot: { ...widget.boot, reload: false },
      hasRun: () => memory?.choices['statistics'] === 'given',
      recorder() {
        // The ledger, read late, knows of a choice that no cookie told of.
        memory = mirror({ statistics: 'given' });
        return widget.recorder();
      },
      decided: (detail) => void ends.push(detail.ends),
    });
    await decide(choice({ statistics: 'refused' }));
    expect(endedBefore('example')?.split(' ')).toContain('statistics');
    expect(ends).toEqual(['next-page']);
  });

  it('can be made after one that threw', async () => {
    const decide = createDecide(tab());
    adopting = () => {
      throw new Error('the page');
    };
    await expect(decide(choice({ statistics: 'given' }))).rejects.toThrow('the page');
    adopting = () => undefined;
    await decide(choice({ statistics: 'withdrawn' }));
    expect(mirrorCookie('example')?.choices).toEqual({ statistics: 'withdrawn' });
  });
});
