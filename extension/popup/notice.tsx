// One notice, declared as data or read from prose: whose it is, which version, how it was found; what of it applies here; then the
// rest of it.
import { activitiesOnPage, type ActivityOnPage } from '../../shared/notice/applies.ts';
import type { PageFacts } from '../../shared/notice/page.ts';
import { isNotice, type Contact, type PrivacyNotice } from '../../shared/notice/schema.ts';
import type { NoticeView } from '../messages.ts';
import { matchPathname } from '../pathname.ts';
import { plain, plainText, safeHref } from '../plain-text.ts';
import { ActivityCard, ActivityRow, type ActivityProps } from './activity.tsx';
import { Icon, Outside } from './icon.tsx';
import { Quote, Statement, type Source } from './lawful-basis.tsx';
import { Letters } from './letters.tsx';
import { noticeLink, proseLink, quoteAt } from './notice-link.ts';
import {
  dateWords,
  HOW_WORDS,
  languageWords,
  momentWords,
  NOTICE_KIND_WORDS,
  NOTICE_PROBLEM_WORDS,
  RIGHT_WORDS,
} from './words.ts';

interface Props {
  view: NoticeView;
  page: PageFacts;
  /** Unique in the document, for headings. */
  id: string;
  /** Reads it again. */
  again?: (href: string) => void;
}

/** A language by its name, all else as it is. */
const detailWords = ({ code, detail }: NonNullable<NoticeView['problem']>): string =>
  code === 'UNREADABLE_LANGUAGE' ? languageWords(detail) : plainText(detail);

const Problem = ({ view }: { view: NoticeView }) =>
  view.problem && (
    <div class="note warn" role="status" data-problem={view.problem.code}>
      <Icon name="alert" />
      <div>
        <p>{NOTICE_PROBLEM_WORDS[view.problem.code]}</p>
        {view.problem.detail && <p class="small">{detailWords(view.problem)}</p>}
        {view.notice && view.readAt && view.problem.code !== 'UNREADABLE_LANGUAGE' && (
          <p class="small">Below is the copy that you read on {momentWords(view.readAt)}.</p>
        )}
      </div>
    </div>
  );

const versionWords = ({ version, date }: PrivacyNotice): string =>
  [version === null ? null : `Version ${version}`, date === null ? 'no date given' : dateWords(date)]
    .filter((part) => part !== null)
    .join(' · ');

const Found = ({ notice, view }: { notice: PrivacyNotice; view: NoticeView }) => {
  const how = HOW_WORDS[view.found.how];
  return (
    <details class="found">
      <summary data-how={view.found.how}>
        {how.short}, {view.found.how === 'this_page' ? 'read as it stands' : `read from ${new URL(view.href).host}`}
      </summary>
      <p class="small">
        {how.long}
        {view.readAt && ` Read on ${momentWords(view.readAt)}.`}
        {view.firstSeen &&
          view.firstSeen !== view.readAt &&
          ` This very version was first seen on this device on ${momentWords(view.firstSeen)}.`}
      </p>
      {view.prose && (
        <p class="small">
          It is a text for people. What is shown was found in it by rules on this device, each with the sentence that says so; a
          rule can be wrong, so how sure it is stands beside it. The whole text was searched (rules {view.prose.rules}).
        </p>
      )}
      {notice.about && <p class="small">{notice.about}</p>}
      {notice.scope && <p class="small">{notice.scope}</p>}
      {view.hash && <p class="small hash">SHA-256 {view.hash}</p>}
    </details>
  );
};

const Header = ({ notice, view, id, again }: Omit<Props, 'page'> & { notice: PrivacyNotice }) => {
  const href = view.prose ? proseLink(view.href, '') : noticeLink(view.href, view.hash, 'title');
  return (
    <div class="notice-head">
      <p class={isNotice(notice.kind) ? 'kind' : 'kind policy'}>
        {NOTICE_KIND_WORDS[notice.kind]}
        {view.found.audience && ` for ${view.found.audience}`}
        {view.prose && <span class="machine">read by rules</span>}
      </p>
      <h2 id={id} dir="auto">
        {notice.title}
      </h2>
      <p class="controller" dir="auto">
        <span class="unseen">Controller: </span>
        {notice.controller.name || <span class="muted">We did not find who is responsible</span>}
        {notice.controller.legalName && notice.controller.legalName !== notice.controller.name && (
          <span class="muted"> ({notice.controller.legalName})</span>
        )}
      </p>
      <p class="meta" dir="auto">
        {versionWords(notice)}
      </p>
      <Found notice={notice} view={view} />
      <div class="actions">
        {href && <Outside href={href}>Open the whole document</Outside>}
        {again && view.prose && (
          <button type="button" class="plain-button" onClick={() => again(view.found.href)}>
            <Icon name="refresh" /> Read again
          </button>
        )}
      </div>
    </div>
  );
};

