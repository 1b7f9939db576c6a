// The page that every contestant stands on: an article of ordinary length, its own styles inline, no script and no picture.
const SENTENCES = [
  'The harbour was dredged again last spring, and the larger boats have come back to the eastern quay.',
  'Two of the three warehouses are let; the third waits for a new roof before anybody can move in.',
  'Visitors reach the pier by the coast path or by the number four bus, which stops at the old customs house.',
  'The museum keeps its winter hours until the end of March and opens on Mondays from April on.',
];

const paragraph = (i: number): string =>
  `<p>${[0, 1, 2, 3, 4].map((k) => SENTENCES[(i * 3 + k) % SENTENCES.length]).join(' ')}</p>`;

const ARTICLE = Array.from({ length: 12 }, (_, i) => `${i % 4 === 0 ? `<h2>Part ${i / 4 + 1}</h2>` : ''}${paragraph(i)}`).join(
  '\n',
);

export const pageHtml = ({ head, body }: { head: string; body: string }): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The harbour this year</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${head}
<style>
body { margin: 0; font: 1.05rem/1.6 Georgia, serif; color: #1c2733; background: #fff; }
header, main, footer { max-width: 42rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 1px solid #c8d2dc; font-family: system-ui, sans-serif; }
nav a { margin-inline-end: 1rem; }
h1 { font-size: 2.2rem; line-height: 1.2; }
</style>
</head>
<body>
<header><strong>The Harbour</strong> <nav><a href="/">News</a><a href="/visit">Visit</a><a href="/cookies">Cookie policy</a></nav></header>
<main>
<h1>The harbour this year</h1>
${ARTICLE}
</main>
<footer><p>Written for a measurement.</p></footer>
${body}
</body>
</html>
`;
