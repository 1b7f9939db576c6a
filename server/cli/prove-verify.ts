// `candour log verify --evidence`: an evidence file, checked without the service that made it.
import { readFile } from 'node:fs/promises';

import { publishedKeys, type Fetch } from '../log/verify-remote.ts';
import { readEvidenceFile } from '../prove/evidence-file.ts';
import { evidenceHtml } from '../prove/evidence-html.ts';
import { verifyEvidence, type EvidenceCheck } from '../../shared/evidence/verify-evidence.ts';
import { SERVICE_VERSION } from '../service-version.ts';
import { verifier } from '../verifier.ts';
import { NotHolding, say, WrongUse } from './outcome.ts';
import { answerLines } from './prove.ts';

async function readFileText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(`${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`);
  });
}

function parseFile(file: string, text: string): { evidence: unknown; isPage: boolean } {
  try {
    return readEvidenceFile(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new WrongUse(`${file}: it holds no evidence that can be read`);
    throw error;
  }
}

/** What a person reads on a page must be what its evidence says. Another version of Candour may say it in other words. */
async function pageFinding(text: string, { evidence }: EvidenceCheck): Promise<string | null> {
  if (!evidence || evidence.made.version !== SERVICE_VERSION) return null;
  const again = await evidenceHtml(evidence);
  return again.trim() === text.trim() ? null : 'the page: page: The page does not say what its evidence says: it was changed.';
}

/** `keys`: of the log, as the service publishes them, if they are at hand; `url`: the service, to ask for them. */
export async function verifyEvidenceFile(
  file: string,
  { keys, url, fetch }: { keys: readonly string[]; url: string | undefined; fetch: Fetch },
): Promise<void> {
  const text = await readFileText(file);
  const { evidence: input, isPage } = parseFile(file, text);
  const offline = await verifyEvidence(input, null, verifier);
  const site = offline.evidence?.question.site ?? '';
  const published = url === undefined || site === '' ? [] : (await publishedKeys(fetch, url, site)).keys;
  const known = [...keys, ...published];
  const result = known.length > 0 ? await verifyEvidence(input, known, verifier) : offline;
  if (result.evidence) say(answerLines(result.evidence).join('\n'));
  const failing = result.steps.filter((step) => step.result === 'fails');
  const findings = failing.map(({ about, step, why }) => `${about}: ${step}: ${why}`);
  const page = isPage && result.verified !== 'false' ? await pageFinding(text, result) : null;
  if (page !== null) findings.push(page);
  for (const finding of findings) say(finding);
  if (findings.length > 0)
    throw new NotHolding(
      `The evidence does not verify: ${findings.length} step${findings.length === 1 ? '' : 's'} of ${result.steps.length} fail${findings.length === 1 ? 's' : ''}.`,
    );
  for (const { about, step, result: outcome, why } of result.steps)
    if (outcome === 'unchecked') say(`${about}: ${step}: not checked: ${why}`);
  say(
    result.verified === 'true'
      ? `The evidence verifies: ${result.steps.length} steps.`
      : `Everything in the evidence fits together (${result.steps.length} steps). Compare the log's key with the published ones: --url or --key.`,
  );
}
