// axe-core over a page: what it finds, in lines that say what is wrong and where.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export interface AxeOptions {
  /** CSS selector of the part to look at; the whole page otherwise. */
  only?: string;
  /** CSS selectors of what is left out. */
  except?: string[];
  /** Leave out what axe calls minor or moderate. */
  serious?: boolean;
}

/** One line per finding and place: expect it to equal []. */
export async function axeFindings(page: Page, { only, except = [], serious = false }: AxeOptions = {}): Promise<string[]> {
  // In one go: no page here has frames of ours, and going through each frame costs a page of its own every time.
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  if (only) builder.include(only);
  for (const selector of except) builder.exclude(selector);
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => !serious || impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${impact} ${id}: ${help} at ${target.join(' ')} (${(failureSummary ?? '').split('\n').slice(1).join(' ').trim()})`,
      ),
    );
}
