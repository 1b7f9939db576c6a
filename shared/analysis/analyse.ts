import { lawfulBasesIn } from './lawful-bases.ts';
import type { NoticeDocument } from './document.ts';
import { languageOf } from './language.ts';
import { sectionKinds } from './sections.ts';
export const analyseDocument = (d: NoticeDocument) => ({
  bases: lawfulBasesIn(d, sectionKinds(d), languageOf(d.text, d.declaredLanguage)),
});
