// Moving in: on a first visit, what the site's earlier consent platform stored is applied in memory, and recorded as an import with the
// visitor's next act. What was shown then is not known here, so an import is never evidence of consent.
import { shortTerms, type Mirror, type MirrorState } from '../../shared/consent/mirror.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { askedPurposes, expiryOf, isSignalled, lasting, stateFor, type BootPurpose } from '../core/choices.ts';
import { cookieScopes, writeCookie } from '../core/cookies.ts';
import { addLasting } from '../core/expiry.ts';
import type { MovedIn } from '../core/widget.ts';
import { isNecessary, isUsuallyCalled } from './common-names.ts';
import { readOldChoice, type OldChoice, type Platform } from './old-store.ts';

type MovingIn = NonNullable<WidgetBoot['movingIn']>;

const cookie = (name: string): string | undefined =>
  document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function oldChoice({ stores }: MovingIn, today: string): { name: string; choice: OldChoice } | null {
  for (const [from, name] of Object.entries(stores)) {
    const text = cookie(name) ?? stored(name);
    const choice = text ? readOldChoice(from as Platform, text, today) : null;
    if (choice) return { name, choice };
  }
  return null;
}

/** Was nothing accepted but what is always on? Then whatever is asked here counts as refused too: nobody who refused is asked again. */
const refusedAll = ({ accepted, refused, others }: OldChoice, necessary: readonly string[]): boolean =>
  others !== 'accepted' &&
  others !== 'unanswered' &&
  (refused.size > 0 || others === 'refused') &&
  [...accepted].every((name) => isNecessary(name) || necessary.some((one) => one.toLowerCase() === name));

/** What the old choice says of a purpose: null where it says nothing, or not enough to go without asking. */
function answerFor(purpose: BootPurpose, choice: OldChoice, { purposes, necessary }: MovingIn, mayGrant: boolean) {
  if (refusedAll(choice, necessary)) return false;
  const { accepted, refused, others } = choice;
  const called = purposes[purpose.id]?.map((name) => name.toLowerCase());
  const isIt = (name: string): boolean => (called ? called.includes(name) : isUsuallyCalled(purpose, name));
  if ([...refused].some(isIt)) return false;
  const given = called
    ? called.length > 0 && called.every((name) => accepted.has(name) || (others === 'accepted' && !refused.has(name)))
    : false;
  if (given) return mayGrant ? true : null;
  if ([...accepted].some(isIt) || others !== 'refused') return null;
  // Version 2 of vanilla-cookieconsent: what it does not list was refused, if it was asked, which only the configuration tells.
  return called ? false : null;
}

function movedFrom(boot: WidgetBoot, gpc: boolean, today: string, choice: OldChoice, moving: MovingIn) {
  const day = choice.day ?? moving.changedOver ?? null;
  const isCurrent = moving.revision === null || choice.revision === null || choice.revision === moving.revision;
  const holds = isCurrent && day !== null && day <= today && today < addLasting(day, lasting(boot, 'given'));
  const choices: Record<string, MirrorState> = {};
  const answerTo = (purpose: BootPurpose): boolean | null => {
    const answer = answerFor(purpose, choice, moving, holds && !(gpc && isSignalled(purpose)));
    // A service of a purpose that is answered is answered with it.
    const above = answer === null && purpose.of ? boot.purposes.find(({ id }) => id === purpose.of) : undefined;
    return above ? answerTo(above) : answer;
  };
  for (const purpose of askedPurposes(boot)) {
    const answer = answerTo(purpose);
    if (answer !== null) choices[purpose.id] = stateFor(purpose.mode, answer, undefined);
  }
  const states = Object.values(choices);
  if (states.length === 0) return null;
  const from = day !== null && day <= today ? day : today;
  const mirror: Mirror = { terms: shortTerms(boot.terms), day: from, until: expiryOf(boot, from, states), choices };
  return { mirror, day };
}

/** Null where there is nothing that answers any purpose. `today` is an ISO day in UTC. */
export function moveIn(boot: WidgetBoot, gpc: boolean, today: string): MovedIn | null {
  const moving = boot.movingIn;
  const old = moving && oldChoice(moving, today);
  const moved = old && movedFrom(boot, gpc, today, old.choice, moving);
  if (!moved) return null;
  return {
    mirror: moved.mirror,
    recording: {
      method: 'import',
      purposes: moved.mirror.choices,
      presentation: null,
      imported: { from: old.choice.from, day: moved.day },
    },
    // From a choice made here on it must not speak again, and neither must what an even older platform left: it may say yes to what was
    // withdrawn here.
    forget() {
      for (const name of Object.values(moving.stores)) {
        for (const scope of cookieScopes()) writeCookie(name, '', 0, scope);
        try {
          localStorage.removeItem(name);
        } catch {
          // Nothing was read from there either.
        }
      }
    },
  };
}
