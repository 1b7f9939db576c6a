// The text of a structured notice: what evidence points into and what the notice page shows. Evidence, hashes and
// navigation are no part of it, so that no hash contains itself. One fact is one line, so that a quote is a whole line.
import { canonicalJson } from '../canonical.ts';
import type { Evidence, PrivacyNotice } from './schema.ts';

export interface NoticeLine {
  /** Where the fact stands in the notice: "activities/2/lawfulBases/0". Also the id of its element on the notice page. */
  place: string;
  level: 'title' | 'section' | 'activity' | 'fact';
  text: string;
  start: number;
  end: number;
}

type Draft = Pick<NoticeLine, 'place' | 'level' | 'text'>;

const statements = (place: string, facts: readonly { statement: string }[]): Draft[] =>
  facts.map((fact, i) => ({ place: `${place}/${i}`, level: 'fact', text: fact.statement }));

const one = (place: string, fact: { statement: string } | null | undefined): Draft[] =>
  fact ? [{ place, level: 'fact', text: fact.statement }] : [];

const section = (place: string, title: string, lines: Draft[]): Draft[] =>
  lines.length > 0 ? [{ place, level: 'section', text: title }, ...lines] : [];

function activityLines(notice: PrivacyNotice): Draft[] {
  return notice.activities.flatMap((activity, i) => {
    const at = `activities/${i}`;
    return [
      { place: at, level: 'activity' as const, text: activity.title },
      ...one(`${at}/source`, activity.source),
      ...statements(`${at}/lawfulBases`, activity.lawfulBases),
      ...statements(`${at}/retention`, activity.retention),
      ...statements(`${at}/transfers`, activity.transfers),
      ...one(`${at}/marketing`, activity.marketing),
      ...one(`${at}/automatedDecisions`, activity.automatedDecisions),
      ...statements(`${at}/devicePermissions`, activity.devicePermissions),
    ];
  });
}

/** The lines of the notice with their places; joined by "\n" they are its text, and start and end are offsets into that. */
export function noticeLines(notice: PrivacyNotice): NoticeLine[] {
  const drafts: Draft[] = [
    { place: 'title', level: 'title', text: notice.title },
    ...section('section-who', 'Who is responsible', [
      ...one('controller', notice.controller),
      ...one('representative', notice.representative),
      ...one('dpo', notice.dpo),
    ]),
    ...section(
      'section-documentBases',
      'Lawful bases for the document as a whole',
      statements('documentBases', notice.documentBases),
    ),
    ...section('section-activities', 'What happens with personal data', activityLines(notice)),
    ...section('section-retention', 'How long data is kept', statements('retention', notice.retention)),
    ...section('section-transfers', 'Transfers to other countries', statements('transfers', notice.transfers)),
    ...section('section-automatedDecisions', 'Automated decisions', one('automatedDecisions', notice.automatedDecisions)),
    ...section('section-rights', 'Your rights', statements('rights', notice.rights)),
    ...section('section-complaints', 'Complaints', [
      ...statements('complaints', notice.complaints),
      ...one('authority', notice.authority),
    ]),
  ];
  let at = 0;
  return drafts.map((draft) => {
    const line = { ...draft, start: at, end: at + draft.text.length };
    at = line.end + 1;
    return line;
  });
}

export const noticeText = (notice: PrivacyNotice): string =>
  noticeLines(notice)
    .map((line) => line.text)
    .join('\n');

/** The line of a fact, as evidence. Throws RangeError for a place that the notice does not have. */
export function evidenceAt(notice: PrivacyNotice, place: string): Evidence {
  const line = noticeLines(notice).find((candidate) => candidate.place === place);
  if (!line) throw new RangeError(`the notice has no ${place}`);
  return { quote: line.text, start: line.start, end: line.end };
}

/** The same notice with the evidence of every fact filled in from its own text. */
export function withEvidence(notice: PrivacyNotice): PrivacyNotice {
  const copy = JSON.parse(canonicalJson(notice)) as PrivacyNotice;
  for (const line of noticeLines(notice)) {
    const target = line.place
      .split('/')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], copy);
    if (line.level === 'fact' && target && typeof target === 'object')
      Object.assign(target, { evidence: { quote: line.text, start: line.start, end: line.end } });
  }
  return copy;
}

/** Places whose stored evidence no longer stands in the notice's text (R78). */
export function staleEvidence(notice: PrivacyNotice): string[] {
  const text = noticeText(notice);
  const stale: string[] = [];
  const walk = (value: unknown, place: string): void => {
    if (!value || typeof value !== 'object') return;
    for (const [key, child] of Object.entries(value)) {
      if (key !== 'evidence') walk(child, place ? `${place}/${key}` : key);
      else if (text.slice((child as Evidence).start, (child as Evidence).end) !== (child as Evidence).quote) stale.push(place);
    }
  };
  walk(notice, '');
  return stale;
}
