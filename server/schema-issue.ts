// What a schema found wrong, fit for an answer or a log.
import * as v from 'valibot';

/** Valibot's own words repeat what was sent: that part is left out. */
export const issueText = (issue: v.BaseIssue<unknown>): string =>
  issue.message.replace(/(?: but received|: Received) [\s\S]*$/, '');

/** The place and what it takes, in one line. */
export const issueLine = (issue: v.BaseIssue<unknown>, whole = 'the body'): string =>
  `${v.getDotPath(issue) ?? whole}: ${issueText(issue)}`;
