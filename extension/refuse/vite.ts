// Puts the script that refuses, and the rules it goes by, beside the built extension. No manifest names them: the browser puts the
// script in pages only when a person switches it on.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { decodeRules, encodeRules, type AutoConsentCMPRule, type IndexedCMPRuleset } from '@duckduckgo/autoconsent';
import { build, type Plugin } from 'vite';

import { REFUSE_RULES, REFUSE_SCRIPT } from './said.ts';

const resolve = createRequire(import.meta.url).resolve;
const COMPACT = '@duckduckgo/autoconsent/rules/compact-rules.json';
const LICENCE = join(resolve(COMPACT), '../../LICENSE');

/** Plain data: what comes out of the compact form decodes itself when it is read. */
const plainRule = (rule: AutoConsentCMPRule): AutoConsentCMPRule => {
  const { name, cosmetic, runContext, prehideSelectors, detectCmp, detectPopup, optOut, test, intermediate } = rule;
  const { minimumRuleStepVersion } = rule;
  const steps = { prehideSelectors, detectCmp, detectPopup, optOut, optIn: [], test };
  return { name, cosmetic, runContext, intermediate, minimumRuleStepVersion, ...steps } as AutoConsentCMPRule;
};

/** The tool's rules without those that only hide a dialog. In this form there are no steps to accept. */
export function refusingRules(): IndexedCMPRuleset {
  const all = JSON.parse(readFileSync(resolve(COMPACT), 'utf8')) as IndexedCMPRuleset;
  const refusing = decodeRules(all).filter(({ cosmetic, optOut }) => cosmetic !== true && optOut.length > 0);
  return encodeRules(refusing.map(plainRule), null);
}

async function script(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: join(import.meta.dirname, 'index.iife.ts'), formats: ['iife'], name: 'candourRefuse', fileName: 'index' },
    },
  });
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunks = outputs.filter((one) => one.type === 'chunk');
  if (chunks.length !== 1 || !chunks[0]) throw new Error(`the script that refuses came out as ${chunks.length} files`);
  return chunks[0].code;
}

export const refuseFiles = (): Plugin => ({
  name: 'candour:refuse',
  apply: 'build',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: REFUSE_SCRIPT, source: await script() });
    this.emitFile({ type: 'asset', fileName: REFUSE_RULES, source: JSON.stringify(refusingRules()) });
    this.emitFile({ type: 'asset', fileName: 'refuse/LICENSE.autoconsent.txt', source: readFileSync(LICENCE, 'utf8') });
  },
});
