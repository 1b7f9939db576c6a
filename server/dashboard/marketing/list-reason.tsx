// Why those on a list may be written to, and what shows it: said here for every row, or found in a column of the list.
import { useCallback } from 'preact/hooks';

import { Field } from '../parts/field.tsx';
import { useAnswer } from '../use-answer.ts';
import { capital, longDay, plain } from '../words.ts';
import { marketing, type Notice, type Sending } from './marketing-api.ts';

export interface ListReason {
  reason: string;
  activity: string;
  notice: string;
  since: string;
  subscriber: string;
  /** By place, such as `sale.on`. */
  evidence: Readonly<Record<string, string>>;
}
export const NO_REASON: ListReason = {
  reason: 'not_stated',
  activity: '',
  notice: '',
  since: '',
  subscriber: 'unknown',
  evidence: {},
};

const REASONS: Record<string, string> = {
  not_stated: 'Not stated',
  consent: 'Consent',
  soft_opt_in: 'Existing customer (soft opt-in)',
  charity_soft_opt_in: 'Supporter of a charity (soft opt-in)',
  corporate_subscriber: 'Company or the like',
  no_pecr_rule: 'No rule of PECR asks for consent',
};
const SUBSCRIBERS =
  'unknown individual sole_trader partnership company limited_liability_partnership scottish_partnership public_body'.split(' ');

const REFUSAL = ['refusalAtCollection.on', 'refusalAtCollection.shown', 'refusalInEveryMessage'];
const ACTIVITY = ['notice', 'activity', 'lawfulBasis'];
/** As shared/marketing/ground.ts asks for it. */
const PLACES: Record<string, readonly string[]> = {
  soft_opt_in: ['sale.kind', 'sale.reference', 'sale.on', 'collectedDirectly', 'ownSimilarProducts', ...REFUSAL],
  charity_soft_opt_in: [
    ...['charity', 'obtainedOn', 'collectedDirectly', 'soleCharitablePurpose'],
    ...['expressed.kind', 'expressed.reference', 'expressed.on', ...REFUSAL, 'notForOtherOrganisations'],
  ],
  corporate_subscriber: ['record', 'on', ...ACTIVITY],
  no_pecr_rule: [...ACTIVITY, 'screening.register', 'screening.on', 'screening.listed'],
};
/** What each takes besides any text; a day where the name says one. */
const CHOICES: Record<string, readonly string[]> = {
  'sale.kind': ['sale', 'negotiation'],
  'expressed.kind': ['interest', 'support'],
  'screening.register': ['tps', 'ctps'],
  'screening.listed': ['false', 'true'],
  lawfulBasis: 'contract legal_obligation vital_interests public_task legitimate_interests recognised_legitimate_interests'.split(
    ' ',
  ),
  ...Object.fromEntries(
    [...(PLACES['soft_opt_in'] ?? []), ...(PLACES['charity_soft_opt_in'] ?? [])]
      .filter((place) => /^(?:collected|own|refusalIn|sole|notFor)/.test(place))
      .map((place) => [place, ['true']]),
  ),
};

