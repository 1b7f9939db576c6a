// The evidence as a page, the same wherever it is made: from the file's own canonical JSON, and without the service's keys.
import { canonicalJson } from '../../shared/canonical.ts';
import { evidencePage } from '../pages/evidence-page.ts';
import { verifier } from '../verifier.ts';
import type { Evidence } from '../../shared/evidence/evidence.ts';
import { verifyEvidence } from '../../shared/evidence/verify-evidence.ts';

export async function evidenceHtml(evidence: Evidence): Promise<string> {
  const same = JSON.parse(canonicalJson(evidence)) as Evidence;
  return evidencePage({ evidence: same, check: await verifyEvidence(same, null, verifier) });
}
