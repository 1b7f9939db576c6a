// What holds and what may run, from the mirror cookie and the configuration alone: pure, and small enough for the first chunk.
import { STATES, type Mirror, type MirrorState } from '../../shared/consent/mirror.ts';
import type { Lasting, WidgetBoot } from '../../shared/site/boot.ts';
import type { Mode } from '../../shared/site/configuration.ts';
import { addLasting } from './expiry.ts';

export type BootPurpose = WidgetBoot['purposes'][number];
/** What a visitor's choice is worth now; the last three count as no choice. */
export type Status = MirrorState | 'unknown' | 'expired' | 'superseded';

export const holds = (status: Status | undefined): status is MirrorState => STATES.includes(status as MirrorState);
export const grants = (state: Status | undefined): boolean => state === 'given' || state === 'not_objected';
export const askedPurposes = (boot: WidgetBoot): BootPurpose[] => boot.purposes.filter(({ mode }) => mode !== 'info_only');

/** The longest that browsers keep a cookie: an objection has no end of its own. */
const LONGEST: Lasting = [0, 400];
const SIX_MONTHS: Lasting = [6, 0];

/** How long a choice of that kind holds. */
export const lasting = (boot: WidgetBoot, kind: 'given' | 'refused'): Lasting => boot.lasts?.[kind] ?? SIX_MONTHS;

/** The first ISO day on which a state no longer holds; for an objection, on which its cookie ends. */
const endOf = (boot: WidgetBoot, day: string, state: MirrorState): string =>
  // As `lasting`: in every page, where this is some bytes less.
  addLasting(day, state === 'objected' ? LONGEST : (boot.lasts?.[grants(state) ? 'given' : 'refused'] ?? SIX_MONTHS));

export const expiryOf = (boot: WidgetBoot, day: string, states: readonly MirrorState[]): string =>
  states
    .map((state) => endOf(boot, day, state))
    .sort()
    .at(-1) ?? day;

// Of as many, the one that also says no to more: companies of the IAB's list are named only where they are refused.
const granted = ({ choices }: Mirror): number => {
  const all = Object.values(choices);
  return all.filter(grants).length - all.length / 999;
};

/** Of two mirrors the newer; of one day, the one that grants less. */
export function prevailing(a: Mirror | null | undefined, b: Mirror | null): Mirror | null {
  if (!a || !b) return a ?? b;
  return a.day === b.day ? (granted(a) > granted(b) ? b : a) : a.day < b.day ? b : a;
}

/**
 * What holds, of the cookie and what the ledger has kept. The ledger is on disk when a choice is made, the cookie when the browser
 * likes: so the ledger's word holds, unless the cookie is of a later day than the ledger ever knew (`latest`: a clock may have been set
 * back since), of a choice that never reached the ledger (`unwritten`), or may be of another host of the owner's domain.
 */
export function currentMirror(
  boot: WidgetBoot,
  cookie: Mirror | null,
  kept: Mirror | null | undefined,
  unwritten: boolean,
  latest = '',
): Mirror | null {
  if (unwritten) return prevailing(cookie ?? kept, null);
  const isNewer = cookie && kept && cookie.day > kept.day && cookie.day > latest;
  return kept && !boot.cookieDomain && !isNewer ? kept : prevailing(kept, cookie);
}

/** The status of every purpose that is asked about. `today` is an ISO day in UTC. */
export function statusOf(boot: WidgetBoot, mirror: Mirror | null, today: string): Record<string, Status> {
  const one = ({ id, mode }: BootPurpose): Status => {
    const state = mirror?.choices[id];
    if (!mirror || !state) return 'unknown';
    // Not to have objected, in a place where that is enough, is no consent in another.
    if (!boot.terms.startsWith(mirror.terms) || (state === 'not_objected' && !mode)) return 'superseded';
    return state === 'objected' || today < endOf(boot, mirror.day, state) ? state : 'expired';
  };
  return Object.fromEntries(askedPurposes(boot).map((purpose) => [purpose.id, one(purpose)]));
}

/**
 * Is there a purpose about which no choice for these terms holds? Having objected before asks nobody about an opt-in, and who sends
 * Global Privacy Control has answered about what would run without a choice.
 */
export const mustAsk = (boot: WidgetBoot, status: Record<string, Status>, gpc?: boolean): boolean =>
  askedPurposes(boot).some(
    (purpose) => !holds(status[purpose.id]) && !(gpc && purpose.mode === 'opt_out' && isSignalled(purpose)),
  );

/** Is Global Privacy Control binding here, over an earlier choice of not objecting too? The version names the jurisdiction. */
export const isBinding = (boot: WidgetBoot): boolean => boot.version.includes('.US');

/**
 * May what belongs to a purpose run? Consent counts only while it holds. A refusal or an objection stops what would run without a choice
 * even when it is old or was made for other terms; so does Global Privacy Control, unless this site was told otherwise: where it is
 * binding, while the signal was there (`given`).
 */
export function mayRun(
  purpose: BootPurpose | undefined,
  mirror: Mirror | null,
  status: Record<string, Status>,
  gpc: boolean,
  binding?: boolean,
) {
  if (!purpose) return false;
  const state = status[purpose.id];
  if (purpose.mode === 'info_only' || state === 'given') return true;
  if (!purpose.mode) return false;
  const signalled = gpc && isSignalled(purpose);
  return signalled ? !binding && grants(state) : grants(state) || grants(mirror?.choices[purpose.id] ?? 'not_objected');
}

/** What Global Privacy Control speaks of. */
export const isSignalled = ({ id, kind = id }: Pick<BootPurpose, 'id' | 'kind'>): boolean =>
  'advertising marketing statistics'.includes(kind);

/** The state that a switch set to `on` means, after what was chosen before. `overSignal`: although a binding signal says no. */
export function stateFor(mode: Mode | undefined, on: boolean, before: Status | undefined, overSignal = false): MirrorState {
  if (mode === 'opt_out' && !(on && overSignal)) return on ? 'not_objected' : 'objected';
  if (on) return 'given';
  return before === 'given' || before === 'withdrawn' ? 'withdrawn' : 'refused';
}
