// A site that never heard of us: ordinary pages, and notices in prose, in our own words. Every request is kept with its headers.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PlainSite {
  /** `http://bakery.localhost:<port>` */
  origin: string;
  requests: { path: string; headers: IncomingHttpHeaders }[];
  /** Pages by path that answer otherwise, or "gone" to close the connection. */
  close(): Promise<void>;
}

const page = (
  title: string,
  body: string,
  head = '',
  footer = '<a href="/about-your-data">Privacy notice</a> <a href="/terms">Terms</a>',
): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><header><nav><a href="/">Home</a> <a href="/contact">Contact</a></nav></header>
   <main><h1>${title}</h1>${body}</main><footer>${footer}</footer></body></html>`;

export const NOTICE = page(
  'Privacy notice',
  `<p>Crumb and Crust Limited (company 01234567) is the controller of your personal data. Write to privacy@crumb.example.</p>
  <p>Last updated: 3 March 2026</p>
  <h2>When you contact us</h2>
  <p>If you write to us through our contact form, we use your name, your email address and your message to answer you.
  We rely on our legitimate interests in answering the people who write to us. We keep messages for two years after our last contact with you.</p>
  <h2>When you order a cake</h2>
  <p>We use your name, address and payment details to bake, bill and deliver your order. The lawful basis is the performance of our contract with you.
  We keep order records for six years after the end of the financial year, because tax law obliges us to.</p>
  <h2>Our newsletter</h2>
  <p>We send you our newsletter only with your consent, which is our lawful basis for it. You can unsubscribe at any time by the link in each issue.</p>
  <h2>Cookies</h2>
  <p>Our website sets cookies that it needs, and with your consent cookies for visitor statistics.</p>
  <h2>Your rights</h2>
  <ul><li>You have the right to access the personal data that we hold about you.</li><li>You have the right to have it corrected or erased.</li>
  <li>You have the right to object to processing that rests on legitimate interests.</li>
  <li>You may complain to the Information Commissioner’s Office.</li></ul>`,
);

const APPLICANTS = page(
  'Privacy notice for applicants',
  `<p>Crumb and Crust Limited is the controller of the personal data that you give us when you apply for work here.</p>
  <h2>Recruitment</h2><p>We use your application, your CV and your references to decide whom to employ. The lawful basis is to take steps at your request before entering into a contract with you.
  We keep unsuccessful applications for six months after the decision.</p><h2>Your rights</h2><p>You have the right to access your personal data and to complain to the Information Commissioner’s Office.</p>`,
);

const FINNISH = `<!doctype html><html lang="fi"><head><title>Tietosuojaseloste</title></head><body><h1>Tietosuojaseloste</h1>${'<p>Tässä tietosuojaselosteessa kerrotaan, miten henkilötietoja käsitellään palvelussamme ja mihin tarkoituksiin niitä käytetään.</p>'.repeat(8)}</body></html>`;

const CONTACT_FORM = `<form id="write"><label>Your name <input name="name" autocomplete="name"></label><label>Email <input type="email" name="email" value="typed@example.org"></label>
  <label>Message <textarea name="message">typed words</textarea></label><button>Send message</button></form>`;
const JOB = `<form id="apply"><label>Name <input name="n"></label><label>Your CV <input type="file" name="cv"></label><button>Apply</button></form>`;

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}
const html = (body: string, headers: Record<string, string> = {}): Answer => ({
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body,
});

const ANSWERS: Record<string, Answer> = {
  '/': html(page('Crumb and Crust', '<p>Bread and cakes.</p>')),
  '/contact': html(page('Contact us', CONTACT_FORM)),
  '/jobs/baker': html(
    page(
      'Baker, early shift',
      JOB,
      '<script type="application/ld+json">{"@type":"JobPosting","title":"Baker"}</script>',
      '<a href="/about-your-data">Privacy notice</a> <a href="/about-applicants">Applicant privacy notice</a>',
    ),
  ),
  '/work': html(
    page('Work with us', JOB, '', '<a href="/about-your-data">Privacy notice</a> <a href="/cookies">Cookie policy</a>'),
  ),
  '/cookies': html(
    page(
      'Cookie policy',
      '<p>Our website sets cookies. This one keeps your basket for a day, so that what you chose is there when you pay.</p>'.repeat(
        6,
      ),
    ),
  ),
  '/about-your-data': html(NOTICE),
  '/about-applicants': html(APPLICANTS),
  '/by-header': html(page('Opening hours', '<p>Eight to six.</p>', '', '<a href="/terms">Terms</a>'), {
    link: '</about-your-data>; rel="privacy-policy"',
    'cache-control': 'max-age=600',
  }),
  '/by-data': html(
    page(
      'Our story',
      '<p>Since 1987.</p>',
      '<script type="application/ld+json">{"@type":"Organization","privacyPolicy":"/about-your-data"}</script>',
      '',
    ),
  ),
  '/nothing': html(page('Nothing here', '<p>No links.</p>', '', '')),
  '/led': { status: 302, headers: { location: '/about-your-data' }, body: '' },
  '/leaflet': { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7' },
  '/walled': { status: 302, headers: { location: '/sign-in' }, body: '' },
  '/sign-in': html(
    page('Sign in', '<form><input type="email" name="e"><input type="password" name="p"><button>Sign in</button></form>'),
  ),
  '/shell': html('<!doctype html><html><body><div id="app"></div><script src="/app.js"></script></body></html>'),
  '/finnish': html(FINNISH),
  ...Object.fromEntries(
    ['led', 'leaflet', 'walled', 'shell', 'finnish', 'gone'].map((name): [string, Answer] => [
      `/linking-${name}`,
      html(page(`Linking ${name}`, '<p>Bread.</p>', '', `<a href="/${name}">Privacy policy</a>`)),
    ]),
  ),
};

export async function startPlainSite(): Promise<PlainSite> {
  const requests: PlainSite['requests'] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bakery.localhost');
    requests.push({ path: request.url ?? '/', headers: request.headers });
    const answer = ANSWERS[pathname];
    if (!answer) response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>');
    else response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://bakery.localhost:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
