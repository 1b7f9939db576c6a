// The supervisory authority that the notice names.
import type { NamedOrganisation } from './controller.ts';
import { plainOf, type NoticeDocument } from './document.ts';
import { mayMatch } from './required-words.ts';
import { AUTHORITIES } from './rules/authority.ts';

const COMPLAINING =
  /complain|concern|lodge|report|beschwer|plainte|réclam|supervis|regulator|moan|happy|satisf|aufsicht|authority|contrôle/i;

/** Where the authority is named for something else than what visitors can turn to it for. */
const BESIDES = /^.{0,30}\bregistration (?:no|number)\b.{0,30}$|\bshar(?:e|ing)\b|\bdisclos/i;
/** The framework for transfers to the United States names the authorities whose advice is followed. */
const OF_THE_FRAMEWORK =
  /\b(?:DPF|Data Privacy Framework|Privacy Shield)\b[^]{0,200}\b(?:cooperate|comply)\b|\bpanel established by\b/;

/** "bei der Landesbeauftragten für …" names the Landesbeauftragte. */
const nominative = (name: string): string =>
  name
    .replace(/^(?:der|die|den|dem|des) /, '')
    .replace(/(eauftragte)[ns]\b/, '$1')
    .replace(/^(\S+sche)[nrs] (?=\S*eauftragte)/, '$1 ');

/** The one that is named where the text speaks of complaints; else the first. */
export function authorityIn(document: NoticeDocument): NamedOrganisation | null {
  let first: NamedOrganisation | null = null;
  for (const block of document.blocks)
    for (const sentence of block.sentences) {
      const plain = plainOf(document, sentence);
      for (const { id, says, trigger } of AUTHORITIES) {
        const match = mayMatch(trigger, plain) ? trigger.exec(plain) : null;
        if (
          !match ||
          OF_THE_FRAMEWORK.test(plain) ||
          (BESIDES.test(plain) && !/complain|lodge|beschwer|plainte|réclam/i.test(plain))
        )
          continue;
        const found = { ...sentence, name: says || nominative(match[0]), rule: id };
        if (COMPLAINING.test(plain)) return found;
        first ??= found;
      }
    }
  return first;
}
