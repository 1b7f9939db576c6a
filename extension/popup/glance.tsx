// The page in one look: how many activities apply here and on which lawful bases, and the way to each part below.
import { activitiesOnPage } from '../../shared/notice/applies.ts';
import { LAWFUL_BASES, LAWFUL_BASIS_FACTS, type LawfulBasis } from '../../shared/notice/lawful-basis.ts';
import { isNotice, lawfulBasisStatus } from '../../shared/notice/schema.ts';
import type { ChoicesView, NoticeView, PageSeen } from '../messages.ts';
import { matchPathname } from '../pathname.ts';
import { plainText } from '../plain-text.ts';

type Kind = LawfulBasis | 'document_only' | 'not_stated';
const KINDS: readonly Kind[] = [...LAWFUL_BASES, 'document_only', 'not_stated'];

const WORDS = (kind: Kind): string =>
  kind === 'document_only' ? 'For the document only' : kind === 'not_stated' ? 'Not stated' : LAWFUL_BASIS_FACTS[kind].label;

interface Props {
  seen: PageSeen;
  /** In the order in which they stand below. */
  notices: readonly NoticeView[];
  choices: ChoicesView | null;
}

/** For each activity that applies here: its bases, or how none is stated. */
function kindsHere(seen: PageSeen, notices: readonly NoticeView[]): Kind[][] {
  return notices.flatMap(({ notice, prose }) => {
    if (!notice) return [];
    const found = activitiesOnPage(notice, seen.page, matchPathname, prose?.texts);
    return notice.activities
      .filter((_, i) => found[i]?.applies === 'here')
      .map((activity): Kind[] => {
        const status = lawfulBasisStatus(notice, activity);
        return status === 'stated' ? [...new Set(activity.lawfulBases.map(({ basis }) => basis))] : [status];
      });
  });
}

export const Glance = ({ seen, notices, choices }: Props) => {
  const here = kindsHere(seen, notices);
  const counts = KINDS.map((kind) => ({ kind, count: here.filter((kinds) => kinds.includes(kind)).length })).filter(
    ({ count }) => count > 0,
  );
  const choiceCount = choices?.state === 'given' ? choices.receipts.length : 0;
  return (
    <section class="glance" aria-label="At a glance">
      <p class="glance-number">
        {here.length > 0 ? (
          <>
            <strong>{here.length}</strong> {here.length === 1 ? 'activity applies' : 'activities apply'} on this page
          </>
        ) : (
          'No activity was found to apply on this page'
        )}
      </p>
      {counts.length > 0 && (
        <ul class="glance-bases" aria-label="Lawful bases of what applies here">
          {counts.map(({ kind, count }) => (
            <li key={kind} class={`pill ${kind === 'document_only' || kind === 'not_stated' ? kind : 'basis'}`}>
              {WORDS(kind)} <span class="article">{count}</span>
            </li>
          ))}
        </ul>
      )}
      <nav class="jump" aria-label="Parts of this view">
        {notices.map(({ notice }, i) => (
          <a key={i} href={`#notice-${i}`}>
            {notice ? plainText(notice.title) : 'Not read'}
            {notice && !isNotice(notice.kind) && ' (policy)'}
          </a>
        ))}
        <a href="#choices">Your choices here{choiceCount > 0 ? ` (${choiceCount})` : ''}</a>
      </nav>
    </section>
  );
};
