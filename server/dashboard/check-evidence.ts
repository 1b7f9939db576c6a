// Asking for evidence and checking it in this browser: every hash, signature and proof, and that the answer follows from them.
// The service's own opinion of it is not asked.
import * as v from 'valibot';

import { hashOf } from '../../shared/canonical.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import { Answer, Question } from '../../shared/evidence/evidence.ts';
import { verifyEvidence, type EvidenceCheck } from '../../shared/evidence/verify-evidence.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import type { ProveQuestion } from './prove-question.ts';
import { ask, posted, service, ServiceFailure } from './service.ts';

/** What support gets: the answer, with the subject shortened and without what would show it. */
const AnswerAlone = v.object({
  kind: v.literal('candour-answer'),
  question: v.object({ ...Question.entries, subject: v.nullable(v.string()) }),
  answer: Answer,
});
export type AnswerAlone = v.InferOutput<typeof AnswerAlone>;

export interface CheckedEvidence {
  /** All that this role is given; null: it is given the evidence. */
  alone: AnswerAlone | null;
  /** As it came. */
  raw: unknown;
  check: EvidenceCheck;
  /** The published keys of the log. */
  keys: string[];
  /** What was shown, by its hash. */
  presentations: ReadonlyMap<string, Presentation>;
}

/** Rejects with ServiceFailure, also where this browser cannot check: no Web Crypto outside a secure context. */
export async function checkEvidence(site: string, question: ProveQuestion, signal: AbortSignal): Promise<CheckedEvidence> {
  // Not in a URL, which would be logged on the way.
  const { receipt, purpose, at, ...who } = question;
  const asked = { ...(receipt === undefined ? who : { receipt }), ...(purpose ? { purpose } : {}), ...(at ? { at } : {}) };
  const path = `/v1/admin/sites/${encodeURIComponent(site)}/prove`;
  const [raw, published] = await Promise.all([ask(v.unknown(), path, { ...posted(asked), signal }), service.wellKnown(signal)]);
  // Absent outside a secure context, whatever the type says.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) throw new ServiceFailure('unexpected', 'Checking needs a secure context (https or localhost).');
  const keys = published.logs.filter((log) => log.site === site).flatMap((log) => log.keys.map(({ key }) => key));
  const verifier = webCryptoVerifier(subtle);
  const alone = v.safeParse(AnswerAlone, raw);
  const check = await verifyEvidence(raw, keys, verifier);
  const presentations = new Map<string, Presentation>();
  for (const one of check.evidence?.presentations ?? []) presentations.set(await hashOf(one, verifier.sha256), one);
  return { alone: alone.success ? alone.output : null, raw, check, keys, presentations };
}
