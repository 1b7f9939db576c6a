// What somebody's own page shows, read from what is known of them now; and what was shown, for the event that a button makes.
import { canonicalJson, hashOf } from '../../shared/canonical.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import type { PermissionAnswer } from '../../shared/marketing/api.ts';
import { choiceWords, type ChoicesPage, type MessageChoice } from '../pages/choices-page.ts';
import { SERVICE_VERSION } from '../service-version.ts';
import type { SiteContext } from '../site-context.ts';
import { sha256 } from '../verifier.ts';
import { offersOf, type Offer } from './offers.ts';
import { serviceBuild, type OwnDesk, type Shown } from './own-words.ts';
import { permissionsOf } from './permissions.ts';
import { personOf, type Person } from './person.ts';

export interface OwnChoices {
  person: Person | null;
  choices: MessageChoice[];
  objected: number | null;
}

const at = (since: string | null): number | null => (since === null ? null : Date.parse(since));

/** Of several addresses of one kind, one that is written to says more than one that is not. */
function choiceOf(offer: Offer, answers: readonly PermissionAnswer[]): Omit<MessageChoice, 'canStart'> {
  const none = { ...offer, state: 'off', since: null, reason: null } as const;
  const on = answers.find((one) => one.may);
  if (on?.may)
    return { ...offer, state: 'on', since: at(on.since), reason: on.reason === 'not_stated' ? null : (on.reason ?? null) };
  const waiting = answers.find((one) => !one.may && one.why === 'unconfirmed');
  if (waiting) return { ...offer, state: 'waiting', since: at(waiting.since), reason: null };
  const ended = answers.find((one) => !one.may && (one.why === 'ended' || one.why === 'suppressed'));
  return ended ? { ...offer, state: 'stopped', since: at(ended.since), reason: null } : none;
}

/** `key`: of the address that the link was sent to. `mails`: whether a mail can ask for a confirmation. */
export async function ownChoices(desk: OwnDesk, context: SiteContext, key: string, mails: boolean): Promise<OwnChoices> {
  const { site } = context;
  const person = await personOf(desk, context, key);
  const mayConfirm = mails && person?.contact.kind === 'email' && person.contact.sealed !== null;
  const offers = offersOf(context);
  const questions = offers.flatMap((offer) =>
    (person?.all ?? [])
      .filter(({ kind }) => kind === CHANNEL_FACTS[offer.channel].address)
      .map(({ id }) => ({ offer, channel: offer.channel, sender: offer.sender, contact: id })),
  );
  const answers = await permissionsOf(desk, context, questions);
  const suppressions = await desk.store.suppressions.of(site, [key]);
  const objections = suppressions.filter(({ reason, sender }) => reason === 'objection' && sender === null);
  const choices = offers.map((offer): MessageChoice => {
    const own = answers.filter((_, i) => questions[i]?.offer === offer);
    const canStart =
      mayConfirm &&
      (person?.all ?? []).some(({ kind, sealed }) => kind === CHANNEL_FACTS[offer.channel].address && sealed !== null);
    const choice = { ...choiceOf(offer, own), canStart };
    // Of an address that was erased nothing is known but the list.
    const entry = person
      ? undefined
      : suppressions.find((one) => one.channel === offer.channel && (one.sender ?? offer.sender) === offer.sender);
    return entry ? { ...choice, state: 'stopped', since: at(entry.since) } : choice;
  });
  return {
    person,
    choices,
    objected: choices.some(({ state }) => state === 'on') ? null : at(objections.at(-1)?.since ?? null),
  };
}

/** Exactly the words beside the button that was pressed, and the button. */
export async function shownChoice(context: SiteContext, page: ChoicesPage, choice: MessageChoice): Promise<Shown> {
  const { words, button } = choiceWords(page, choice);
  const presentation: Presentation = {
    v: 1,
    configuration: context.configurationHash,
    notices: Object.values(context.hashes).toSorted(),
    build: serviceBuild(SERVICE_VERSION),
    language: page.speech.code,
    layout: 'choices-page',
    jurisdiction: context.configuration.jurisdiction,
    purposes: [],
    words: words.map((text, i) => ({ id: `${i + 1}`, text })),
    controls: [{ id: 'start', kind: 'button', name: button }],
  };
  return { hash: await hashOf(presentation, sha256), body: canonicalJson(presentation) };
}
