// The lines of the kept list: what each says, and how they are read back. They hold hashes, numbers and days, and name nobody.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import * as v from 'valibot';

import { Hash } from '../../shared/consent/event.ts';
import { ContactId } from '../../shared/marketing/api.ts';
import { Suppression } from '../../shared/marketing/suppression.ts';
import { REQUEST_KINDS, REQUEST_STATES } from '../../shared/rights/request.ts';
import { OperatorError } from '../operator-error.ts';

const place = { site: v.string(), epoch: v.number() };
/** `at`: ms since 1970, by the clock of whoever did it. */
const dated = { ...place, at: v.number() };
const RequestId = v.pipe(v.string(), v.maxLength(100));
const KeptRequest = v.strictObject({
  id: RequestId,
  kind: v.picklist(REQUEST_KINDS),
  state: v.picklist(REQUEST_STATES),
  /** ms since 1970 */
  receivedAt: v.number(),
});
export type KeptRequest = v.InferOutput<typeof KeptRequest>;
const KeptLine = v.union([
  v.strictObject({ ...place, number: v.number(), suppression: Suppression }),
  /** Of erased events; `number` is that of the last one. */
  v.strictObject({ ...place, number: v.number(), tombstones: v.array(Hash) }),
  /** A contact. */
  v.strictObject({ ...dated, erased: ContactId }),
  /** A request whose person was erased. */
  v.strictObject({ ...dated, request: RequestId }),
  /** A request came, or came further: so much that somebody misses it, and nothing of the person. */
  v.strictObject({ ...dated, came: KeptRequest }),
  /** Processing of a subject's data is restricted since `at`, or not any more. */
  v.strictObject({ ...dated, restricted: Hash }),
  v.strictObject({ ...dated, lifted: Hash }),
  /** The service ran in that epoch. */
  v.strictObject({ ...dated, began: v.literal(true) }),
]);
export type KeptLine = v.InferOutput<typeof KeptLine>;

/** The file is not what the service wrote; its message is one line for people. */
export class KeptListError extends OperatorError {
  override name = 'KeptListError';
}

/**
 * Throws KeptListError for a file that is another. A line that was cut off when the machine stopped is passed over: it was written
 * again behind it.
 */
export async function* readKept(file: string): AsyncGenerator<KeptLine> {
  let [lines, read] = [0, 0];
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (text === '') continue;
    lines++;
    try {
      const line = v.parse(KeptLine, JSON.parse(text));
      read++;
      yield line;
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error;
    }
  }
  if (lines > 1 && read === 0) throw new KeptListError(`${file} is no kept list`);
}
