// One processing activity: why it is shown for this page, on which lawful basis, with what, for how long, and which rights follow.
import type { ActivityOnPage, Reason } from '../../shared/notice/applies.ts';
import { rightsThatFollow, type Right } from '../../shared/notice/rights.ts';
import { lawfulBasisStatus, type PrivacyNotice, type ProcessingActivity } from '../../shared/notice/schema.ts';
import { isDirectMarketing } from '../../shared/rights/letters.ts';
import { basisAttribute, BasisPill, LawfulBasis, Quote, StatusPill, type Source } from './lawful-basis.tsx';
import { formatLanguage, say } from '../words/say.ts';

export interface ActivityProps {
  notice: PrivacyNotice;
  activity: ProcessingActivity;
  index: number;
  onPage: ActivityOnPage;
  source: Source;
}

/** The first ones are the strongest; more of them say the same. */
const MOST_REASONS = 2;

const listed = (words: readonly string[]): string => new Intl.ListFormat(formatLanguage(), { type: 'unit' }).format(words);

function reasonSaid(reason: Reason): string {
  switch (reason.by) {
    case 'url':
      return say('reason.url', { address: reason.pattern });
    case 'form':
      return say('reason.form', { fields: listed(reason.fields.map((field) => field.replaceAll('_', ' '))) });
    case 'form_topic':
    case 'title':
    case 'address':
      return say(`reason.${reason.by}`, { words: reason.words });
    case 'structured_data':
      return say('reason.structured_data', { type: reason.type });
    case 'words':
      return say('reason.words', { words: listed(reason.words) });
    case 'hosts':
      return say('reason.hosts', { hosts: listed(reason.hosts) });
    case 'cookies':
      return reason.seen.length > 0 ? say('reason.cookiesSeen', { hosts: listed(reason.seen) }) : say('reason.cookies');
    case 'everywhere':
    case 'page_type':
    case 'visit':
      return say(`reason.${reason.by}`);
  }
}

