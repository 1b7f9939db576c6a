// Where a sentence names a lawful basis, by word or by article. Naming is not stating: frames decide that.
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import { articleMentions } from './articles.ts';
import type { Span } from './document.ts';
import { mayMatch } from './required-words.ts';
import type { LanguageRules } from './rules/languages.ts';
import { everywhere } from './rules/rule.ts';

export interface Mention extends Span {
  basis: LawfulBasis;
  rule: string;
  byArticle: boolean;
}

const overlaps = (mentions: readonly Span[], { start, end }: Span): boolean =>
  mentions.some((each) => start < each.end && end > each.start);

// "our legitimate interests in meeting our legal obligations": what follows says what the interest is.
const SAYS_WHICH_INTEREST =
  /^\W*(?:in|to|of|for|by|such as|which|as|because|including|an|am|daran|darin|à|de|d'|for example|e\.g)\b/i;
const NEXT_ALTERNATIVE = /[;.]|:\W*$|\b(?:and|or|und|oder|sowie|et|ou|and\/or|as well as)\W+(?:[\w'-]+\W+){0,4}$/i;
const CITES =
  /^[\s,(:;[-]*(?:(?:with|to|you|of|the|pursuant|under|in|accordance|as|per|according|see|cf|within|meaning|gem(?:\u00e4\u00df|\.)|nach|i\.?s\.?d\.?|im|sinne|von|des|der|au|sens|de|l'|conform\u00e9ment|\u00e0|gdpr|dsgvo|rgpd|uk|eu|legal|basis|our|your|mit|ihnen|i\.?v\.?m\.?|sur|le|fondement|article|base)\b[\s,.(:]*){0,7}[\s,(]*$/i;

// "our legal obligation to obtain parental consent": asking for consent is what the law wants done.
const ASKS_FOR = /\bto (?:obtain|seek|get|request|ask for|record|collect|document|prove|manage|verify) (?:[\w-]+ ){0,2}$/i;

function isDetail(mention: Mention, before: Mention[], plain: string): boolean {
  const duty = mention.basis === 'consent' && before.some(({ basis }) => basis === 'legal_obligation');
  if (duty && ASKS_FOR.test(plain.slice(Math.max(0, mention.start - 60), mention.start))) return true;
  const interest = before.findLast(({ basis, byArticle }) => basis === 'legitimate_interests' && !byArticle);
  if (!interest || mention.byArticle || mention.basis === 'consent' || mention.basis === 'legitimate_interests') return false;
  const between = plain.slice(interest.end, mention.start);
  return SAYS_WHICH_INTEREST.test(between) && !NEXT_ALTERNATIVE.test(between);
}

const FOLLOWS = 60;
/** Where the words and the number behind them name two bases, the words say what was meant. */
function isContradicted(mention: Mention, words: Mention[], plain: string): boolean {
  if (!mention.byArticle) return false;
  const last = words.findLast(({ end }) => end <= mention.start);
  // "…, under Article 6(1)(a) where you have given consent": the number goes with the words behind it.
  const next = words.find(({ start }) => start >= mention.end);
  if (next?.basis === mention.basis && next.start - mention.end < FOLLOWS) return false;
  return last !== undefined && last.basis !== mention.basis && CITES.test(plain.slice(last.end, mention.start));
}

/** In the order of the text. `plain` is at most a sentence. */
export function mentionsIn(plain: string, { bases, union }: Pick<LanguageRules, 'bases' | 'union'>): Mention[] {
  const words: Mention[] = [];
  for (const { id, says, trigger, negators = [] } of bases) {
    if (!mayMatch(trigger, plain) || !trigger.test(plain)) continue;
    const every = everywhere(trigger);
    every.lastIndex = 0;
    for (let match = every.exec(plain); match; match = every.exec(plain)) {
      const span = { start: match.index, end: match.index + match[0].length };
      const around = plain.slice(Math.max(0, span.start - 30), span.end + 30);
      if (span.end > span.start && !overlaps(words, span) && !negators.some((negator) => negator.test(around)))
        words.push({ ...span, basis: says, rule: id, byArticle: false });
    }
  }
  words.sort((one, other) => one.start - other.start);
  const articles = articleMentions(plain, union)
    .map((mention): Mention => ({ ...mention, rule: 'article-6', byArticle: true }))
    .filter((mention) => !isContradicted(mention, words, plain));
  return [...words, ...articles]
    .sort((one, other) => one.start - other.start || one.end - other.end)
    .filter((mention, at, all) => !isDetail(mention, all.slice(0, at), plain));
}
