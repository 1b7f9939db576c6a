// Which rules read a language. Notices cite the law in English elsewhere too: its names are known in every language, behind the language's own.
import { BASES_DE } from './bases-de.ts';
import { BASES_ELSEWHERE } from './bases-elsewhere.ts';
import { BASES_EN, type BasisRule } from './bases-en.ts';
import { BASES_FR } from './bases-fr.ts';
import type { Frame } from './frame.ts';
import { FRAMES_DE } from './frames-de.ts';
import { FRAMES_EN } from './frames-en.ts';
import { FRAMES_FR } from './frames-fr.ts';

export interface LanguageRules {
  bases: readonly BasisRule[];
  frames: readonly Frame[];
  /** The notice is of an institution of the Union, whose bases stand in another law: isOfTheUnion. */
  union?: boolean;
  /** Quick look whether a sentence can name a basis at all. */
  names: RegExp;
}

const RULES: Record<string, LanguageRules> = {
  en: {
    bases: BASES_EN,
    frames: FRAMES_EN,
    names:
      /consent|permission|because you|contract|agreement|legal|legitim|lawful|statutory|regulat|legislat|interest|public|authority|function|official|terms|said|told us|you agree|opt in|vital|\blaw|\blife|\blives|steps|oblig|licen[cs]e|\bacts?\b|compel|agreed|accept|allow|opted|ticked|dut(?:y|ies) |\btask|\b(?:art|gdpr)/i,
  },
  de: {
    bases: BASES_DE,
    frames: FRAMES_DE,
    names: /willig|stimm|vertr|gesetz|rechtlich|pflicht|interess|gewalt|aufgabe|art|\u00a7/i,
  },
  fr: {
    bases: BASES_FR,
    frames: FRAMES_FR,
    names: /consent|accord|contr|oblig|l\u00e9gal|la loi|int[\u00e9e]r[\u00eae]t|mission|autorit|art|gdpr|rgpd/i,
  },
};

/** Only its name is known of each basis there; what sentences say of it is not read. */
const ELSEWHERE: LanguageRules = { bases: [...BASES_ELSEWHERE, ...BASES_EN], frames: [...FRAMES_EN], names: /\p{L}/u };

export const rulesFor = (language: string): LanguageRules => RULES[language] ?? ELSEWHERE;

/** In a column of lawful bases a name is enough, in whatever language. */
export const columnBases = (rules: LanguageRules): Pick<LanguageRules, 'bases' | 'union'> => ({
  ...rules,
  bases: [...rules.bases, ...BASES_ELSEWHERE],
});
