// The notice at a glance: one row per activity with its lawful basis, retention period and recipients.
import { retentionWords } from '../../shared/notice/retention.ts';
import type { PrivacyNotice, ProcessingActivity } from '../../shared/notice/schema.ts';
import { markup, type Markup, type MarkupValue } from './markup.ts';
import { basisChips } from './notice-activity.ts';
import { said } from './notice-facts.ts';

const SHORT = 2;
const NOT_STATED = markup`<span class="chip missing">Not stated</span>`;

const few = (list: readonly MarkupValue[]): MarkupValue => [
  list.slice(0, SHORT).map((item) => markup`<span class="line">${item}</span>`),
  list.length > SHORT && markup`<span class="line note">and ${list.length - SHORT} more</span>`,
];

const kept = (notice: PrivacyNotice, { retention }: ProcessingActivity): MarkupValue => {
  if (retention.length > 0) return few(retention.map((rule) => said(notice, retentionWords(rule))));
  return notice.retention.length > 0 ? markup`<a href="#section-retention">Stated for the whole document</a>` : NOT_STATED;
};

const sharedWith = (notice: PrivacyNotice, activity: ProcessingActivity): MarkupValue => {
  if (activity.recipients.length > 0)
    return few(activity.recipients.map(({ name, negative }) => markup`${negative && 'Not: '}${said(notice, name)}`));
  return notice.recipients.length > 0 ? markup`<a href="#recipients">Stated for the whole document</a>` : NOT_STATED;
};

/** The explicit roles keep it a table for assistive technology where a narrow window shows its rows as cards. */
export const overviewTable = (
  notice: PrivacyNotice,
): Markup => markup`<table class="overview" role="table" aria-labelledby="overview">
<thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col">Activity</th><th role="columnheader" scope="col">Lawful basis</th><th role="columnheader" scope="col">Kept for</th><th role="columnheader" scope="col">Shared with</th>
</tr></thead>
<tbody role="rowgroup">
${notice.activities.map(
  (activity, i) => markup`<tr role="row">
<th role="rowheader" scope="row"><a href="#activities/${i}">${said(notice, activity.title)}</a></th>
<td role="cell" data-label="Lawful basis">${basisChips(notice, activity)}</td>
<td role="cell" data-label="Kept for">${kept(notice, activity)}</td>
<td role="cell" data-label="Shared with">${sharedWith(notice, activity)}</td>
</tr>`,
)}
</tbody>
</table>`;
