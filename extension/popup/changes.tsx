// What changed in a notice since this person last read it, in meaning: "the lawful basis of newsletters went from consent to legitimate
// interests". Of the wording alone only where it is.
import { useLayoutEffect, useRef } from 'preact/hooks';

import { noticeChanges, type ChangeWords, type NoticeChange } from '../../shared/notice/diff.ts';
import type { PrivacyNotice } from '../../shared/notice/schema.ts';
import type { ChangedNotice, NoticeView } from '../messages.ts';
import { plain, plainText } from '../plain-text.ts';
import { formatLanguage, say } from '../words/say.ts';
import { Icon } from './icon.tsx';
import { dateWords, languageName, momentWords } from './words.ts';

/** An empty value: it has none. */
function particularWords(name: Parameters<ChangeWords['particular']>[0], value: string): string {
  if (name === 'date') return value === '' ? say('notice.noDate') : dateWords(value);
  if (name === 'controller' && value === '') return say('notice.noController');
  if (name === 'version') return say('notice.version', { version: value || '–' });
  if (name === 'language') return languageName(value);
  return name === 'kind' ? say(`kind.${value as PrivacyNotice['kind']}`) : value;
}

/** Bases by their name, the rest in the notice's own words: it is quoted, not retold. */
const WORDS: ChangeWords = {
  basis: ({ basis, limitedTo }) => {
    const limits = limitedTo ? [...limitedTo.purposes, ...limitedTo.data, ...(limitedTo.stage ? [limitedTo.stage] : [])] : [];
    return `${say(`basis.${basis}`)}${limits.length > 0 ? ` (${limits.join('; ')})` : ''}`;
  },
  retention: (rule) => `“${rule.evidence?.quote ?? rule.statement}”`,
  right: ({ right }) => say(`right.${right}`),
  particular: (name, value) => particularWords(name, value ?? ''),
};

type Part = Exclude<NoticeChange['part'], 'activity' | 'wording'>;

/** All of one part of one activity: what went, and what came. */
interface Told {
  part: Part;
  /** Its title; null: of the document as a whole. */
  activity: string | null;
  before: string[];
  after: string[];
}

const isPart = (change: NoticeChange): change is NoticeChange & { part: Part } =>
  change.part !== 'activity' && change.part !== 'wording';

function gather(changes: readonly NoticeChange[], titles: ReadonlyMap<string, string>): Told[] {
  const told = new Map<string, Told>();
  for (const change of changes.filter(isPart)) {
    const { part, activity, before, after } = change;
    const key = `${activity ?? ''}\n${part}`;
    const one = told.get(key) ?? {
      part,
      activity: activity === null ? null : (titles.get(activity) ?? activity),
      before: [],
      after: [],
    };
    told.set(key, one);
    // A right whose deadline changed is told as one that is there, not as one that is called the same as before.
    if (before !== null && before !== after) one.before.push(before);
    if (after !== null) one.after.push(after);
  }
  return [...told.values()];
}

const listed = (words: readonly string[]): string => new Intl.ListFormat(formatLanguage(), { type: 'conjunction' }).format(words);

function sentence({ part, activity, before, after }: Told): string {
  const values = {
    part: say(`changed.part.${part}`),
    before: listed(before),
    after: listed(after),
    ...(activity === null ? {} : { activity }),
  };
  const kind = before.length === 0 ? 'new' : after.length === 0 ? 'gone' : 'went';
  return say(activity === null ? `changed.${kind}Whole` : `changed.${kind}`, values);
}

/** What weighs most for a person comes first. */
const ORDER: readonly Part[] = [
  'lawful_basis',
  'right',
  'recipient',
  'retention',
  'transfer',
  'marketing',
  'automated_decisions',
  'data',
  'purpose',
];
const rank = ({ part }: Told): number => (ORDER.includes(part) ? ORDER.indexOf(part) : ORDER.length);

interface Line {
  part: NoticeChange['part'];
  text: string;
}

