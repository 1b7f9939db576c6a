// What a schema found wrong, fit for an answer or a log.
import type * as v from 'valibot';

/** Valibot's own words repeat what was sent: that part is left out. */
export const issueText = (issue: v.BaseIssue<unknown>): string =>
  issue.message.replace(/(?: but received|: Received) [\s\S]*$/, '');

/** A field's name, as a program writes it. What else stands in the place of one is somebody's text: an address, a number, a sentence. */
const FIELD = /^[A-Za-z][A-Za-z_-]{0,40}$/;

function placeOf(issue: v.BaseIssue<unknown>): string | null {
  const path = issue.path?.map(({ key }) =>
    typeof key === 'number' ? String(key) : FIELD.test(String(key)) ? String(key) : '…',
  );
  return path?.join('.') ?? null;
}

/** The place and what it takes, in one line. */
export const issueLine = (issue: v.BaseIssue<unknown>, whole = 'the body'): string =>
  `${placeOf(issue) ?? whole}: ${issueText(issue)}`;
