// What the extension's own pages ask about "Refuse for me", and the answers.
import * as v from 'valibot';

import type { Refusal } from '../background/refusals.ts';

const tab = v.pipe(v.number(), v.integer(), v.minValue(0));

export const RefuseAsk = v.variant('type', [
  v.strictObject({ type: v.literal('view_refuse'), tab: v.nullable(tab) }),
  v.strictObject({ type: v.literal('set_refuse'), on: v.boolean() }),
  v.strictObject({ type: v.literal('set_refuse_private'), inPrivate: v.boolean() }),
  /** Leaves a host's questions to the person, or no longer. `tab`: in which it was said; what is said in a private one stays in memory. */
  v.strictObject({
    type: v.literal('except_host'),
    host: v.pipe(v.string(), v.maxLength(300)),
    except: v.boolean(),
    tab: v.optional(tab),
  }),
]);
export type RefuseAsk = v.InferOutput<typeof RefuseAsk>;

export interface RefuseView {
  on: boolean;
  inPrivate: boolean;
  /** Hosts on which it does not act. */
  except: string[];
  /** What it did, newest first, without private windows. */
  list: Refusal[];
  /** Of the tab that was asked for; null where it shows no page of the web. `last`: what it did last on that host. */
  here: { host: string; isException: boolean; acts: boolean; last: Refusal | null } | null;
}

export interface RefuseAnswers {
  view_refuse: RefuseView;
  /** False where the browser did not allow it. */
  set_refuse: boolean;
  set_refuse_private: null;
  except_host: null;
}
