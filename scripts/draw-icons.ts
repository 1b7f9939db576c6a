// Draws icons/<size>.png from icon.svg with a real browser; run it after changing the drawing: node scripts/draw-icons.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

const SIZES = [16, 32, 48, 128];

const ICONS = join(import.meta.dirname, '../extension/icons');

const svg = readFileSync(join(ICONS, 'icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env['CANDOUR_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  writeFileSync(join(ICONS, `${size}.png`), await page.screenshot({ omitBackground: true }));
}
await browser.close();
