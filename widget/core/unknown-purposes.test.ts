// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';

import { exampleBoot } from '../../test/support/example-widget.ts';
import { warnOfUnknownPurposes } from './unknown-purposes.ts';

afterEach(() => vi.restoreAllMocks());

it('a purpose that the site does not have is named once in the console, with those that it has', () => {
  const warnings: string[] = [];
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
  document.body.innerHTML = `<script type="text/plain" data-purpose="statistic"></script>
    <script type="text/plain" data-purpose="statistics"></script><iframe data-purpose=" advertising  statistic " data-src="/x"></iframe>`;
  warnOfUnknownPurposes(exampleBoot());
  expect(warnings).toEqual(['Candour: data-purpose="statistic" is none of this site’s: statistics, advertising, security']);
});