const placeWords = (place: string): string =>
  capital(plain(place.replace('.', ': ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)));

/** Fields that the reason gives a meaning to, as columns. */
export const reasonFields = ({ reason }: ListReason): string[] =>
  reason === 'consent' ? ['notice'] : (PLACES[reason] ?? []).map((place) => `evidence.${place}`);

export const evidenceWords = (field: string): string => placeWords(field.replace('evidence.', 'Evidence '));

/** What a claim lacks, as the service says it: "refusalAtCollection.on: is missing". */
export const lackWords = (lack: string): string => {
  const [place = '', what = ''] = lack.split(/:(.*)/s);
  return `${placeWords(place)}:${what}`;
};

const typed = (value: string): string | boolean => (value === 'true' ? true : value === 'false' ? false : value);

/** As the service takes it. */
export function reasonQuery({ reason, activity, notice, since, subscriber, evidence }: ListReason): Record<string, string> {
  const tree: Record<string, unknown> = {};
  for (const place of PLACES[reason] ?? []) {
    const value = evidence[place];
    if (!value) continue;
    const [first = '', second] = place.split('.');
    tree[first] = second === undefined ? typed(value) : { ...Object(tree[first]), [second]: typed(value) };
  }
  const said: Record<string, string> =
    reason === 'consent' ? { activity, notice } : { since, subscriber, evidence: JSON.stringify(tree) };
  const all: Record<string, string> = reason === 'not_stated' ? {} : { reason, ...said };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

const options = (all: readonly string[], words: (one: string) => string) =>
  all.map((one) => (
    <option key={one} value={one}>
      {words(one)}
    </option>
  ));

const yesWords = (value: string): string => (value === 'true' ? 'Yes' : value === 'false' ? 'No' : capital(plain(value)));
const noticeWords = (notices: readonly Notice[]) => (hash: string) => {
  const { title = hash, publishedAt = '' } = notices.find((one) => one.hash === hash) ?? {};
  return `${title}, ${longDay(publishedAt)}`;
};

interface ReasonProps {
  site: string;
  sending: Sending;
  said: ListReason;
  say: (said: ListReason) => void;
}

export function Reason({ site, sending, said, say }: ReasonProps) {
  const { value: notices } = useAnswer(useCallback((signal) => marketing.notices(site, signal), [site]));
  const hashes = (notices ?? []).map(({ hash }) => hash);
  const choice = (label: string, value: string, all: readonly string[], set: (value: string) => void, words = yesWords) => (
    <Field key={label} label={label} bare>
      {(attributes) => (
        <select {...attributes} value={value} onChange={({ currentTarget }) => set(currentTarget.value)}>
          {options(all, (one) => (one === '' ? '–' : words(one)))}
        </select>
      )}
    </Field>
  );
  const text = (label: string, value: string, isDay: boolean, set: (value: string) => void) => {
    const typing = { value, onInput: (event: { currentTarget: HTMLInputElement }) => set(event.currentTarget.value) };
    return (
      <Field key={label} label={label} bare>
        {(attributes) =>
          isDay ? (
            <input {...attributes} type="date" {...typing} />
          ) : (
            <input {...attributes} type="text" maxLength={100} {...typing} />
          )
        }
      </Field>
    );
  };
  const place = (name: string) => {
    const value = said.evidence[name] ?? '';
    const set = (now: string): void => say({ ...said, evidence: { ...said.evidence, [name]: now } });
    const known = name === 'notice' || name.endsWith('.shown') ? hashes : CHOICES[name];
    const words = known === hashes ? noticeWords(notices ?? []) : yesWords;
    return known
      ? choice(placeWords(name), value, ['', ...known], set, words)
      : text(placeWords(name), value, /(?:^on|\.on|On)$/.test(name), set);
  };
  return (
    <fieldset class="options">
      <legend>Why they may be written to</legend>
      <div class="filters">
        {choice(
          'Reason',
          said.reason,
          Object.keys(REASONS),
          (reason) => say({ ...NO_REASON, reason }),
          (one) => REASONS[one] ?? one,
        )}
        {said.reason === 'consent' && (
          <>
            {choice('Messages', said.activity, ['', ...sending.activities], (activity) => say({ ...said, activity }))}
            {choice(
              'Notice that was given',
              said.notice,
              ['', ...hashes],
              (notice) => say({ ...said, notice }),
              noticeWords(notices ?? []),
            )}
          </>
        )}
        {PLACES[said.reason] && (
          <>
            {text('Since', said.since, true, (since) => say({ ...said, since }))}
            {choice('Who they are', said.subscriber, SUBSCRIBERS, (subscriber) => say({ ...said, subscriber }))}
            {PLACES[said.reason]?.map(place)}
          </>
        )}
      </div>
      {said.reason !== 'not_stated' && (
        <p class="note">
          {said.reason === 'consent'
            ? 'Each row needs the moment at which it was said: map its column below.'
            : 'What stays empty here must stand in a column of the list, which you map below.'}{' '}
          What lacks its evidence is kept and permits nothing.
        </p>
      )}
    </fieldset>
  );
}
