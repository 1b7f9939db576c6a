// axe-core over a page: what it finds, in lines that say what is wrong and where.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

export interface AxeOptions {
  /** CSS selector of the part to look at; the whole page otherwise. */
  only?: string;
  /** CSS selectors of what is left out. */
  except?: string[];
  /** Leave out what axe calls minor or moderate. */
  serious?: boolean;
}

type WithAxe = typeof globalThis & { axe?: typeof axe };

/**
 * One line per finding and place: expect it to equal []. Of frames only the outermost: no page here has frames of ours. Nothing
 * moves meanwhile: what is still fading in has not the colours that people read.
 */
export async function axeFindings(page: Page, { only, except = [], serious = false }: AxeOptions = {}): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([include, exclude, isSerious]) => {
      const context = { ...(include ? { include: [include] } : { include: document }), exclude };
      // Describing each place of what passes takes longer than looking. The one rule of WCAG 2.2 is off unless it is asked for.
      const rules = { 'target-size': { enabled: true } };
      const found = await (globalThis as WithAxe).axe?.run(context, { iframes: false, resultTypes: ['violations'], rules });
      if (!found || found.passes.length === 0) throw new Error('axe looked at nothing');
      return found.violations
        .filter(({ impact }) => !isSerious || impact === 'serious' || impact === 'critical')
        .flatMap(({ id, impact, help, nodes }) =>
          nodes.map(
            ({ target, failureSummary }) =>
              `${impact} ${id}: ${help} at ${target.join(' ')} (${(failureSummary ?? '').split('\n').slice(1).join(' ').trim()})`,
          ),
        );
    },
    [only ?? null, except, serious] as const,
  );
}
