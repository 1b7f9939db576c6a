// One notice, declared as data or read from prose: whose it is, which version, how it was found; what of it applies here; then the
// rest of it.
import { activitiesOnPage, type ActivityOnPage } from '../../shared/notice/applies.ts';
import type { PageFacts } from '../../shared/notice/page.ts';
import { isNotice, type Contact, type PrivacyNotice } from '../../shared/notice/schema.ts';
import type { NoticeView } from '../messages.ts';
import { matchPathname } from '../pathname.ts';
import { plain, plainText, safeHref } from '../plain-text.ts';

import { say } from '../words/say.ts';
import { ActivityCard, ActivityRow, type ActivityProps } from './activity.tsx';
import { Changes } from './changes.tsx';
import { Icon, Outside } from './icon.tsx';
import { Quote, Statement, type Source } from './lawful-basis.tsx';
import { Letters } from './letters.tsx';
import { noticeLink, proseLink, quoteAt } from './notice-link.ts';
import { dateWords, languageWords, momentWords } from './words.ts';

interface Props {
  view: NoticeView;
  page: PageFacts;
  /** Unique in the document, for headings. */
  id: string;
  /** Reads it again. */
  again?: ((href: string) => void) | undefined;
  /** The person has seen what changed in the notice of this address. */
  saw?: ((href: string) => void) | undefined;
}

const isReadable = ({ problem }: NoticeView): boolean => problem?.code !== 'UNREADABLE_LANGUAGE';

/** A language by its name, what a server answered with as such, all else as it is. */
function detailWords({ code, detail }: NonNullable<NoticeView['problem']>): string {
  if (code === 'UNREADABLE_LANGUAGE') return languageWords(detail);
  const status = code === 'BAD_STATUS' || code === 'SIGN_IN_NEEDED';
  return status ? `HTTP ${plainText(detail)}` : plainText(detail);
}

const Problem = ({ view }: { view: NoticeView }) =>
  view.problem && (
    <div class="note warn" role="status" data-problem={view.problem.code}>
      <Icon name="alert" />
      <div>
        <p>{say(`problem.${view.problem.code}`)}</p>
        {view.problem.detail && <p class="small">{detailWords(view.problem)}</p>}
        {view.notice && view.readAt && isReadable(view) && (
          <p class="small">{say('notice.earlier', { when: momentWords(view.readAt) })}</p>
        )}
      </div>
    </div>
  );

