// Puts the scripts that the background brings into pages beside the built extension.
import { join } from 'node:path';

import type { Plugin } from 'vite';

import { ANSWERS_SCRIPT, GLANCE_SCRIPT } from '../injected.ts';
import { oneScript } from '../one-script.ts';

const GLANCED = 'candourGlanced';

export const contentFiles = (): Plugin => ({
  name: 'candour:content',
  apply: 'build',
  async generateBundle() {
    const glance = await oneScript(join(import.meta.dirname, 'glance.iife.ts'), GLANCED);
    // What stands last is what the browser hands to whoever brought the script.
    this.emitFile({ type: 'asset', fileName: GLANCE_SCRIPT, source: `${glance}${GLANCED}.seen;\n` });
    const answers = await oneScript(join(import.meta.dirname, 'answers.iife.ts'), 'candourAnswers');
    this.emitFile({ type: 'asset', fileName: ANSWERS_SCRIPT, source: answers });
  },
});