/** What a text in prose says in the section of an activity is found as the whole document's too: it is told once, where it belongs. */
function toldOnce(told: readonly Told[]): Told[] {
  const ofActivities = (part: Part, side: 'before' | 'after'): Set<string> =>
    new Set(told.filter((one) => one.activity !== null && one.part === part).flatMap((one) => one[side]));
  const left = told.map((one): Told => {
    if (one.activity !== null) return one;
    const [gone, come] = [ofActivities(one.part, 'before'), ofActivities(one.part, 'after')];
    return {
      ...one,
      before: one.before.filter((words) => !gone.has(words)),
      after: one.after.filter((words) => !come.has(words)),
    };
  });
  return left.filter(({ before, after }) => before.length + after.length > 0);
}

export function changeLines(before: PrivacyNotice, after: PrivacyNotice): Line[] {
  const changes = noticeChanges(before, after, WORDS);
  const titles = new Map([...before.activities, ...after.activities].map(({ id, title }) => [id, title]));
  return [
    ...toldOnce(gather(changes, titles))
      .toSorted((one, two) => rank(one) - rank(two))
      .map((told) => ({ part: told.part, text: sentence(told) })),
    ...changes
      .filter(({ part }) => part === 'activity')
      .map(({ part, change, before: gone, after: come }) => ({
        part,
        text: say(change === 'added' ? 'changed.activityNew' : 'changed.activityGone', { activity: come ?? gone ?? '' }),
      })),
  ];
}

const Sections = ({ sections }: Pick<ChangedNotice, 'sections'>) =>
  sections.length === 0 ? null : (
    <details>
      <summary>
        {say('changed.sections')} <span class="count">{sections.length}</span>
      </summary>
      <ul class="plain">
        {sections.map(({ title, change }, i) => (
          <li key={i} class="small" data-section={change}>
            <span dir="auto">{plainText(title) || say('changed.rest')}</span>{' '}
            <span class="muted">({say(`changed.section.${change}`)})</span>
          </li>
        ))}
      </ul>
    </details>
  );

const Body = ({ notice, changed }: { notice: PrivacyNotice; changed: ChangedNotice }) => {
  const lines = changed.notice ? changeLines(plain(changed.notice), notice) : [];
  return (
    <>
      <p class="small">{say('changed.when', { before: momentWords(changed.before) })}</p>
      {changed.imported && (
        <p class="small caution" data-imported>
          {say('imported')}
        </p>
      )}
      {lines.length > 0 && (
        <ul class="changes">
          {lines.map(({ part, text }, i) => (
            <li key={i} data-changed={part} dir="auto">
              {text}
            </li>
          ))}
        </ul>
      )}
      {lines.length === 0 && <p class="small">{say(changed.notice ? 'changed.wording' : 'changed.unknown')}</p>}
      <Sections sections={changed.sections} />
    </>
  );
};

interface Props {
  view: NoticeView & { notice: PrivacyNotice };
  changed: ChangedNotice;
  saw?: ((href: string) => void) | undefined;
}

/** In full until the person says that they have seen it; then folded. */
export const Changes = ({ view, changed, saw }: Props) => {
  const folded = useRef<HTMLElement>(null);
  const pressed = useRef(false);
  // The button goes when it was pressed; what it leaves takes the focus.
  useLayoutEffect(() => {
    if (changed.told && pressed.current) folded.current?.focus();
    pressed.current = false;
  }, [changed.told]);
  const notice = plain(view.notice);
  if (changed.told)
    return (
      <details class="group" data-changes="told">
        <summary ref={folded}>{say('changed.quiet', { when: momentWords(changed.found) })}</summary>
        <Body notice={notice} changed={changed} />
      </details>
    );
  return (
    <section class="changed" aria-label={say('changed')} data-changes="new">
      <h3>
        <Icon name="refresh" /> {say('changed')}
      </h3>
      <Body notice={notice} changed={changed} />
      {saw && (
        <button
          type="button"
          class="small-button"
          onClick={() => {
            pressed.current = true;
            saw(view.found.href);
          }}
        >
          {say('changed.seen')}
        </button>
      )}
    </section>
  );
};