const ROLE_WORDS: Record<Contact['role'], string> = {
  dpo: 'Data protection officer',
  controller: 'Controller',
  team: 'Team',
  authority: 'Supervisory authority',
  other: 'Contact',
};

const ContactLine = ({ contact }: { contact: Contact }) => {
  const href = contact.kind === 'url' || contact.kind === 'form' ? safeHref(contact.value ?? '') : null;
  return (
    <div class="fact" dir="auto">
      <dt>
        {ROLE_WORDS[contact.role]}, {contact.kind}
      </dt>
      <dd>
        {contact.value === null ? 'hidden by the site' : href ? <Outside href={href}>{contact.value}</Outside> : contact.value}
        {contact.note && <span class="muted"> ({contact.note})</span>}
      </dd>
    </div>
  );
};

const Contacts = ({ notice }: { notice: PrivacyNotice }) => {
  const contacts = [notice.controller, notice.dpo, notice.representative, notice.authority, ...notice.complaints].flatMap(
    (who) => who?.contacts ?? [],
  );
  const unique = [...new Map(contacts.map((contact) => [`${contact.kind} ${contact.value ?? contact.role}`, contact])).values()];
  if (unique.length === 0 && !notice.authority) return null;
  return (
    <details class="group">
      <summary>Whom to ask</summary>
      <dl>
        {unique.map((contact, i) => (
          <ContactLine key={i} contact={contact} />
        ))}
      </dl>
      {notice.authority && <p class="small">Supervisory authority: {notice.authority.name}</p>}
    </details>
  );
};

const Issues = ({ notice }: { notice: PrivacyNotice }) =>
  notice.issues.length === 0 ? null : (
    <details class="group">
      <summary>Facts about this text ({notice.issues.length})</summary>
      <p class="small">What the document leaves open or contradicts. These are facts about its text, not a verdict.</p>
      <ul class="issues">
        {notice.issues.map((issue, i) => (
          <li key={i} data-issue={issue.code} dir="auto">
            {issue.statement}
          </li>
        ))}
      </ul>
    </details>
  );

interface Group {
  applies: ActivityOnPage['applies'];
  items: ActivityProps[];
}

const Cards = ({ title, note, items }: { title: string; note?: string; items: ActivityProps[] }) => (
  <section class="cards">
    <h3>
      {title} <span class="count">{items.length}</span>
    </h3>
    {note && <p class="small">{note}</p>}
    {items.map((item) => (
      <ActivityCard key={item.activity.id} {...item} />
    ))}
  </section>
);

const Activities = ({ groups, view }: { groups: readonly Group[]; view: NoticeView }) => {
  const of = (applies: Group['applies']): ActivityProps[] => groups.find((group) => group.applies === applies)?.items ?? [];
  const document = view.notice && !isNotice(view.notice.kind) ? 'policy' : 'notice';
  const none = view.prose
    ? `Nothing in this ${document} was found to be about this very page.`
    : `This ${document} declares no activity for this very page.`;
  return (
    <>
      {of('here').length > 0 ? <Cards title="Applies on this page" items={of('here')} /> : <p class="note">{none}</p>}
      {of('may').length > 0 && (
        <Cards title="May apply" note="The page looks like it; other activities could look the same." items={of('may')} />
      )}
      {of('elsewhere').length > 0 && (
        <details class="group rest">
          <summary>
            The rest of the {document} <span class="count">{of('elsewhere').length}</span>
          </summary>
          {of('elsewhere').map((item) => (
            <ActivityRow key={item.activity.id} {...item} />
          ))}
        </details>
      )}
    </>
  );
};

