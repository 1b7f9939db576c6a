// Puts the script that refuses, and the rules it goes by, beside the built extension. No manifest names them: the browser puts the
// script in pages only when a person switches it on.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import {
  decodeRules,
  encodeRules,
  type AutoConsentCMPRule,
  type AutoConsentRuleStep,
  type IndexedCMPRuleset,
} from '@duckduckgo/autoconsent';
import type { Plugin } from 'vite';

import { oneScript } from '../one-script.ts';
import { REFUSE_RULES, REFUSE_SCRIPT } from './said.ts';

const { resolve } = createRequire(import.meta.url);
const COMPACT = '@duckduckgo/autoconsent/rules/compact-rules.json';
const LICENCE = join(resolve(COMPACT), '../../LICENSE');

/** A step that never succeeds, so that the rule says that it could not refuse. */
const CANNOT: AutoConsentRuleStep = { exists: 'candour-cannot-refuse' };
/** Something is pressed or called, whichever way the rule goes. */
const acts = ({ click, waitForThenClick, eval: line, then = [], else: or = [] }: AutoConsentRuleStep): boolean =>
  (click ?? waitForThenClick ?? line) !== undefined || (then.some(acts) && or.some(acts));

/** Where a rule would only hide the dialog, nothing is refused, and it must not say so. `acted`: something was pressed before. */
function honest(steps: readonly AutoConsentRuleStep[], acted = false): AutoConsentRuleStep[] {
  const answers = acted || steps.some(acts);
  let before = acted;
  return steps.map((step) => {
    if (!answers && step.hide !== undefined) return CANNOT;
    const then = step.then && honest(step.then, before);
    const or = step.else && honest(step.else, before);
    before ||= acts(step);
    // oxlint-disable-next-line unicorn/no-thenable -- the rules' own word; none of them is awaited.
    return { ...step, ...(then && { then }), ...(or && { else: or }) };
  });
}

/** Plain data: what comes out of the compact form decodes itself when it is read. */
const refusing = (rule: AutoConsentCMPRule): AutoConsentCMPRule => {
  const { name, cosmetic, runContext, intermediate, minimumRuleStepVersion, detectCmp, detectPopup, optOut, test } = rule;
  const steps = { prehideSelectors: [], detectCmp, detectPopup, optOut: honest(optOut), optIn: [], test };
  return { name, cosmetic, runContext, intermediate, minimumRuleStepVersion, ...steps } as AutoConsentCMPRule;
};

/** The tool's rules without those that only hide a dialog. In this form there are no steps to accept. */
export function refusingRules(): IndexedCMPRuleset {
  const all = JSON.parse(readFileSync(resolve(COMPACT), 'utf8')) as IndexedCMPRuleset;
  const useful = decodeRules(all).filter(({ cosmetic, optOut }) => cosmetic !== true && optOut.length > 0);
  return encodeRules(useful.map(refusing), null);
}

export const refuseFiles = (): Plugin => ({
  name: 'candour:refuse',
  apply: 'build',
  async generateBundle() {
    this.emitFile({
      type: 'asset',
      fileName: REFUSE_SCRIPT,
      source: await oneScript(join(import.meta.dirname, 'index.iife.ts'), 'candourRefuse'),
    });
    this.emitFile({ type: 'asset', fileName: REFUSE_RULES, source: JSON.stringify(refusingRules()) });
    this.emitFile({ type: 'asset', fileName: 'refuse/LICENSE.autoconsent.txt', source: readFileSync(LICENCE, 'utf8') });
  },
});
