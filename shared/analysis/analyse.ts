import { authorityIn } from './authority.ts';
import { controllerIn } from './controller.ts';
import { lawfulBasesIn } from './lawful-bases.ts';
import type { NoticeDocument } from './document.ts';
import { languageOf } from './language.ts';
import { retentionIn } from './retention.ts';
import { rightsIn } from './rights.ts';
import { sectionKinds } from './sections.ts';
export const analyseDocument = (d: NoticeDocument) => {
  const k = sectionKinds(d);
  return {
    bases: lawfulBasesIn(d, k, languageOf(d.text, d.declaredLanguage)),
    rights: rightsIn(d, k).map((r) => r.right),
    controller: controllerIn(d)?.name ?? null,
    authority: authorityIn(d)?.name ?? null,
    retention: retentionIn(d, k).map((r) => ({ ...r, quote: d.text.slice(r.start, r.end) })),
  };
};
