import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pageFactsOf } from './page-facts.ts';

const CANDOUR = join(import.meta.dirname, 'candour.mjs');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'applies-'));
});
afterAll(() => rm(folder, { recursive: true }));

const PAGE = `<!doctype html><html><head><title>Contact us – Shop</title>
  <script type="application/ld+json">{"@graph":[{"@type":["ContactPage","https://schema.org/WebPage"]}]}</script><script type="application/ld+json">{ broken</script></head>
  <body><h1>Write to <em>us</em></h1><form id="write"><label for="n">Your name</label><input id="n" name="name" autocomplete="name" value="SECRET">
  <label>Email <input type="email" name="e" value="SECRET"></label><input name="p" aria-label="Telephone" type="tel">
  <label>Topic<select name="t"><option>SECRET</option></select></label><span id="m">Message</span><textarea name="m" aria-labelledby="m">SECRET</textarea>
  <input type="hidden" name="csrf" value="SECRET"><button>Send it</button></form>
  <img src="/own.png"><iframe data-src="https://video.example/e" data-purpose="media"></iframe><script src="https://stats.example/s.js"></script>
  <div data-src="https://film.example/f"></div><a data-src="/large.png" href="https://elsewhere.example/">A link</a></body></html>`;

describe('the facts of a page from its HTML', () => {
  it('are those that a browser sees: labels, kinds, structured data, hosts; never a value', () => {
    const facts = pageFactsOf(PAGE, 'https://shop.example/contact');
    expect(facts).toMatchObject({
      title: 'Contact us – Shop',
      headings: ['Write to us'],
      jsonLdTypes: ['ContactPage', 'WebPage'],
      hosts: ['video.example', 'stats.example', 'film.example'],
    });
    expect(facts.forms).toEqual([
      {
        id: 'write',
        submit: 'Send it',
        fields: [
          { label: 'Your name', name: 'name', type: 'text', autocomplete: 'name' },
          { label: 'Email', name: 'e', type: 'email', autocomplete: '' },
          { label: 'Telephone', name: 'p', type: 'tel', autocomplete: '' },
          { label: 'Topic', name: 't', type: 'select', autocomplete: '' },
          { label: 'Message', name: 'm', type: 'textarea', autocomplete: '' },
        ],
      },
    ]);
    expect(JSON.stringify(facts)).not.toContain('SECRET');
  });

  it('come from any HTML', () => {
    for (const html of ['', '<', '<form><form><label><input', '<div>'.repeat(10_000), '<title>a</title><title>b'])
      expect(pageFactsOf(html, 'https://a.example/').url).toBe('https://a.example/');
  });
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CANDOUR, 'notice', 'applies', ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

describe('candour notice applies', () => {
  it('says of a notice in prose what applies, with what shows it', async () => {
    const [notice, page] = [join(folder, 'privacy.md'), join(folder, 'page.html')];
    await writeFile(
      notice,
      '# Privacy notice\n\nShop Ltd is the controller of your personal data.\n\n## When you contact us\n\nWe use your message to answer you. Our lawful basis is our legitimate interests.\n\n## Recruitment\n\nWe use your application to choose whom to employ.\n',
    );
    await writeFile(page, PAGE);
    const { code, out } = await run(notice, '--html', page, '--url', 'https://shop.example/x', '--json');
    const found = JSON.parse(out) as Record<string, { activity: string; reasons: { text: string }[] }[]>;
    expect(code).toBe(0);
    expect(found['here']?.map(({ activity }) => activity)).toEqual(['when-you-contact-us']);
    expect(found['here']?.[0]?.reasons.map(({ text }) => text).join(' ')).toContain('ContactPage');
    expect(found['elsewhere']?.map(({ activity }) => activity)).toEqual(['recruitment']);
    expect(found['alerts']).toEqual([]);
    expect((await run(notice, '--html', page, '--url', 'https://shop.example/x')).out).toMatch(
      /Applies here:\n {2}When you contact us/,
    );
  });

  it('says in a line what is wrong with its input', async () => {
    expect(await run(join(folder, 'none.md'), '--html', 'x', '--url', 'https://a.example/')).toMatchObject({ code: 2, out: '' });
    expect(await run('x', '--html', 'x', '--url', 'ftp://a.example/')).toMatchObject({ code: 2 });
  });
});
