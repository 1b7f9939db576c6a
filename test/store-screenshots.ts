// The pictures for the stores, from the built extension beside real pages: node test/store-screenshots.ts writes docs/store/*.png.
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { launchChromiumWithExtension } from './support/browser.ts';
import { NOTICE } from './support/plain-site.ts';
import { startExampleSite } from './support/example-site.ts';
import { startWholeWeb } from './support/whole-web.ts';

const STORE = join(import.meta.dirname, '../docs/store');
const BUILT = join(import.meta.dirname, '../dist/extension/chrome');
const SITE = 'http://crumb-and-crust.example';
const BICYCLES = { origin: 'http://example-bicycles.example', service: 'http://consent.example-bicycles.example' };
const PANEL = 440;

const STYLE = `<style>body { margin: 0; font: 17px/1.6 Georgia, serif; color: #3b2f26; background: #fbf6ee } header { padding: 18px 40px; background: #7a4b2a; color: #fff }
header a { color: #fff; margin-inline-end: 18px } main { max-width: 38rem; padding: 24px 40px } label { display: block; margin: 12px 0 } input, textarea { display: block; width: 100%; font: inherit; padding: 6px; border: 1px solid #c9b8a5 }
button { font: inherit; padding: 8px 20px; border: 0; background: #7a4b2a; color: #fff } footer { padding: 18px 40px; border-top: 1px solid #e2d5c3 }</style>`;
const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title>${STYLE}</head><body><header><nav><a href="/">Crumb and Crust</a> <a href="/cakes">Cakes</a> <a href="/contact">Contact</a></nav></header>
<main><h1>${title}</h1>${body}</main><footer><a href="/about-your-data">Privacy notice</a></footer></body></html>`;
const DIALOG = `<div id="cc-main"><div class="cm-wrapper" style="position:fixed"><button class="cm__btn" data-role="necessary" onclick="document.cookie='cc_cookie=none';this.closest('#cc-main').remove()">No</button></div></div>`;

const web = await startWholeWeb();
const site = await startExampleSite(BICYCLES);
for (const name of Object.values(BICYCLES)) web.servers.set(new URL(name).hostname, site.port);
site.receipts.push(
  await site.log.record({ origin: site.origin, method: 'accept_all', purposes: { statistics: 'given' } }),
  await site.log.record({ origin: site.origin, method: 'reject_all' }),
);
web.answers.set(`${SITE}/about-your-data`, NOTICE);
web.answers.set(
  `${SITE}/contact`,
  page(
    'Write to us',
    '<p>Ask about a cake, an allergy or our opening hours.</p><form><label>Your name <input name="name"></label><label>Email <input type="email" name="email"></label><label>Message <textarea name="message" rows="5"></textarea></label><button>Send</button></form>',
  ),
);
web.answers.set(`${SITE}/cakes`, page('Cakes', '<p>Baked to order, collected or delivered within the town.</p>' + DIALOG));

const browser = await launchChromiumWithExtension(BUILT, '--hide-scrollbars', ...web.flags);
const options = await browser.context.newPage();
await options.setViewportSize({ width: 1280, height: 800 });
await options.goto(`${browser.extension}/options.html`);

/** Both as they stand, side by side. */
async function shoot(name: string, left: Page, right: Page): Promise<void> {
  await left.setViewportSize({ width: 1280 - PANEL, height: 800 });
  await right.setViewportSize({ width: PANEL, height: 800 });
  const [one, two] = [await left.screenshot(), await right.screenshot()].map(
    (png) => `data:image/png;base64,${png.toString('base64')}`,
  );
  const sheet = await browser.context.newPage();
  await sheet.setViewportSize({ width: 1280, height: 800 });
  await sheet.setContent(
    `<body style="margin:0;display:flex;background:#fff"><img src="${one}" width="${1280 - PANEL}"><img src="${two}" width="${PANEL}" style="box-shadow:-1px 0 #ccc"></body>`,
  );
  await sheet.screenshot({ path: join(STORE, `${name}.png`) });
  await sheet.close();
}

async function beside(url: string): Promise<{ left: Page; right: Page }> {
  const left = await browser.context.newPage();
  await left.goto(url);
  const right = await browser.openPopup(left);
  await right.locator('main[aria-busy="false"]').waitFor();
  return { left, right };
}

const contact = await beside(`${SITE}/contact`);
await contact.right.locator('[data-applies="here"]').first().waitFor();
await shoot('1-this-page', contact.left, contact.right);

const shop = await beside(`${site.origin}/contact`);
await shop.right.locator('[data-receipt]').first().waitFor();
await shop.right.getByRole('button', { name: 'Check' }).first().click();
await shop.right.locator('[data-verified="true"]').first().waitFor();
await shop.right.locator('#choices').evaluate((heading) => heading.scrollIntoView());
await shop.left.addStyleTag({ content: STYLE.replace(/<\/?style>/g, '') });
await shop.left.evaluate(() => {
  const main = document.createElement('main');
  main.append(...document.body.childNodes);
  document.body.innerHTML =
    '<header><nav><a href="/">Example Bicycles</a> <a href="/repairs">Repairs</a> <a href="/contact">Contact</a></nav></header>';
  document.body.append(main);
});
await shop.left.locator('form').evaluate((form) => {
  for (const field of form.querySelectorAll('input, textarea')) (field as HTMLInputElement).value = '';
});
await shoot('2-receipts', shop.left, shop.right);

await options.getByRole('checkbox').nth(1).check();
await options.getByText('On, from the next page that you open.').waitFor();
const cakes = await browser.context.newPage();
await cakes.goto(`${SITE}/cakes`);
await cakes.locator('#cc-main').waitFor({ state: 'detached' });
const refused = await browser.openPopup(cakes);
await refused.locator('[data-refused="refused"]').waitFor();
await shoot('3-refuse-for-me', cakes, refused);

await options.reload();
await options.locator('[data-stored="refusals"]').waitFor();
await options.screenshot({ path: join(STORE, '4-settings.png') });

await browser.close();
await Promise.all([web.close(), site.close()]);
