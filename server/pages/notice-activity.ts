// One processing activity on the notice page: closed to a line, opened to everything that the notice says of it.
import { rightsThatFollow } from '../../shared/notice/rights.ts';
import type { PrivacyNotice, ProcessingActivity } from '../../shared/notice/schema.ts';
import { markup, shown, type Markup, type MarkupValue } from './markup.ts';
import { basisChip, basisFact, fact, items, recipients, retentionFact, said, transferFact } from './notice-facts.ts';
import {
  channelWords,
  missingBasisWords,
  placesOnSite,
  policyWords,
  purposeKindWords,
  rightWords,
  sourceWords,
} from './notice-words.ts';

const facet = (title: string, content: MarkupValue): MarkupValue =>
  content && markup`<section class="facet"><h4>${title}</h4><div>${content}</div></section>`;

/** Chips for the bases of an activity, or the words for how none is stated. */
export function basisChips(notice: PrivacyNotice, activity: ProcessingActivity): MarkupValue {
  const missing = missingBasisWords(notice, activity);
  if (missing) return markup`<span class="chip missing">${missing}</span>`;
  const distinct = activity.lawfulBases.filter((base, i, all) => all.findIndex(({ basis }) => basis === base.basis) === i);
  return distinct.map((base) => markup`${basisChip(base)} `);
}

function basisFacet(notice: PrivacyNotice, activity: ProcessingActivity, place: string): Markup {
  const missing = missingBasisWords(notice, activity);
  return markup`${activity.lawfulBases.map((base, i) => basisFact(notice, `${place}/lawfulBases/${i}`, base))}
${missing && markup`<p><span class="chip missing">${missing}</span></p>`}
${missing && notice.documentBases.length > 0 && markup`<p><a href="#section-documentBases">What is stated for the whole document</a></p>`}
${activity.lawfulBasisNote && markup`<p class="note">${said(notice, activity.lawfulBasisNote)}</p>`}`;
}

const dataFacet = (notice: PrivacyNotice, { dataCategories }: ProcessingActivity): MarkupValue =>
  items(
    dataCategories.map(
      (data) =>
        markup`${said(notice, data.name)}${data.class && markup` <span class="tag">${data.class === 'special' ? 'special category' : 'criminal offence data'}</span>`}${
          data.notCollected && markup` <span class="tag">not collected</span>`
        }`,
    ),
    'inline',
  );

const marketingFacet = (notice: PrivacyNotice, { marketing }: ProcessingActivity, place: string): MarkupValue =>
  marketing &&
  markup`${marketing.never && markup`<p class="kept"><strong>Never</strong></p>`}
${fact(notice, `${place}/marketing`, marketing.statement)}
${marketing.channels.length > 0 && markup`<p class="note">By ${marketing.channels.map(channelWords).join(', ')}</p>`}
${marketing.howToStop.length > 0 && markup`<p class="note">How to stop it:</p>${items(marketing.howToStop.map((way) => said(notice, way)))}`}`;

function rightsFacet(notice: PrivacyNotice, activity: ProcessingActivity): MarkupValue {
  if (policyWords(notice.kind) || activity.lawfulBases.length === 0) return null;
  const follow = rightsThatFollow(
    activity.lawfulBases.map(({ basis }) => basis),
    Boolean(activity.marketing && !activity.marketing.never),
  );
  return items(
    follow.map((right) => rightWords(right)),
    'inline',
  );
}

const issuesFacet = (notice: PrivacyNotice, { id }: ProcessingActivity): MarkupValue =>
  items(notice.issues.filter(({ activity }) => activity === id).map(({ statement }) => said(notice, statement)));

export function activityDetails(notice: PrivacyNotice, activity: ProcessingActivity, index: number): Markup {
  const place = `activities/${index}`;
  return markup`<details class="activity" data-activity="${activity.id}">
<summary><h3 dir="auto">${shown(activity.title)}</h3><span class="chips">${basisChips(notice, activity)}</span></summary>
<div class="activity-body" id="${place}">
${activity.audience && facet('Whose data', markup`<p>${said(notice, activity.audience)}</p>`)}
${facet('Which data', dataFacet(notice, activity))}
${
  activity.source &&
  facet(
    'Where it comes from',
    markup`<p class="kept"><strong>${sourceWords(activity.source.from)}</strong></p>${fact(notice, `${place}/source`, activity.source.statement)}`,
  )
}
${facet(
  'What for',
  items(
    activity.purposes.map(({ text, kind }) => markup`${said(notice, text)} <span class="tag">${purposeKindWords(kind)}</span>`),
  ),
)}
${facet('Lawful basis', basisFacet(notice, activity, place))}
${facet(
  'How long it is kept',
  activity.retention.length > 0
    ? activity.retention.map((rule, i) => retentionFact(notice, `${place}/retention/${i}`, rule))
    : markup`<p><span class="chip missing">Not stated for this activity</span></p>`,
)}
${facet('Who receives it', activity.recipients.length > 0 ? recipients(notice, activity.recipients) : markup`<p><span class="chip missing">Not stated for this activity</span></p>`)}
${
  activity.transfers.length > 0 &&
  facet(
    'Transfers to other countries',
    activity.transfers.map((transfer, i) => transferFact(notice, `${place}/transfers/${i}`, transfer)),
  )
}
${facet('Marketing', marketingFacet(notice, activity, place))}
${activity.automatedDecisions && facet('Automated decisions', fact(notice, `${place}/automatedDecisions`, activity.automatedDecisions.statement))}
${
  activity.devicePermissions.length > 0 &&
  facet(
    'Permissions of the device (not a lawful basis)',
    activity.devicePermissions.map(
      (permission, i) =>
        markup`<div class="stated"><p class="kept"><strong>${said(notice, permission.name)}</strong></p>${fact(notice, `${place}/devicePermissions/${i}`, permission.statement)}</div>`,
    ),
  )
}
${facet('Rights that follow from the lawful basis', rightsFacet(notice, activity))}
${facet('Where on the site', items(placesOnSite(activity.appliesTo).map((where) => said(notice, where))))}
${facet('What the text leaves open', issuesFacet(notice, activity))}
</div>
</details>`;
}
