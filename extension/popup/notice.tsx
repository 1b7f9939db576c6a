// One declared notice: whose it is, which version, how it was found; what of it applies here; then the rest of it.
import { activitiesOnPage, type ActivityOnPage } from '../../shared/notice/applies.ts';
import type { PageFacts } from '../../shared/notice/page.ts';
import { isNotice, type Contact, type PrivacyNotice } from '../../shared/notice/schema.ts';
import type { NoticeView } from '../messages.ts';
import { matchPathname } from '../pathname.ts';
import { plain, plainText, safeHref } from '../plain-text.ts';
import { ActivityCard, ActivityRow, type ActivityProps } from './activity.tsx';
import { Icon, Outside } from './icon.tsx';
import type { Source } from './lawful-basis.tsx';
import { noticeLink } from './notice-link.ts';
import { dateWords, momentWords, NOTICE_KIND_WORDS, NOTICE_PROBLEM_WORDS } from './words.ts';

interface Props {
  view: NoticeView;
  page: PageFacts;
  /** Unique in the document, for headings. */
  id: string;
}

const Problem = ({ view }: { view: NoticeView }) =>
  view.problem && (
    <div class="note warn" role="status">
      <Icon name="alert" />
      <div>
        <p>{NOTICE_PROBLEM_WORDS[view.problem.code]}</p>
        {view.problem.detail && <p class="small">{plainText(view.problem.detail)}</p>}
        {view.notice && view.readAt && <p class="small">Below is the copy that you read on {momentWords(view.readAt)}.</p>}
      </div>
    </div>
  );

const versionWords = ({ version, date }: PrivacyNotice): string =>
  [version === null ? null : `Version ${version}`, date === null ? 'no date given' : dateWords(date)]
    .filter((part) => part !== null)
    .join(' · ');

const Header = ({ notice, view, id }: { notice: PrivacyNotice; view: NoticeView; id: string }) => {
  const href = noticeLink(view.href, view.hash, 'title');
  return (
    <div class="notice-head">
      <p class={isNotice(notice.kind) ? 'kind' : 'kind policy'}>{NOTICE_KIND_WORDS[notice.kind]}</p>
      <h2 id={id} dir="auto">
        {notice.title}
      </h2>
      <p class="controller" dir="auto">
        <span class="unseen">Controller: </span>
        {notice.controller.name}
        {notice.controller.legalName && notice.controller.legalName !== notice.controller.name && (
          <span class="muted"> ({notice.controller.legalName})</span>
        )}
      </p>
      <p class="meta">{versionWords(notice)}</p>
      <details class="found">
        <summary>Declared by this page, read from {new URL(view.href).host}</summary>
        <p class="small">
          The page names it with rel="privacy-policy" as data, so nothing here was guessed (confidence 1.0).
          {view.readAt && ` Read on ${momentWords(view.readAt)}.`}
          {view.firstSeen &&
            view.firstSeen !== view.readAt &&
            ` This very version was first seen on this device on ${momentWords(view.firstSeen)}.`}
        </p>
        {notice.about && <p class="small">{notice.about}</p>}
        {notice.scope && <p class="small">{notice.scope}</p>}
        {view.hash && <p class="small hash">SHA-256 {view.hash}</p>}
      </details>
      {href && <Outside href={href}>Open the whole document</Outside>}
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

const Activities = ({ groups, policy }: { groups: readonly Group[]; policy: boolean }) => {
  const of = (applies: Group['applies']): ActivityProps[] => groups.find((group) => group.applies === applies)?.items ?? [];
  const document = policy ? 'policy' : 'notice';
  return (
    <>
      {of('here').length > 0 ? (
        <Cards title="Applies on this page" items={of('here')} />
      ) : (
        <p class="note">This {document} declares no activity for this very page.</p>
      )}
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

export const Notice = ({ view, page, id }: Props) => {
  if (!view.notice)
    return (
      <section class="notice" aria-labelledby={id}>
        <h2 id={id}>The declared notice could not be read</h2>
        <p class="small hash">{plainText(view.href)}</p>
        <Problem view={view} />
      </section>
    );
  const notice = plain(view.notice);
  const source: Source = { linkTo: (place) => noticeLink(view.href, view.hash, place), stale: view.stale };
  const found = activitiesOnPage(notice, page, matchPathname);
  const items = notice.activities.flatMap((activity, index): ActivityProps[] => {
    const onPage = found[index];
    return onPage ? [{ notice, activity, index, onPage: plain(onPage), source }] : [];
  });
  const groups = (['here', 'may', 'elsewhere'] as const).map((applies) => ({
    applies,
    items: items.filter(({ onPage }) => onPage.applies === applies),
  }));
  return (
    <section class="notice" aria-labelledby={id} data-notice={view.hash ?? ''} data-kind={notice.kind}>
      <Header notice={notice} view={view} id={id} />
      <Problem view={view} />
      {!isNotice(notice.kind) && (
        <p class="note">
          This document tells people inside the organisation how to act. It is shown because the page declares it; it does not
          inform you as a privacy notice would.
        </p>
      )}
      <Activities groups={groups} policy={!isNotice(notice.kind)} />
      <Issues notice={notice} />
      <Contacts notice={notice} />
    </section>
  );
};