/** What a text in prose says once for all: it stands here where no activity above shows it. */
const WholeDocument = ({ notice, source, open }: { notice: PrivacyNotice; source: Source; open: boolean }) => (
  <>
    {notice.documentBases.length > 0 && (
      <details class="group" open={open}>
        <summary>
          Lawful bases stated for the whole document <span class="count">{notice.documentBases.length}</span>
        </summary>
        <ul class="plain">
          {notice.documentBases.map((statement, i) => (
            <Statement key={i} statement={statement} place={`documentBases/${i}`} source={source} />
          ))}
        </ul>
      </details>
    )}
    {notice.retention.length > 0 && (
      <details class="group">
        <summary>
          How long data is kept <span class="count">{notice.retention.length}</span>
        </summary>
        {notice.retention.map((rule, i) => (
          <Quote key={i} text={rule.evidence?.quote ?? rule.statement} place={`retention/${i}`} source={source} />
        ))}
      </details>
    )}
    {notice.rights.length > 0 && (
      <details class="group">
        <summary>
          Rights that it tells of <span class="count">{notice.rights.length}</span>
        </summary>
        {notice.rights.map((entry, i) => (
          <div key={i}>
            <h6>{RIGHT_WORDS[entry.right]}</h6>
            <Quote text={entry.evidence?.quote ?? entry.statement} place={`rights/${i}`} source={source} />
          </div>
        ))}
      </details>
    )}
  </>
);

/** Found and not read: what it is called, how it was found, why not. */
const Unread = ({ view, id, again }: Omit<Props, 'page'>) => {
  const href = proseLink(view.href, '');
  return (
    <section class="notice unread" aria-labelledby={id} data-notice="">
      <p class="kind">{HOW_WORDS[view.found.how].short}</p>
      <h2 id={id} dir="auto">
        {plainText(view.found.title) || 'A privacy notice'}
      </h2>
      <p class="small hash">{plainText(view.href)}</p>
      <Problem view={view} />
      <p class="small">
        So nothing can be said here about its lawful bases: we did not read it, which is not the same as “not stated”.
      </p>
      <div class="actions">
        {href && <Outside href={href}>Open the notice</Outside>}
        {again && (
          <button type="button" class="plain-button" onClick={() => again(view.found.href)}>
            <Icon name="refresh" /> Try again
          </button>
        )}
      </div>
    </section>
  );
};

function sourceOf(view: NoticeView): Source {
  const { prose, href, hash, stale, notice } = view;
  const readable = view.problem?.code !== 'UNREADABLE_LANGUAGE';
  if (!prose) return { linkTo: (place) => noticeLink(href, hash, place), stale, sureOf: () => null, readable };
  return {
    linkTo: (place) => proseLink(href, quoteAt(notice, place)),
    stale,
    sureOf: (place) => prose.confidence[place] ?? null,
    readable,
  };
}

export const Notice = (props: Props) => {
  const { view, page, id, again } = props;
  if (!view.notice) return <Unread view={view} id={id} again={again} />;
  const notice = plain(view.notice);
  const source = sourceOf(view);
  const found = activitiesOnPage(notice, page, matchPathname, view.prose?.texts);
  const items = notice.activities.flatMap((activity, index): ActivityProps[] => {
    const onPage = found[index];
    return onPage ? [{ notice, activity, index, onPage: plain(onPage), source }] : [];
  });
  const groups = (['here', 'may', 'elsewhere'] as const).map((applies) => ({
    applies,
    items: items.filter(({ onPage }) => onPage.applies === applies),
  }));
  return (
    <section class="notice" aria-labelledby={id} data-notice={view.hash ?? ''} data-kind={notice.kind} data-how={view.found.how}>
      <Header notice={notice} view={view} id={id} again={again} />
      <Problem view={view} />
      {!isNotice(notice.kind) && (
        <p class="note">
          This document tells people inside the organisation how to act.{' '}
          {view.prose
            ? 'It is shown because the page leads to it; it does not inform you as a privacy notice would.'
            : 'It is shown because the page declares it; it does not inform you as a privacy notice would.'}
        </p>
      )}
      <Activities groups={groups} view={view} />
      {view.prose && (
        <WholeDocument notice={notice} source={source} open={!items.some(({ onPage }) => onPage.applies === 'here')} />
      )}
      <Letters
        key={view.hash}
        notice={notice}
        source={source}
        id={`${id}-letters`}
        here={items.filter(({ onPage }) => onPage.applies === 'here').map(({ index }) => index)}
      />
      <Issues notice={notice} />
      <Contacts notice={notice} />
    </section>
  );
};
