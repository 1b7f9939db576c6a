// Moving in: on a first visit, what the site's earlier consent platform stored is applied in memory, and recorded as an import with the
// visitor's next act. What was shown then is not known here, so an import is never evidence of consent.
import { shortTerms, type Mirror } from '../../shared/consent/mirror.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { askedPurposes, expiryOf, isSignalled, lasting, stateFor, type BootPurpose } from '../core/choices.ts';
import { cookieScopes, writeCookie } from '../core/cookies.ts';
import { addLasting } from '../core/expiry.ts';
import type { MovedIn, Recording } from '../core/widget.ts';
import { isNecessary, isUsuallyCalled } from './common-names.ts';
import { readOldChoice, type OldChoice, type Platform } from './old-store.ts';

type MovingIn = NonNullable<WidgetBoot['movingIn']>;

/** What stands under a name: a host's and its domain's cookie may both have it, and local storage a third text. */
function textsOf(name: string): string[] {
  const texts = document.cookie.split('; ').flatMap((pair) => (pair.startsWith(`${name}=`) ? pair.slice(name.length + 1) : []));
  try {
    return [...texts, localStorage.getItem(name) ?? ''];
  } catch {
    return texts;
  }
}

const oldChoices = ({ stores }: MovingIn, today: string): OldChoice[] =>
  Object.entries(stores).flatMap(([from, name]) =>
    textsOf(name).flatMap((text) => readOldChoice(from as Platform, text, today) ?? []),
  );

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
  // What the site named may be another platform's: of one that knows none of it, the usual names say as much as without.
  const isNamed = called?.some((name) => accepted.has(name) || refused.has(name));
  if ([...refused].some((name) => isIt(name) || (!isNamed && isUsuallyCalled(purpose, name)))) return false;
  const given = called
    ? called.length > 0 && called.every((name) => accepted.has(name) || (others === 'accepted' && !refused.has(name)))
    : false;
  if (given) return mayGrant ? true : null;
  if ([...accepted].some(isIt) || others !== 'refused') return null;
  // Version 2 of vanilla-cookieconsent: what it does not list was refused, if it was asked, which only the configuration tells.
  return called ? false : null;
}

/** What one platform's choice answers, by purpose, and the day that it holds from: null where it bears none and the owner names none. */
function answersOf(boot: WidgetBoot, gpc: boolean, today: string, choice: OldChoice, moving: MovingIn) {
  const day = [choice.day, moving.changedOver].find((one) => one && one <= today) ?? null;
  const isCurrent = moving.revision === null || choice.revision === null || choice.revision === moving.revision;
  const holds = isCurrent && day !== null && today < addLasting(day, lasting(boot, 'given'));
  const answerTo = (purpose: BootPurpose): boolean | null => {
    const answer = answerFor(purpose, choice, moving, holds && !(gpc && isSignalled(purpose)));
    // A service of a purpose that is answered is answered with it.
    const above = answer === null && purpose.of ? boot.purposes.find(({ id }) => id === purpose.of) : undefined;
    return above ? answerTo(above) : answer;
  };
  return { from: choice.from, day, answers: new Map(askedPurposes(boot).map((purpose) => [purpose, answerTo(purpose)])) };
}

/** `today` is an ISO day in UTC. Null where the site names no earlier platform. */
export function moveIn(boot: WidgetBoot, gpc: boolean, today: string): MovedIn | null {
  const moving = boot.movingIn;
  if (!moving) return null;
  const found = oldChoices(moving, today).map((choice) => answersOf(boot, gpc, today, choice, moving));
  // Where traces of two disagree, which of them is the newer is rarely known: one that says no decides.
  const decides = (purpose: BootPurpose) =>
    found.find(({ answers }) => answers.get(purpose) === false) ?? found.find(({ answers }) => answers.get(purpose));
  const recordings = found.flatMap((one): Recording[] => {
    const decided = [...one.answers].filter(([purpose]) => decides(purpose) === one);
    if (decided.length === 0) return [];
    const purposes = Object.fromEntries(
      decided.map(([{ id, mode }, answer]) => [id, stateFor(mode, answer === true, undefined)]),
    );
    return [{ method: 'import', purposes, presentation: null, imported: { from: one.from, day: one.day } }];
  });
  const choices: Mirror['choices'] = Object.assign({}, ...recordings.map(({ purposes }) => purposes));
  // The earliest: nothing lasts longer because something else was chosen later.
  const day = [today, ...recordings.flatMap(({ imported }) => imported?.day ?? [])].sort()[0] ?? today;
  const until = expiryOf(boot, day, Object.values(choices));
  return {
    mirror: recordings.length > 0 ? { terms: shortTerms(boot.terms), day, until, choices } : null,
    recordings,
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
