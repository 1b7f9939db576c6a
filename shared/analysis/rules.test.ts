import { describe, expect, it } from 'vitest';

import { ISSUE_RULES } from './issues.ts';
import { AUTHORITIES } from './rules/authority.ts';
import { BASES_DE } from './rules/bases-de.ts';
import { BASES_ELSEWHERE } from './rules/bases-elsewhere.ts';
import { BASES_EN } from './rules/bases-en.ts';
import { BASES_FR } from './rules/bases-fr.ts';
import { CONTROLLER_RULES } from './rules/controller.ts';
import { DATA_CATEGORIES, FACT_RULES } from './rules/facts.ts';
import { FRAMES_DE } from './rules/frames-de.ts';
import { FRAMES_EN } from './rules/frames-en.ts';
import { FRAMES_FR } from './rules/frames-fr.ts';
import { RETENTION_RULES } from './rules/retention.ts';
import { RIGHTS_RULES, SPEAKS_OF_RIGHTS } from './rules/rights.ts';
import { holds, type Rule } from './rules/rule.ts';
import { SECTIONS } from './rules/section.ts';
import { articleMentions } from './articles.ts';
import { plainForm } from './plain-form.ts';

const ALL: readonly Rule[] = [
  ...BASES_EN,
  ...BASES_DE,
  ...BASES_FR,
  ...BASES_ELSEWHERE,
  ...FRAMES_EN,
  ...FRAMES_DE,
  ...FRAMES_FR,
  ...SECTIONS,
  ...RIGHTS_RULES,
  SPEAKS_OF_RIGHTS,
  ...RETENTION_RULES,
  ...AUTHORITIES,
  ...CONTROLLER_RULES,
  ...FACT_RULES,
  ...DATA_CATEGORIES,
  ...ISSUE_RULES,
];

describe('rules', () => {
  it('have an id of their own, and examples of both kinds', () => {
    const ids = ALL.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ALL.filter(({ examples }) => examples.match.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it.each(ALL)('$id holds for its examples and not for the others', (rule) => {
    for (const text of rule.examples.match) expect([text, holds(rule, plainForm(text))]).toEqual([text, true]);
    for (const text of rule.examples.not) expect([text, holds(rule, plainForm(text))]).toEqual([text, false]);
  });

  it.each([
    ['Art. 6(1)(f) GDPR', 'legitimate_interests'],
    ['Article 6.1 b', 'contract'],
    ['Art. 6 Abs. 1 S. 1 lit. a DSGVO', 'consent'],
    ['Art. 6 Abs. 1 Satz 1 Buchst. c und e DSGVO', 'legal_obligation public_task'],
    ["l'article 6.1.a du RGPD", 'consent'],
    ['points (a) and (f) of Article 6(1)', 'consent legitimate_interests'],
    ['Article 6 paragraph 1 letter d', 'vital_interests'],
    ['Article 6(1)(ea) UK GDPR', 'recognised_legitimate_interests'],
    ['Art. 6 (1) (b), (c) and (f)', 'contract legal_obligation legitimate_interests'],
    ['Article 6(1)(c), a legal obligation', 'legal_obligation'],
    ["l'article 6 paragraphe 1 point f) RGPD", 'legitimate_interests'],
    ['6(1)(e), 6(1)(b)', 'public_task contract'],
    ['section 26(1)(b) and section 6(1)(b)', ''],
    ['Article 9(2)(a) GDPR', ''],
    ['Article 60 (a)', ''],
    ['Art. 6 a statement', ''],
  ])('reads %s as %s', (text, bases) => {
    expect(
      articleMentions(text)
        .map(({ basis }) => basis)
        .join(' '),
    ).toBe(bases);
  });

  it.each([
    ['Article 5(1)(a) of Regulation (EU) 2018/1725', 'public_task'],
    ['Article 5(1)(b), (c) and (d)', 'legal_obligation contract consent'],
    ['points (a) and (e) of Article 5(1)', 'public_task vital_interests'],
    ['Art. 5 Abs. 1 Buchst. d der Verordnung', 'consent'],
    ['Article 5(1)(e) of the GDPR', ''],
    ['Article 5(1)(a) of Regulation (EU) 2016/679', ''],
    ['Article 6(1)(f) GDPR', 'legitimate_interests'],
  ])('reads %s of an institution of the Union as %s, and Article 5 of nobody else', (text, bases) => {
    const named = (union: boolean): string[] => articleMentions(text, union).map(({ basis }) => basis);
    expect(named(true).join(' ')).toBe(bases);
    expect(named(false)).toEqual(text.includes('6(1)') ? ['legitimate_interests'] : []);
  });
});
