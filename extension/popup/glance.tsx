// The page in one look: how many activities apply here and on which lawful bases, and the way to each part below.
import { activitiesOnPage } from '../../shared/notice/applies.ts';
import { LAWFUL_BASES, type LawfulBasis } from '../../shared/notice/lawful-basis.ts';
import { isNotice, lawfulBasisStatus, type PrivacyNotice } from '../../shared/notice/schema.ts';
import type { ChoicesView, NoticeView, PageSeen } from '../messages.ts';
import { matchPathname } from '../pathname.ts';
import { plainText } from '../plain-text.ts';
import { say } from '../words/say.ts';

type Kind = LawfulBasis | 'document_only' | 'not_stated';
const KINDS: readonly Kind[] = [...LAWFUL_BASES, 'document_only', 'not_stated'];

const wordsOf = (kind: Kind): string => say(kind === 'document_only' ? 'glance.documentOnly' : `basis.${kind}`);

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

const titleOf = ({ title, kind }: PrivacyNotice): string =>
  isNotice(kind) ? plainText(title) : say('glance.policy', { title: plainText(title) });

export const Glance = ({ seen, notices, choices }: Props) => {
  const here = kindsHere(seen, notices);
  const counts = KINDS.map((kind) => ({ kind, count: here.filter((kinds) => kinds.includes(kind)).length })).filter(
    ({ count }) => count > 0,
  );
  const choiceCount = choices?.state === 'given' ? choices.receipts.length : 0;
  return (
    <section class="glance" aria-label={say('glance')}>
      <p class="glance-number">
        {here.length > 0 ? (
          <>
            <strong>{here.length}</strong> {say('glance.apply', { n: here.length })}
          </>
        ) : (
          say('glance.noneApply')
        )}
      </p>
      {counts.length > 0 && (
        <ul class="glance-bases" aria-label={say('glance.bases')}>
          {counts.map(({ kind, count }) => (
            <li key={kind} class={`pill ${kind === 'document_only' || kind === 'not_stated' ? kind : 'basis'}`}>
              {wordsOf(kind)} <span class="article">{count}</span>
            </li>
          ))}
        </ul>
      )}
      <nav class="jump" aria-label={say('glance.parts')}>
        {notices.map(({ notice }, i) => (
          <a key={i} href={`#notice-${i}`}>
            {notice ? titleOf(notice) : say('glance.notRead')}
          </a>
        ))}
        <a href="#choices">{choiceCount > 0 ? say('choices.count', { n: choiceCount }) : say('choices')}</a>
      </nav>
    </section>
  );
};
