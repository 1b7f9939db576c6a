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
  /(?:[\p{Lu}\d][\p{L}\d.&' /-]{1,60},\s?){1,7}(?:[\p{L}. -]{2,40} )?(?:[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b|\b(?:\d{4,5}|\d{3} \d{2}) [\p{Lu}][\p{L}-]{2,30}\b)/gu;
const ROLES: readonly (readonly [FoundContact['role'], RegExp])[] = [
  [
    'authority',
    /commissioner|supervisory authority|\bico\b|aufsichtsbeh|landesbeauftragte|ombud|cnil|data protection authority|datenschutzzentrum/i,
  ],
  ['dpo', /data protection officer|\bdpo\b|datenschutzbeauftragte|délégué à la protection|privacy officer/i],
  ['team', /\bteam\b|\bcontact us\b|\bemail us\b|privacy@|datenschutz@|dataprotection@|data\.protection@|support/i],
];
/** "Responsible for this website is the Acme GmbH, 3 High Street": where the address begins in its first part. */
const LEADS_TO_ADDRESS =
  /^.*\b(?:is|are|at|in|with|under|number|no|address|ist|sind|unter|nummer|anschrift|adresse|est|sis|num\u00e9ro)\b:? (?:(?:the|die|der|das|la|le|l') ?)?(?=[\p{Lu}\d])/u;
/** The number of a company stands before its address. */
const ONLY_A_NUMBER = /^\d{5,10}, ?/;
const MOST = 40;
const AUTHORITY_URL_ALONE = new RegExp(`@${AUTHORITY_URL.source}$`, 'i');

const domainOf = (value: string): string | undefined => value.split('@')[1]?.toLowerCase();

const evidenceOf = (document: NoticeDocument, start: number, end: number): Quote => ({
  quote: document.text.slice(start, end),
  start,
  end,
});

const roleIn = (words: string): FoundContact['role'] | undefined => ROLES.find(([, each]) => each.test(words))?.[0];

/** "Write to us at": whoever was spoken of before, this is the controller's. */
const OURS = /\b(?:us|our|ours|we|uns|unser\w*|wir|nous|notre|nos)\b/i;
const ANY = new RegExp(`${EMAIL.source}|${HIDDEN.source}|${PHONE.source}`, 'gi');

/**
 * Whose an address is, by the words nearest to it: those between it and the address before, or in brackets behind it; what the sentences
 * before speak of, the last first; the line above. What comes after is said of somebody else.
 */
function roleOf(document: NoticeDocument, block: Block, start: number, value: string): FoundContact['role'] {
  const own = AUTHORITY_URL_ALONE.test(value) ? 'authority' : roleIn(value.split('@')[0] ?? '');
  if (own) return own;
  const at = block.sentences.findIndex((sentence) => sentence.end > start);
  const sentence = block.sentences[at] ?? block;
  const before = document.plain.slice(sentence.start, start);
  const clause = before.slice([...before.matchAll(ANY)].at(-1)?.index ?? 0);
  const behind = /^\s?\([^)]{0,60}\)/.exec(document.plain.slice(start + value.length, sentence.end))?.[0] ?? '';
  const here = roleIn(`${clause} ${behind}`);
  if (here) return here;
  if (OURS.test(clause)) return 'controller';
  for (const each of block.sentences.slice(Math.max(0, at - 6), Math.max(0, at)).reverse()) {
    const words = plainOf(document, each);
    const role = roleIn(words);
    if (role) return role;
    if (OURS.test(words)) return 'controller';
  }
  const above = document.blocks[block.index - 1];
  const line = above && above.end - above.start < 300 ? plainOf(document, above) : '';
  const title = document.sections[block.section]?.title ?? '';
  return (!/[.!?]\W*$/.test(line) && roleIn(line)) || (roleIn(title) === 'dpo' ? 'dpo' : 'controller');
}

/** Each value once, in the order of the text, at most 40. */
export function contactsIn(document: NoticeDocument): FoundContact[] {
  const found = new Map<string, FoundContact>();
  for (const block of document.blocks) {
    const plain = plainOf(document, block);
    if (!/@|\d{3}|\[email|ico\.|\.(?:fr|se|ie|fi|dk|at)\b|\b[a-z]{1,2}\d{1,2}[a-z]? ?\d[a-z]{2}\b/i.test(plain)) continue;
    const add = (kind: FoundContact['kind'], expression: RegExp, role?: FoundContact['role']): void => {
      for (const match of plain.matchAll(expression)) {
        const [first = ''] = match[0].split(',', 1);
        const led = kind === 'post' ? (LEADS_TO_ADDRESS.exec(first)?.[0].length ?? 0) : 0;
        const skipped = led + (kind === 'post' ? (ONLY_A_NUMBER.exec(match[0].slice(led))?.[0].length ?? 0) : 0);
        const value = match[0].slice(skipped).replace(/[.,;]+$/, '');
        if (found.size >= MOST || found.has(`${kind} ${value}`)) continue;
        const start = block.start + match.index + skipped;
        found.set(`${kind} ${value}`, {
          kind,
          value,
          role: role ?? roleOf(document, block, start, value),
          evidence: evidenceOf(document, start, start + value.length),
        });
      }
    };
    add('email', EMAIL);
    add('email', HIDDEN);
    add('phone', PHONE);
    add('url', AUTHORITY_URL, 'authority');
    if (plain.length < 6000) add('post', POST);
  }
  const contacts = [...found.values()];
  // An authority has no address in the house of the one that it watches.
  const ours = new Set(contacts.filter(({ role }) => role !== 'authority').flatMap(({ value }) => domainOf(value) ?? []));
  return contacts.map((each) =>
    each.role === 'authority' && ours.has(domainOf(each.value) ?? '') ? { ...each, role: 'controller' } : each,
  );
}