/** Of a text that was not read nobody knows whether it has a date: then nothing is said of it. */
const versionWords = ({ version, date }: PrivacyNotice, readable: boolean): string =>
  [
    version === null ? null : say('notice.version', { version }),
    date !== null ? dateWords(date) : readable ? say('notice.noDate') : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');

const Found = ({ notice, view }: { notice: PrivacyNotice; view: NoticeView }) => {
  const { how } = view.found;
  return (
    <details class="found">
      <summary data-how={view.found.how}>
        {how === 'this_page'
          ? say('notice.readHere', { how: say(`how.${how}`) })
          : say('notice.readFrom', { how: say(`how.${how}`), host: new URL(view.href).host })}
      </summary>
      <p class="small">
        {say(`how.${how}.long`)}
        {view.readAt && ` ${say('notice.readOn', { when: momentWords(view.readAt) })}`}
        {view.firstSeen && view.firstSeen !== view.readAt && ` ${say('notice.firstSeen', { when: momentWords(view.firstSeen) })}`}
      </p>
      {view.prose && <p class="small">{say('notice.rules', { rules: view.prose.rules })}</p>}
      {notice.about && <p class="small">{notice.about}</p>}
      {notice.scope && <p class="small">{notice.scope}</p>}
      {view.hash && <p class="small hash">SHA-256 {view.hash}</p>}
    </details>
  );
};

const Header = ({ notice, view, id, again }: Omit<Props, 'page' | 'saw'> & { notice: PrivacyNotice }) => {
  const href = view.prose ? proseLink(view.href, '') : noticeLink(view.href, view.hash, 'title');
  return (
    <div class="notice-head">
      <p class={isNotice(notice.kind) ? 'kind' : 'kind policy'}>
        <span>
          {view.found.audience
            ? say('notice.for', { kind: say(`kind.${notice.kind}`), audience: view.found.audience })
            : say(`kind.${notice.kind}`)}
        </span>
        {view.prose && <span class="machine">{say('notice.byRules')}</span>}
      </p>
      <h2 id={id} dir="auto">
        {notice.title}
      </h2>
      <p class="controller" dir="auto">
        <span class="unseen">{say('notice.controller')}</span>
        {notice.controller.name || <span class="muted">{say('notice.noController')}</span>}
        {notice.controller.legalName && notice.controller.legalName !== notice.controller.name && (
          <span class="muted"> ({notice.controller.legalName})</span>
        )}
      </p>
      <p class="meta" dir="auto">
        {versionWords(notice, isReadable(view))}
      </p>
      <Found notice={notice} view={view} />
      <div class="actions">
        {href && <Outside href={href}>{say('notice.open')}</Outside>}
        {again && view.prose && (
          <button type="button" class="plain-button" onClick={() => again(view.found.href)}>
            <Icon name="refresh" /> {say('notice.again')}
          </button>
        )}
      </div>
    </div>
  );
};

const ContactLine = ({ contact }: { contact: Contact }) => {
  const href = contact.kind === 'url' || contact.kind === 'form' ? safeHref(contact.value ?? '') : null;
  return (
    <div class="fact" dir="auto">
      <dt>{say('notice.contactKind', { role: say(`role.${contact.role}`), kind: say(`contact.${contact.kind}`) })}</dt>
      <dd>
        {contact.value === null ? say('notice.hidden') : href ? <Outside href={href}>{contact.value}</Outside> : contact.value}
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
      <summary>{say('notice.contacts')}</summary>
      <dl>
        {unique.map((contact, i) => (
          <ContactLine key={i} contact={contact} />
        ))}
      </dl>
      {notice.authority && <p class="small">{say('notice.authority', { name: notice.authority.name })}</p>}
    </details>
  );
};

const Issues = ({ notice }: { notice: PrivacyNotice }) =>
  notice.issues.length === 0 ? null : (
    <details class="group">
      <summary>{say('notice.issues', { n: notice.issues.length })}</summary>
      <p class="small">{say('notice.issuesWhat')}</p>
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
  const isPolicy = view.notice !== null && !isNotice(view.notice.kind);
  const none = say(view.prose ? 'notice.noneFound' : 'notice.noneDeclared');
  return (
    <>
      {of('here').length > 0 ? <Cards title={say('notice.here')} items={of('here')} /> : <p class="note">{none}</p>}
      {of('may').length > 0 && <Cards title={say('notice.may')} note={say('notice.mayWhy')} items={of('may')} />}
      {of('elsewhere').length > 0 && (
        <details class="group rest">
          <summary>
            {say(isPolicy ? 'notice.restPolicy' : 'notice.rest')} <span class="count">{of('elsewhere').length}</span>
          </summary>
          {of('elsewhere').map((item) => (
            <ActivityRow key={item.activity.id} {...item} />
          ))}
        </details>
      )}
    </>
  );
};

/** The title of the activity of which it is said, by its very place in the text: "2 years" alone tells nobody of what. */
function activityOf({ activities }: PrivacyNotice, { evidence }: PrivacyNotice['retention'][number]): string | null {
  const isIt = (rule: PrivacyNotice['retention'][number]): boolean =>
    rule.evidence !== undefined && rule.evidence.start === evidence?.start && rule.evidence.quote === evidence.quote;
  return activities.find(({ retention }) => retention.some(isIt))?.title ?? null;
}

/** What a text in prose says once for all: it stands here where no activity above shows it. */
const WholeDocument = ({ notice, source, open }: { notice: PrivacyNotice; source: Source; open: boolean }) => (
  <>
    {notice.documentBases.length > 0 && (
      <details class="group" open={open}>
        <summary>
          {say('notice.wholeBases')} <span class="count">{notice.documentBases.length}</span>
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
          {say('notice.retention')} <span class="count">{notice.retention.length}</span>
        </summary>
        {notice.retention.map((rule, i) => {
          const title = activityOf(notice, rule);
          return (
            <div key={i}>
              {title !== null && <h6 dir="auto">{title}</h6>}
              <Quote text={rule.evidence?.quote ?? rule.statement} place={`retention/${i}`} source={source} />
            </div>
          );
        })}
      </details>
    )}
    {notice.rights.length > 0 && (
      <details class="group">
        <summary>
          {say('notice.rights')} <span class="count">{notice.rights.length}</span>
        </summary>
        {notice.rights.map((entry, i) => (
          <div key={i}>
            <h6>{say(`right.${entry.right}`)}</h6>
            <Quote text={entry.evidence?.quote ?? entry.statement} place={`rights/${i}`} source={source} />
          </div>
        ))}
      </details>
    )}
  </>
);

/** Found and not read: what it is called, how it was found, why not. */
const Unread = ({ view, id, again }: Omit<Props, 'page' | 'saw'>) => {
  const href = proseLink(view.href, '');
  return (
    <section class="notice unread" aria-labelledby={id} data-notice="">
      <p class="kind">{say(`how.${view.found.how}`)}</p>
      <h2 id={id} dir="auto">
        {plainText(view.found.title) || say('notice.unread')}
      </h2>
      <p class="small hash">{plainText(view.href)}</p>
      <Problem view={view} />
      <p class="small">{say('notice.unreadWhy')}</p>
      <div class="actions">
        {href && <Outside href={href}>{say('notice.openUnread')}</Outside>}
        {again && (
          <button type="button" class="plain-button" onClick={() => again(view.found.href)}>
            <Icon name="refresh" /> {say('tryAgain')}
          </button>
        )}
      </div>
    </section>
  );
};

function sourceOf(view: NoticeView): Source {
  const { prose, href, hash, stale, notice } = view;
  const readable = isReadable(view);
  if (!prose) return { linkTo: (place) => noticeLink(href, hash, place), stale, sureOf: () => null, byRules: false, readable };
  return {
    linkTo: (place) => proseLink(href, quoteAt(notice, place)),
    stale,
    sureOf: (place) => prose.confidence[place] ?? null,
    byRules: true,
    readable,
  };
}

export const Notice = (props: Props) => {
  const { view, page, id, again, saw } = props;
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
      {view.changed && <Changes view={{ ...view, notice: view.notice }} changed={view.changed} saw={saw} />}
      {!isNotice(notice.kind) && <p class="note">{say(view.prose ? 'notice.policyLinked' : 'notice.policyDeclared')}</p>}
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
