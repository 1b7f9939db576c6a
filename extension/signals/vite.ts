// Keeps of autoconsent's rules what detects a platform: the rest would be 400 KB in the background, and the refusing is elsewhere.
import type { Plugin } from 'vite';

import { detectionRules, type FullRule } from './detection-rules.ts';

export const detectionOnly = (): Plugin => ({
  name: 'candour:detection-only',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('autoconsent/rules/rules.json')) return null;
    const { autoconsent } = JSON.parse(code) as { autoconsent: FullRule[] };
    const kept = new Set(detectionRules(autoconsent).map((rule) => rule.id));
    const small = autoconsent.filter((rule) => kept.has(rule.name)).map(({ name, detectCmp }) => ({ name, detectCmp }));
    if (small.length < 100) throw new Error('autoconsent has its rules in another form than before: look at detection-rules.ts');
    return { code: JSON.stringify({ autoconsent: small }), map: null };
  },
});