/** Of each kind and topic the first. */
function reasonWords(reasons: readonly Reason[]): string[] {
  const seen = new Set<string>();
  const kept = reasons.filter((reason) => {
    const key = 'topic' in reason ? `${reason.by} ${reason.topic}` : JSON.stringify(reason);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
  return kept.slice(0, MOST_REASONS).map(reasonSaid);
}

const Rights = ({ notice, activity, source }: Omit<ActivityProps, 'index' | 'onPage'>) => {
  const stated = lawfulBasisStatus(notice, activity) === 'stated';
  const rights = rightsThatFollow(
    activity.lawfulBases.map(({ basis }) => basis),
    isDirectMarketing(activity),
  );
  const inWords = (right: Right) => notice.rights.map((entry, i) => ({ entry, i })).filter(({ entry }) => entry.right === right);
  const described = rights.flatMap(inWords);
  return (
    <details class="rights">
      <summary>{say('rightsHere', { n: rights.length })}</summary>
      <ul class="chips" aria-label={say('rights')}>
        {rights.map((right) => (
          <li key={right} class="chip" data-right={right}>
            {say(`right.${right}`)}
          </li>
        ))}
      </ul>
      {!stated && <p class="small">{say('rights.unstated')}</p>}
      {described.map(({ entry, i }) => (
        <div key={i}>
          <h6>{say('rights.inWords', { right: say(`right.${entry.right}`) })}</h6>
          <Quote text={entry.evidence?.quote ?? entry.statement} place={`rights/${i}`} source={source} />
          {entry.route && <p class="small">{say('rights.how', { route: entry.route })}</p>}
        </div>
      ))}
    </details>
  );
};

const Facts = ({ activity, index, source }: Omit<ActivityProps, 'notice' | 'onPage'>) => {
  const at = `activities/${index}`;
  const data = activity.dataCategories.map((category) =>
    [
      category.name,
      ...(category.class ? [`(${say(`data.${category.class}`)})`] : []),
      ...(category.notCollected ? [`(${say('data.notCollected')})`] : []),
    ].join(' '),
  );
  const recipients = activity.recipients.map(
    ({ name, negative, note }) => `${negative ? say('recipient.not', { name }) : name}${note ? ` (${note})` : ''}`,
  );
  const channels = activity.marketing?.channels.map((channel) => say(`channel.${channel}`)) ?? [];
  const marketing = activity.marketing?.never
    ? [say('marketing.never')]
    : [
        ...(channels.length > 0 ? [say('marketing.by', { channels: channels.join(', ') })] : []),
        ...(activity.marketing?.howToStop ?? []).map((how) => say('marketing.stop', { how })),
      ];
  const facts = [
    ...(activity.audience ? [activity.audience] : []),
    ...data,
    ...activity.purposes,
    ...recipients,
    ...marketing,
    ...activity.retention,
    ...activity.transfers,
    ...activity.devicePermissions,
  ];
  // Nothing to open where nothing of it was found.
  if (facts.length === 0) return null;
  return (
    <details>
      <summary>{say('facts')}</summary>
      <dl>
        {activity.audience && <Fact name={say('facts.whose')} items={[activity.audience]} />}
        <Fact name={say('facts.data')} items={data} />
        <Fact name={say('facts.purposes')} items={activity.purposes.map(({ text }) => text)} />
        <Fact name={say('facts.recipients')} items={recipients} />
        <Fact name={say('facts.marketing')} items={marketing} />
      </dl>
      {activity.retention.length > 0 && <h6>{say('facts.kept')}</h6>}
      {activity.retention.map((rule, i) => (
        <div key={i}>
          <Quote text={rule.evidence?.quote ?? rule.statement} place={`${at}/retention/${i}`} source={source} />
          {rule.afterwards && <p class="small">{say(`afterwards.${rule.afterwards}`)}</p>}
        </div>
      ))}
      {activity.transfers.length > 0 && <h6>{say('facts.transfers')}</h6>}
      {activity.transfers.map((transfer, i) => (
        <Quote key={i} text={transfer.evidence?.quote ?? transfer.statement} place={`${at}/transfers/${i}`} source={source} />
      ))}
      {activity.devicePermissions.length > 0 && <h6>{say('facts.permissions')}</h6>}
      {activity.devicePermissions.map((permission, i) => (
        <div key={i}>
          <p class="small">{permission.name}</p>
          <Quote
            text={permission.evidence?.quote ?? permission.statement}
            place={`${at}/devicePermissions/${i}`}
            source={source}
          />
        </div>
      ))}
    </details>
  );
};

const Fact = ({ name, items }: { name: string; items: readonly string[] }) =>
  items.length === 0 ? null : (
    <div class="fact" dir="auto">
      <dt>{name}</dt>
      {items.map((item, i) => (
        <dd key={i}>{item}</dd>
      ))}
    </div>
  );

const Body = (props: ActivityProps) => (
  <>
    <LawfulBasis {...props} />
    <Facts {...props} />
    <Rights {...props} />
  </>
);

const attributes = ({ notice, activity, onPage }: ActivityProps) => ({
  'data-activity': activity.id,
  'data-applies': onPage.applies,
  'data-lawful-basis': basisAttribute(notice, activity),
});

/** Open, for what applies or may apply on the page in view. */
export const ActivityCard = (props: ActivityProps) => (
  <article class="card activity" {...attributes(props)}>
    <h4 dir="auto">{props.activity.title}</h4>
    <ul class="reasons" aria-label={say('why')}>
      {reasonWords(props.onPage.reasons).map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
    <Body {...props} />
  </article>
);

/** Closed, for the rest of the notice: its lawful basis can be read without opening it. */
export const ActivityRow = (props: ActivityProps) => {
  const status = lawfulBasisStatus(props.notice, props.activity);
  const bases = [...new Set(props.activity.lawfulBases.map(({ basis }) => basis))];
  return (
    <details class="row activity" {...attributes(props)}>
      <summary>
        <span class="row-title" dir="auto">
          {props.activity.title}
        </span>{' '}
        <span class="row-bases">
          {status === 'stated' ? (
            bases.map((basis) => <BasisPill key={basis} basis={basis} />)
          ) : (
            <StatusPill status={status} source={props.source} />
          )}
        </span>
      </summary>
      <Body {...props} />
    </details>
  );
};
