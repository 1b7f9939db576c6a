import { describe, expect, it } from 'vitest';

import { mayMatch, required } from './required-words.ts';
import { AUTHORITIES } from './rules/authority.ts';
import { BASES_DE } from './rules/bases-de.ts';
import { BASES_EN } from './rules/bases-en.ts';
import { BASES_FR } from './rules/bases-fr.ts';
import { CONTROLLER_RULES } from './rules/controller.ts';
import { DATA_CATEGORIES, FACT_RULES } from './rules/facts.ts';
import { FRAMES_DE } from './rules/frames-de.ts';
import { FRAMES_EN } from './rules/frames-en.ts';
import { FRAMES_FR } from './rules/frames-fr.ts';
import { RETENTION_RULES } from './rules/retention.ts';
import { RIGHTS_RULES } from './rules/rights.ts';
import type { Rule } from './rules/rule.ts';
import { SECTIONS } from './rules/section.ts';

describe('words that an expression requires', () => {
  it.each<[RegExp, string[][]]>([
    [/\bprivacy notice\b/i, [['privacy notice']]],
    [/\b(?:keep|retain)s? it\b/i, [['keep', 'retain'], [' it']]],
    [/colou?r/, [['colo']]],
    [/ab+c{2}d/, [['ab']]],
    [/(?:data )?protection/i, [['protection']]],
    [/(?!never)always|some(?<=e)times/, [['always', 'sometimes']]],
    [/[^.;]{0,80}(?:\w+ ){0,3}contracts?/i, [['contract']]],
    [/the (?:basis|ground(?: of)?) [\s\S]*law/, [['basis', 'ground'], ['the '], ['law']]],
    [/L\u00f6schung|\x41rt\. 6/i, [['l\u00f6schung', 'art. 6']]],
    [/\p{Lu}\w+|x/u, []],
    [/a|bc/, []],
    [/dates?/iu, []],
  ])('of %s are one of each of %j', (expression, lists) => {
    expect(required(expression).map(({ words }) => [...words].toSorted())).toEqual(lists.map((words) => words.toSorted()));
  });

  it('are looked for as the expression is, in small letters or as they stand', () => {
    expect(mayMatch(/privacy/i, 'PRIVACY')).toBe(true);
    expect(mayMatch(/Ltd/, 'LTD')).toBe(false);
    expect(mayMatch(/\u00c4nderung/i, '\u00e4nderung')).toBe(true);
    expect(mayMatch(/[abc]/, 'z')).toBe(true);
  });
});

describe('every rule', () => {
  const rules: readonly Pick<Rule, 'id' | 'trigger' | 'negators' | 'examples'>[] = [
    ...BASES_EN,
    ...BASES_DE,
    ...BASES_FR,
    ...FRAMES_EN,
    ...FRAMES_DE,
    ...FRAMES_FR,
    ...SECTIONS,
    ...RIGHTS_RULES,
    ...RETENTION_RULES,
    ...AUTHORITIES,
    ...CONTROLLER_RULES,
    ...FACT_RULES,
    ...DATA_CATEGORIES,
  ];
  const texts = rules.flatMap(({ examples }) => examples.match);

  it('has a word that it requires in each text that it matches, whatever rule that was an example of', () => {
    const expressions = rules.flatMap(({ trigger, negators = [] }) => [trigger, ...negators]);
    const missed = texts.flatMap((text) =>
      [text, text.toUpperCase()].flatMap((written) =>
        expressions.filter((each) => !mayMatch(each, written) && each.test(written)).map((each) => [each.source, written]),
      ),
    );
    expect([texts.length >= rules.length, missed]).toEqual([true, []]);
  });
});
