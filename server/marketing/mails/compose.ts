// A mail about messages, from its parts to plain text and plain HTML: no picture, no style from elsewhere, nothing that tells whether
// it was opened. Both say the same, in the same order.
import type { Mail } from '../../mail/mailer.ts';
import { markup, shown, type Markup } from '../../pages/markup.ts';
import { filled, type Part, type Speech } from '../words/words.ts';

export type Block =
  | { kind: 'text'; parts: readonly Part[] }
  | { kind: 'list'; items: readonly (readonly Part[])[] }
  | { kind: 'link'; label: string; href: string };

export interface MailParts {
  speech: Speech;
  subject: string;
  body: readonly Block[];
  /** Who sends, why, and how to stop it: every mail has it. */
  foot: readonly Block[];
}

export type ComposedMail = Pick<Mail, 'subject' | 'text'> & { html: string };

const [ISOLATE, END] = ['\u2068', '\u2069'];

/** Others' words in a line of ours: one line, and no marks that could turn the rest around. */
const tame = (value: string): string => shown(value).replaceAll(/\s+/g, ' ').trim();

export const textBlock = (text: string, values: Readonly<Record<string, string>> = {}): Block => ({
  kind: 'text',
  parts: filled(text, values),
});

/** From right to left each foreign name is isolated, or a full stop behind it lands on its wrong side. */
const inText = (parts: readonly Part[], { direction }: Speech): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part;
      return direction === 'rtl' ? `${ISOLATE}${tame(part.value)}${END}` : tame(part.value);
    })
    .join('');

const inHtml = (parts: readonly Part[]): Markup[] =>
  parts.map((part) => (typeof part === 'string' ? markup`${part}` : markup`<bdi>${tame(part.value)}</bdi>`));

function blockText(block: Block, speech: Speech): string {
  if (block.kind === 'link') return block.href;
  if (block.kind === 'text') return inText(block.parts, speech);
  return block.items.map((item) => `- ${inText(item, speech)}`).join('\n');
}

const LINK = 'display:inline-block;padding:10px 18px;border:2px solid #1d4f91;border-radius:8px;color:#1d4f91;font-weight:bold';
/** Over the styles that stand on the elements, for the readers that know it: the others show the mail light, or turn its colours themselves. */
const DARK = `:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){body{background:#12181f !important;color:#e6ebf0 !important}a{color:#9cc4f5 !important;border-color:#9cc4f5 !important}.foot{border-color:#5b6875 !important;color:#b4bfca !important}}`;

function blockHtml(block: Block, plain: boolean): Markup {
  if (block.kind === 'text') return markup`<p>${inHtml(block.parts)}</p>`;
  if (block.kind === 'list') return markup`<ul>${block.items.map((item) => markup`<li>${inHtml(item)}</li>`)}</ul>`;
  const style = plain ? markup`` : markup` style="${LINK}"`;
  return markup`<p><a href="${block.href}"${style}>${block.label}</a></p>`;
}

/** The subject is one line of text. */
export function composeMail({ speech, subject, body, foot }: MailParts): ComposedMail {
  const texts = (blocks: readonly Block[]): string => blocks.map((block) => blockText(block, speech)).join('\n\n');
  const html = markup`<!doctype html>
<html lang="${speech.code}" dir="${speech.direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${tame(subject)}</title><style>${DARK}</style></head>
<body style="margin:0;background:#ffffff;color:#1a232e;font:16px/1.6 sans-serif">
<div style="max-width:36em;margin:0 auto;padding:24px">
${body.map((block) => blockHtml(block, false))}
<div class="foot" style="border-top:1px solid #8794a3;margin-top:32px;padding-top:8px;color:#46535f;font-size:14px">
${foot.map((block) => blockHtml(block, true))}
</div>
</div>
</body>
</html>
`;
  return { subject: tame(subject), text: `${texts(body)}\n\n-- \n${texts(foot)}\n`, html: html.toString() };
}
