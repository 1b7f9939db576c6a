// The state of a page at a glance: what the badge on the toolbar says, from the page and the notices kept on this device alone.
import { activitiesOnPage } from '../../shared/notice/applies.ts';
import { LAWFUL_BASES, type LawfulBasis } from '../../shared/notice/lawful-basis.ts';
import { isNotice, lawfulBasisStatus, type PrivacyNotice } from '../../shared/notice/schema.ts';
import type { FoundNotice, PageSeen } from '../messages.ts';
import { matchPathname } from '../pathname.ts';
import { plainText } from '../plain-text.ts';
import type { BadgeSpeaker } from '../words/badge.ts';
import { formatOf } from '../words/sentence.ts';
import type { Refusal } from './refusals.ts';

export interface Badge {
  text: string;
  title: string;
  colour: string;
}

const GREY = '#5b6573';
const TEAL = '#0b6b62';
const AMBER = '#8a5a00';
const RED = '#b3261e';
/** Of a notice's title. */
const MOST_TITLE = 80;

/** Where nothing is known that holds. */
export const SAYS_NOTHING: Badge = { text: '', title: 'Candour', colour: GREY };

export interface BadgeFacts {
  /** Null where the page does not say what it shows: then nothing is said of what applies. */
  page: PageSeen['page'] | null;
  /** What the page leads to. */
  found: readonly FoundNotice[];
  /** Kept copies of it, without repeats; `texts` as in activitiesOnPage. `changed`: since the person last said that they have seen it. */
  notices: readonly { notice: PrivacyNotice; texts: readonly string[]; changed: boolean }[];
  /** What was refused for the person in this tab, last. */
  refusal?: Refusal | null | undefined;
  /** A key of this site changed, or its log does not continue the one seen before. */
  alarm: boolean;
}

type Kind = LawfulBasis | 'document_only' | 'not_stated';
const KINDS: readonly Kind[] = [...LAWFUL_BASES, 'document_only', 'not_stated'];

/** For each activity that applies here: its bases, or how none is stated. */
function kindsHere(page: PageSeen['page'], notices: BadgeFacts['notices']): Kind[][] {
  return notices.flatMap(({ notice, texts }) => {
    const found = activitiesOnPage(notice, page, matchPathname, texts);
    const applying = new Set(found.filter(({ applies }) => applies === 'here').map(({ activity }) => activity));
    return notice.activities
      .filter(({ id }) => applying.has(id))
      .map((activity): Kind[] => {
        const status = lawfulBasisStatus(notice, activity);
        return status === 'stated' ? activity.lawfulBases.map(({ basis }) => basis) : [status];
      });
  });
}

interface Said {
  text: string;
  lines: string[];
  colour: string;
}

/** The number of activities that apply here; "?" where no notice was found; "•" where one waits to be read; "!" for an alarm. */
function stateOf({ page, found, notices, alarm }: BadgeFacts, { say, language }: BadgeSpeaker): Said {
  if (alarm) return { text: '!', lines: [say('badge.alarm')], colour: RED };
  if (found.length === 0) return { text: '?', lines: [say('none')], colour: GREY };
  if (notices.length === 0) return { text: '•', lines: [say('badge.waiting')], colour: TEAL };
  if (!page) return { text: '', lines: [], colour: GREY };
  const here = kindsHere(page, notices);
  const kinds = KINDS.filter((kind) => here.some((all) => all.includes(kind)));
  const words = kinds.map((kind) => say(kind === 'document_only' ? 'glance.documentOnly' : `basis.${kind}`));
  const number = new Intl.NumberFormat(formatOf(language)).format(here.length);
  const isPolicy = !notices.some(({ notice }) => isNotice(notice.kind));
  const isUnstated = kinds.includes('document_only') || kinds.includes('not_stated');
  const lines = [
    here.length === 0 ? say('glance.noneApply') : `${number} ${say('glance.apply', { n: here.length })}`,
    ...(words.length > 0 ? [`${say('glance.bases')}: ${new Intl.ListFormat(formatOf(language)).format(words)}`] : []),
    ...(isPolicy ? [say('kind.internal_policy')] : []),
  ];
  return { text: String(here.length), lines, colour: isUnstated || isPolicy ? AMBER : TEAL };
}

/** The state of the page; with "↻" where a notice changed and the person has not seen it yet, "✓" where Candour refused here for them. */
export function badgeOf(facts: BadgeFacts, speaker: BadgeSpeaker): Badge {
  const { text, lines, colour } = stateOf(facts, speaker);
  const { say } = speaker;
  const changed = facts.alarm ? [] : facts.notices.filter((one) => one.changed);
  const told = [
    ...lines,
    ...changed.map(({ notice }) => `${say('changed')}: ${plainText(notice.title).slice(0, MOST_TITLE)}`),
    ...(facts.refusal ? [say(`refuse.${facts.refusal.outcome}`)] : []),
  ];
  const refused = facts.refusal?.outcome === 'refused' && !facts.alarm;
  return {
    text: `${text}${changed.length > 0 ? '↻' : ''}${refused ? '✓' : ''}`,
    title: told.length > 0 ? `Candour: ${told.join('\n')}` : SAYS_NOTHING.title,
    colour: changed.length > 0 ? AMBER : colour,
  };
}
