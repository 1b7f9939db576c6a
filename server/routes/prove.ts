// What held at a moment, and what shows it (R56): the evidence as JSON, or as a page that carries it.
import type { Context, Handler } from 'hono';

import { masked } from '../masked.ts';
import { audit } from '../operator.ts';
import { EVIDENCE_CSP } from '../pages/evidence-page.ts';
import { ProblemError } from '../problem.ts';
import type { Evidence } from '../../shared/evidence/evidence.ts';
import { evidenceHtml } from '../prove/evidence-html.ts';
import { gatherEvidence, NothingToProve } from '../prove/gather.ts';
import { BadQuestion, readQuestion } from '../prove/question.ts';
import { preferredForm } from '../representation.ts';
import { readBody } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';

/** A receipt has a proof, a presentation and an event. */
const MAX_QUESTION = 64 * 1024;

/** For the audit log: the leaves whose events were given out. */
const leavesOf = ({ events, erased }: Evidence): string => {
  const leaves = [...events, ...erased].map(({ epoch, index }) => (epoch === 0 ? `${index}` : `${epoch}/${index}`));
  return `leaf ${leaves.slice(0, 20).join(', ')}${leaves.length > 20 ? ' and more' : ''}`;
};

async function evidenceFor(service: ServiceContext, c: Context, question: Record<string, unknown>): Promise<Evidence> {
  const { site, keys } = await service.sites.get(c.req.param('site') ?? '');
  try {
    const prover = { store: service.store, site, keys, service: service.publicUrl, now: service.now() };
    const evidence = await gatherEvidence(prover, readQuestion(question));
    await audit(service, c.get('operator'), 'proof.read', { site, object: leavesOf(evidence) });
    return evidence;
  } catch (error) {
    if (error instanceof BadQuestion) throw new ProblemError('BAD_REQUEST', error.message);
    if (error instanceof NothingToProve)
      throw new ProblemError(error.kind === 'unknown' ? 'NOT_FOUND' : 'BAD_REQUEST', error.message);
    throw error;
  }
}

/** What support sees: the answer, and who it is about shortened. The evidence itself is made of keys and signatures: it cannot be shortened. */
const answerFor = ({ made, question, answer }: Evidence) => ({
  v: 1 as const,
  kind: 'candour-answer' as const,
  made,
  question: { ...question, subject: question.subject && masked(question.subject) },
  answer,
});

async function represent(c: Context, evidence: Evidence): Promise<Response> {
  if (c.get('operator').role === 'support') return c.json(answerFor(evidence), 200, { 'Cache-Control': 'no-store' });
  const isPage = preferredForm(c) === 'text/html';
  const name = `evidence-${evidence.question.site}-${evidence.question.at.slice(0, 10)}.${isPage ? 'html' : 'json'}`;
  const headers = {
    'Cache-Control': 'no-store',
    Vary: 'Accept',
    ...(c.req.query('download') === undefined ? {} : { 'Content-Disposition': `attachment; filename="${name}"` }),
  };
  if (!isPage) return c.json(evidence, 200, headers);
  return c.html(await evidenceHtml(evidence), 200, { ...headers, 'Content-Security-Policy': EVIDENCE_CSP });
}

export const getProof =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { receipt, ...question } = c.req.query();
    if (receipt !== undefined) throw new ProblemError('BAD_REQUEST', 'A receipt is too long for a URL: POST {"receipt": …}.');
    return represent(c, await evidenceFor(service, c, question));
  };

/** For a receipt, which is sent whole: {"receipt": …, "purpose"?, "at"?}. */
export const postProof =
  (service: ServiceContext): Handler =>
  async (c) => {
    let question: unknown;
    try {
      question = JSON.parse(await readBody(c.req.raw, MAX_QUESTION));
    } catch (error) {
      if (error instanceof SyntaxError) throw new ProblemError('BAD_REQUEST', 'the body is not JSON');
      throw error;
    }
    if (typeof question !== 'object' || question === null) throw new ProblemError('BAD_REQUEST', 'send {"receipt": …}');
    return represent(c, await evidenceFor(service, c, question as Record<string, unknown>));
  };
