// The state of a page at a glance: what the badge on the toolbar says, from the page and the notices kept on this device alone.
import { activitiesOnPage } from '../../shared/notice/applies.ts';
import { isNotice, lawfulBasisStatus, type PrivacyNotice } from '../../shared/notice/schema.ts';
import type { FoundNotice, PageSeen } from '../messages.ts';
import { matchPathname } from '../pathname.ts';
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

const count = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

export interface BadgeFacts {
  seen: PageSeen;
  /** What the page leads to. */
  found: readonly FoundNotice[];
  /** Kept copies of it, without repeats; `texts` as in activitiesOnPage. */
  notices: readonly { notice: PrivacyNotice; texts: readonly string[] }[];
  /** What was refused for the person in this tab, last. */
  refusal?: Refusal | null | undefined;
  /** A key of this site changed, or its log does not continue the one seen before. */
  alarm: boolean;
}

const REFUSAL_WORDS: Record<Refusal['outcome'], string> = {
  refused: ' It refused everything that is not essential for you here.',
  failed: ' It could not refuse for you here.',
  left: ' It left this site’s question to you.',
};

/** The number of activities that apply here; "?" where no notice was found; "•" where one waits to be read; "!" for an alarm. */
function stateOf({ seen, found, notices, alarm }: BadgeFacts): Badge {
  if (alarm)
    return { text: '!', title: 'Candour: the record of your choices on this site does not hold. Open to see why.', colour: RED };
  if (found.length === 0) return { text: '?', title: 'Candour: no privacy notice was found on this page.', colour: GREY };
  if (notices.length === 0)
    return {
      text: '•',
      title: `Candour: this page ${seen.declared.length > 0 ? 'declares' : 'links'} a privacy notice. Open to read it.`,
      colour: TEAL,
    };

  const here = notices.flatMap(({ notice, texts }) => {
    const applying = new Set(
      activitiesOnPage(notice, seen.page, matchPathname, texts)
        .filter(({ applies }) => applies === 'here')
        .map(({ activity }) => activity),
    );
    return notice.activities.filter(({ id }) => applying.has(id)).map((activity) => lawfulBasisStatus(notice, activity));
  });
  const unstated = here.filter((status) => status !== 'stated').length;
  const kind = notices.some(({ notice }) => isNotice(notice.kind)) ? '' : ' It comes from an internal policy, not a notice.';
  const bases =
    here.length === 0
      ? ''
      : unstated === 0
        ? ' A lawful basis is stated for each.'
        : ` For ${unstated} no lawful basis is stated there.`;
  return {
    text: String(here.length),
    title: `Candour: ${count(here.length, 'activity applies', 'activities apply')} on this page.${bases}${kind}`,
    colour: unstated > 0 || kind ? AMBER : TEAL,
  };
}

/** The state of the page; with "✓" where Candour refused here for the person. */
export function badgeOf(facts: BadgeFacts): Badge {
  const { text, title, colour } = stateOf(facts);
  if (!facts.refusal) return { text, title, colour };
  const { outcome } = facts.refusal;
  return { text: outcome === 'refused' && !facts.alarm ? `${text}✓` : text, title: title + REFUSAL_WORDS[outcome], colour };
}
