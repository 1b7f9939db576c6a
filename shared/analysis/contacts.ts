// Addresses that a notice gives, each with whose it is. What the page hides is not reconstructed (R85).
import { plainOf, type Block, type NoticeDocument } from './document.ts';
import type { FoundContact, Quote } from './result.ts';

const EMAIL = /(?<![\w.+-])[a-z0-9][\w.+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}/gi;
const HIDDEN = /\[email.protected\]/gi;
const PHONE =
  /(?<=\b(?:tel(?:ephone|efon|\u00e9phone)?|phone|call(?: us)?(?: on| at)?|fon|mobile|helpline|ring)\b[^\d+]{0,24})\+?\(?\d[\d ()/.-]{6,18}\d|(?<![\d/.-])(?:\+\d{1,3}[ \d()-]{7,16}\d|0\d{2,5}[ -]\d{3,4}[ -]?\d{3,5})(?![\d-])/gi;
const AUTHORITY_URL =
  /(?:https?:\/\/)?(?:www\.)?(?:ico\.org\.uk|cnil\.fr|dataprotection\.ie|imy\.se|tietosuoja\.fi|datatilsynet\.(?:dk|no)|dsb\.gv\.at|bfdi\.bund\.de|autoriteitpersoonsgegevens\.nl|aepd\.es|garanteprivacy\.it|edpb\.europa\.eu)[^\s)"'<>,;]{0,120}/gi;
const POST =
  /(?:[\p{Lu}\d][\p{L}\d.&' /-]{1,60},\s?){1,7}(?:[\p{L}. -]{2,40} )?(?:[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b|\b\d{4,5} [\p{Lu}][\p{L}-]{2,30}\b)/gu;
const ROLES: readonly (readonly [FoundContact['role'], RegExp])[] = [
  [
    'authority',
    /commissioner|supervisory authority|\bico\b|aufsichtsbeh|landesbeauftragte|ombud|cnil|data protection authority|datenschutzzentrum/i,
  ],
  ['dpo', /data protection officer|\bdpo\b|datenschutzbeauftragte|délégué à la protection|privacy officer/i],
  ['team', /\bteam\b|\bcontact us\b|\bemail us\b|privacy@|datenschutz@|dataprotection@|data\.protection@|support/i],
];
const MOST = 40;

const evidenceOf = (document: NoticeDocument, start: number, end: number): Quote => ({
  quote: document.text.slice(start, end),
  start,
  end,
});

function roleOf(document: NoticeDocument, block: Block): FoundContact['role'] {
  const before = document.blocks[block.index - 1];
  const near = `${before && before.end - before.start < 300 ? plainOf(document, before) : ''} ${plainOf(document, block)}`.slice(
    -900,
  );
  return ROLES.find(([, words]) => words.test(near))?.[0] ?? 'controller';
}

/** Each value once, in the order of the text, at most 40. */
export function contactsIn(document: NoticeDocument): FoundContact[] {
  const found = new Map<string, FoundContact>();
  for (const block of document.blocks) {
    const plain = plainOf(document, block);
    if (!/@|\d{3}|\[email|ico\.|\.(?:fr|se|ie|fi|dk|at)\b/i.test(plain)) continue;
    const add = (kind: FoundContact['kind'], expression: RegExp, role?: FoundContact['role']): void => {
      for (const match of plain.matchAll(expression)) {
        const value = match[0].replace(/[.,;]+$/, '');
        if (found.size >= MOST || found.has(`${kind} ${value}`)) continue;
        const start = block.start + match.index;
        found.set(`${kind} ${value}`, {
          kind,
          value,
          role: role ?? roleOf(document, block),
          evidence: evidenceOf(document, start, start + value.length),
        });
      }
    };
    add('email', EMAIL);
    add('email', HIDDEN);
    add('phone', PHONE);
    add('url', AUTHORITY_URL, 'authority');
    if (plain.length < 1500) add('post', POST);
  }
  return [...found.values()];
}
