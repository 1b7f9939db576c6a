// What kind of document a text is: a notice that tells people, or rules that an organisation made for itself.
import type { NoticeKind } from '../notice/schema.ts';
import type { NoticeDocument } from './document.ts';

const INTERNAL =
  /\b(?:all staff|staff (?:must|should|are|and volunteers)|employees (?:must|should)|members of staff|this policy applies to all (?:staff|employees)|volunteers (?:must|should|are))\b/gi;
const TO_THE_READER = /\b(?:your|you|ihre[nrms]?|sie|vos|vous|votre)\b/gi;
const count = (text: string, words: RegExp): number => text.match(words)?.length ?? 0;

export function kindOf({ plain, sections, declaredTitle }: NoticeDocument): NoticeKind {
  const title = `${declaredTitle ?? ''} ${sections
    .slice(1, 4)
    .map((section) => section.title)
    .join(' ')}`;
  if (
    /\bcookies? (?:policy|notice|statement)|cookie-?(?:richtlinie|erkl\u00e4rung)|politique (?:de|relative aux) cookies/i.test(
      title,
    ) &&
    !/privacy|datenschutz|confidentialit/i.test(title)
  )
    return 'cookie_policy';
  const sample = plain.slice(0, 200_000);
  const internal = count(sample, INTERNAL);
  if (internal >= 3 && count(sample, TO_THE_READER) < internal * 4) return 'internal_policy';
  if (/\b(?:data processing|processing) policy\b/i.test(title)) return 'processing_policy';
  return 'privacy_notice';
}
