// What goes between the script that refuses and the background. The script stands in pages, so all of it is parsed and capped.
import * as v from 'valibot';

/** Where that script and its rules lie in what is built. */
export const REFUSE_SCRIPT = 'refuse/index.js';
export const REFUSE_RULES = 'refuse/rules.json';

const name = v.pipe(v.string(), v.maxLength(200));

/** What the tool that declines says, as far as anything follows from it. */
export const Said = v.variant('type', [
  v.object({ type: v.literal('init') }),
  /** A dialog that asks is open. `touched`: the person pressed something on the page before. */
  v.object({ type: v.literal('popupFound'), cmp: name, touched: v.boolean() }),
  v.object({ type: v.literal('eval'), id: name, snippetId: name }),
  v.object({ type: v.literal('optOutResult'), cmp: name, result: v.boolean() }),
  /** `tests`: the platform can be asked what it has down now. */
  v.object({ type: v.literal('autoconsentDone'), cmp: name, tests: v.boolean() }),
  v.object({ type: v.literal('selfTestResult'), cmp: name, result: v.boolean() }),
]);
export type Said = v.InferOutput<typeof Said>;

/** A message of that script. */
export const RefuseSaid = v.strictObject({ type: v.literal('refuse_said'), said: Said });

/** Everything else that the tool says stays in the page: a worker is not woken for nothing. */
export const isSaid = (type: string): boolean => Said.options.some(({ entries }) => entries.type.literal === type);

/** The name under which a refusal on a site with our own widget goes. */
export const CANDOUR = 'candour';
