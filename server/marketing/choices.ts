// What somebody's own page shows, read from what is known of them now; and what was shown, for the event that a button makes.
import { canonicalJson, hashOf } from '../../shared/canonical.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import { covers, type Suppression } from '../../shared/marketing/suppression.ts';
import { choiceWords, type ChoicesPage, type MessageChoice } from '../pages/choices-page.ts';
import { SERVICE_VERSION } from '../service-version.ts';
import type { SiteContext } from '../site-context.ts';
import { sha256 } from '../verifier.ts';
import type { MailState } from '../store/marketing-mail.ts';
import { CONFIRM_DAYS, confirmationId } from './confirming.ts';
import { kindsOf, type Kind } from './offers.ts';
import { serviceBuild, type OwnDesk, type Shown } from './own-words.ts';
import { ownAnswers } from './permissions.ts';
import { personOf, type Person } from './person.ts';

export interface OwnChoices {
  person: Person | null;
  choices: MessageChoice[];
  objected: number | null;
}

const DAY_MS = 86_400_000;
const at = (since: string | null): number | null => (since === null ? null : Date.parse(since));

type Answer = Awaited<ReturnType<typeof ownAnswers>>[number];
/** What became of the mails that ask about the words with that hash. */
type MailsOf = (hash: string) => MailState[];

const NOT_SENT: readonly MailState[] = ['failed', 'bounced', 'dropped'];

/** Of a channel that the address of the link can be written to by. */
function stateOf(
  { answer, waiting }: Answer,
  { now, mailsOf }: { now: number; mailsOf: MailsOf },
): Pick<MessageChoice, 'state' | 'since' | 'reason'> {
  if (answer.may) return { state: 'on', since: at(answer.since), reason: answer.reason };
  const open = waiting.filter(({ since }) => since > now - CONFIRM_DAYS * DAY_MS);
  // What nobody was asked about by mail waits for nothing that this page could name.
  const asked = open.findLast(({ hash }) => mailsOf(hash).some((state) => !NOT_SENT.includes(state)));
  if (asked) return { state: 'waiting', since: asked.since, reason: null };
  const unsent = open.findLast(({ hash }) => mailsOf(hash).length > 0);
  if (unsent) return { state: 'unsent', since: unsent.since, reason: null };
  if (answer.why === 'ended' || answer.why === 'suppressed') return { state: 'stopped', since: at(answer.since), reason: null };
  return { state: 'off', since: null, reason: null };
}

/** Of another channel: what was said together with the address of the link, and nothing of where it goes. */
function saidOf({ answer, waiting }: Answer): Pick<MessageChoice, 'state' | 'since' | 'reason'> {
  const asked = answer.may ? at(answer.since) : (waiting.at(-1)?.since ?? null);
  if (asked !== null) return { state: 'asked', since: asked, reason: null };
  if (!answer.may && (answer.why === 'ended' || answer.why === 'suppressed'))
    return { state: 'stopped', since: at(answer.since), reason: null };
  return { state: 'elsewhere', since: null, reason: null };
}

/** Of an address that is not known, or was erased, the list alone speaks. */
function listed(suppressions: readonly Suppression[], kind: Kind): Pick<MessageChoice, 'state' | 'since' | 'reason'> {
  const entry = suppressions.find((one) => covers(one, kind));
  if (entry) return { state: 'stopped', since: at(entry.since), reason: null };
  return { state: CHANNEL_FACTS[kind.channel].address === 'email' ? 'off' : 'elsewhere', since: null, reason: null };
}

async function mailsAbout(
  { store }: OwnDesk,
  { site }: SiteContext,
  person: Person | null,
  answers: readonly Answer[],
): Promise<MailsOf> {
  const hashes = new Set(answers.flatMap(({ waiting }) => waiting.map(({ hash }) => hash)));
  const idsOf = (hash: string): string[] => (person?.all ?? []).map(({ id }) => confirmationId(hash, id));
  const states = await store.marketingMail.statesOf(site, [...hashes].flatMap(idsOf));
  return (hash) => idsOf(hash).flatMap((id) => states.get(id) ?? []);
}

/** `key`: of the address that the link was sent to. `mails`: whether a mail can ask for a confirmation. */
export async function ownChoices(desk: OwnDesk, context: SiteContext, key: string, mails: boolean): Promise<OwnChoices> {
  const { site } = context;
  const person = await personOf(desk, context, key);
  const mayConfirm = mails && person?.contact.kind === 'email' && person.contact.sealed !== null;
  const kinds = kindsOf(context);
  const answers = person && (await ownAnswers(desk, context, person.contact, kinds));
  const suppressions = await desk.store.suppressions.of(site, [key]);
  const objections = suppressions.filter(({ reason, sender }) => reason === 'objection' && sender === null);
  const now = desk.now().getTime();
  const mailsOf = await mailsAbout(desk, context, person, answers ?? []);
  const choices = kinds.map((kind, i): MessageChoice => {
    const own = person?.contact.kind === CHANNEL_FACTS[kind.channel].address;
    const answer = answers?.[i];
    const state = answer ? (own ? stateOf(answer, { now, mailsOf }) : saidOf(answer)) : listed(suppressions, kind);
    return { ...kind, ...state, canStart: mayConfirm && own };
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
