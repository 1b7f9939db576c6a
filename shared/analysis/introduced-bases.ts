// Which blocks stand under a sentence that says that these are the organisation's bases: "The ones that apply to us are:".
import { plainOf, type NoticeDocument } from './document.ts';

const SAYS_BASES =
  /\b(?:legal|lawful) (?:bas[ei]s|grounds?|reasons?)\b|rechtsgrundlage|rechtsgr\u00fcnde|\b(?:bases?|fondements?) (?:l\u00e9ga|juridique)/i;
const OURS =
  /\b(?:we (?:mainly |mostly |normally |usually )?(?:use|rely|have|go by|process)|ours? (?:(?:legal|lawful) (?:bas[ei]s|grounds?|reasons?) )?(?:are|is)|apply (?:to (?!all|any|every)|here)|that we|our (?:reasons?|grounds?|(?:legal|lawful) (?:bas[ei]s|grounds?|reasons?)))\b|\b(?:for us|relevant to us|wir|unsere|f\u00fcr uns|bei uns|nous|nos|chez nous)\b/i;
const OPENS = /:\W*$|\b(?:as follows|the following|these|below|folgende\w*|suivantes?|suivants?)\W*$/i;
/** What the law lets anybody do. */
const OF_THE_LAW =
  /\b(?:at least one|one of|six|any of|sechs|mindestens ein\w*|l'un\w* d\w+)\b|\b(?:law|gdpr|article 6|act|regulation)(?: \w+)? (?:gives|lists|sets out|allows|provides|recogni[sz]es|knows|names)\b|\b(?:set out|listed|laid down|given|provided|named|defined) (?:in|by|under) (?:the |this |that )?(?:law|(?:uk )?gdpr|article 6|act|regulation|legislation)\b|\bque (?:le rgpd|la loi|le r\u00e8glement|l'article 6) (?:pr\u00e9voit|\u00e9num\u00e8re|conna\u00eet)|\b(?:ds-?gvo|gesetz|art(?:\.|ikel) ?6)\b[^.:]{0,30}\b(?:nennt|kennt|vorsieht|vorgesehen)\b/i;
const MOST_UNDER = 12;

export function blocksUnderBases(document: NoticeDocument): ReadonlySet<number> {
  const under = new Set<number>();
  for (const { index, kind, section, sentences, cell } of document.blocks) {
    const last = sentences.at(-1);
    if (kind === 'heading' || cell || !last) continue;
    const opening = plainOf(document, last);
    if (!OPENS.test(opening) || !OURS.test(opening) || OF_THE_LAW.test(opening)) continue;
    const plain = sentences.map((sentence) => plainOf(document, sentence)).join(' ');
    if (!SAYS_BASES.test(plain.slice(-400))) continue;
    for (const next of document.blocks.slice(index + 1, index + 1 + MOST_UNDER)) {
      if (next.section !== section || next.kind === 'heading' || next.cell) break;
      under.add(next.index);
    }
  }
  return under;
}
