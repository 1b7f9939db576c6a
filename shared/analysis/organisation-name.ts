// Reading the name of an organisation next to a place in a text: words that begin like names, with what may stand between them.
import { LEGAL_FORM } from './rules/controller.ts';

const WORD = /^(?:[ld]['\u2019])?[\p{Lu}\d][\p{L}\p{N}&'.+!/\u2019\u2122\u00ae-]*$|^[a-z]{1,4}[\p{Lu}][\p{L}\p{N}]*$/u;
const BETWEEN = new Set(
  'of and the for & de du des la le les l d der die das für und et a in on am an im e.V. e.V van von zu y del di'.split(' '),
);
const NO_NAME = new Set(
  (
    'we our us this the these those it its you your they their he she if when where in on at for by to as and or but all any each such please who what how why which ' +
    'rcs siret siren ukgdpr privacy notice policy statement personal data information controller controllers processor gdpr eu uk eea article art dpo officer protection general regulation website site ' +
    'app service services company organisation organization act law section contact email e-mail address phone tel name purpose purposes cookies cookie terms use user users customer customers client ' +
    'joint responsible verantwortlicher verantwortliche wir sie ihre die der das diese datenschutz im in für bei nous vous elle elles il ils on le la les ce cette ces société données politique ' +
    'however under each both here there most some many another other one everyone anyone no not an a data-controller subject registered office january february march april may june july august september october november december germany france england wales scotland ireland austria switzerland sweden finland denmark norway netherlands belgium spain italy portugal poland usa united kingdom deutschland österreich schweiz belgique suisse london paris berlin europe european union'
  ).split(' '),
);
const EDGE = /^[\s"'([{:,;.|*-]+|[\s"')\]}:,;|*-]+$/g;

const tokens = (text: string): string[] => text.split(/\s+/).filter(Boolean);
const bare = (token: string): string => token.replace(/^["'([]+|["')\],;:]+$/g, '');
/** "We're Mooring Bank": whom a notice is from, not what they are called. */
const SHORTENED = /^(?:we|you|they|it|i|that|there|here|what|who|let)['\u2019](?:re|ve|ll|d|s|m)$/i;
const isName = (token: string): boolean =>
  (WORD.test(bare(token)) && !SHORTENED.test(bare(token))) || /^(?:plc|ltd|gGmbH|e\.V|e\.K|mbH|limited)\b/.test(bare(token));
const LONGEST = 9;

/** A legal form alone, or what an organisation is: "the Practice" is whoever was named before. */
const FORM_OR_KIND =
  /^(?:ltd|limited|gmbh|inc|llc|llp|plc|sarl|sas|sasu|sa|eurl|sci|ag|kg|ug|bv|ab|oy|practice|surgery|school|academy|college|university|trust|council|charity|company|firm|group|club|association|society|foundation|hospital|clinic|hospice|parish|church|federation|partnership|organi[sz]ation|agency|authority|department|store|shop|hotel|museum|library|board|bank)$/;

/** Whom a notice is for, or what it is about: "Job applicant privacy notice" names nobody. */
const AUDIENCE =
  /^(?:job|applicants?|applications?|candidates?|recruitment|benefits?|housing|tax|pupils?|staff|students?|parents?|carers?|employees?|employment|workforce|workers?|members?|membership|visitors?|volunteers?|donors?|supporters?|alumni|suppliers?|patients?|guests?|general|corporate|main|global|online|our|full|short|summary|layered|internal|external|public|governors?|trustees?|research|events?|marketing|newsletters?|cctv|fair|processing|elections?|electoral|library|planning|licensing|children's?|adults?|social|care|services?|customers?|shop|store|mobile|web|internet|page|template|model|sample|provider|operator|owner|seller|publisher|tenants?|tenancy|records?|estates?|accounts?|users?|(?:l')?utilisateurs?|nutzer)$/;
export const isAudience = (name: string): boolean => tokens(name).every((word) => AUDIENCE.test(bare(word).toLowerCase()));

/** What the links of a footer are called: "© 2026 About Imprint" names nobody. */
const LINK =
  /^(?:about|imprint|impressum|accessibility|terms|conditions|legal|sitemap|login|careers|jobs|press|help|faqs?|blog|home|news|support|kontakt|agb|barrierefreiheit|mentions|l\u00e9gales?|accueil|cgv|cgu|preferences|settings|einstellungen|menu|copyright|rights|reserved)$/;

/** "European Agency for Lakes": here the word is part of the name. */
const EUROPEAN = /^European (?!Union\b|Economic\b|Data Protection\b|Parliament\b|Commission\b|Court\b|GDPR\b)\p{Lu}/u;

/** Whether the words can be the name of an organisation. */
export function isOrganisationName(name: string): boolean {
  const words = tokens(name).map((word) => bare(word).toLowerCase().replace(/\.$/, ''));
  if (words.length === 0 || name.length < 2 || name.length > 110) return false;
  const telling = words.filter((word) => !NO_NAME.has(word) && !BETWEEN.has(word) && !/^\d+$/.test(word));
  if (/\b(?:commissioner|ombuds\w*|supervisory)\b/i.test(name)) return false;
  // "Qui est responsable du traitement ?" asks.
  if (/^(?:qui|wer|who|quel(?:le)?|which)$/i.test(name)) return false;
  return (
    telling.length > 0 &&
    !telling.every((word) => LINK.test(word)) &&
    !/^(?:(?:19|20)\d\d\b|\d+ (?:of|the|de|des|der)\b)/.test(name) &&
    /\p{L}{2}/u.test(name) &&
    (!NO_NAME.has(words[0] ?? '') ||
      EUROPEAN.test(name) ||
      /^(?:Les?|La) \p{Lu}/u.test(name) ||
      (/^(?:LES?|LA) /.test(name) && inCapitals(tokens(name)))) &&
    !(words.length === 1 && FORM_OR_KIND.test(words[0] ?? ''))
  );
}

/** "LES BATEAUX DE LA BAIE": in capitals the article is part of the name. */
const inCapitals = ([one = '', two = '']: string[]): boolean =>
  /^\p{Lu}{2,}$/u.test(one) && /^\p{Lu}{2}[\p{Lu}'-]*$/u.test(bare(two));

/** "1.1 Mooring Homes Limited": the number of the clause that the name begins. */
const CLAUSE_NUMBER = /^\d{1,2}(?:\.\d{1,2})+\.?$/;
function trimNames(words: string[]): string[] {
  const kept = [...words];
  while (
    kept.length > 0 &&
    !(/^(?:LES?|LA)$/.test(kept[0] ?? '') && inCapitals(kept)) &&
    !EUROPEAN.test(kept.join(' ')) &&
    (BETWEEN.has(bare(kept[0] ?? '')) || NO_NAME.has(bare(kept[0] ?? '').toLowerCase()) || CLAUSE_NUMBER.test(kept[0] ?? ''))
  )
    kept.shift();
  while (kept.length > 0 && BETWEEN.has(bare(kept.at(-1) ?? '')) && !LEGAL_FORM.test(kept.at(-1) ?? '')) kept.pop();
  return kept;
}

const clean = (name: string): string =>
  name
    .replace(/[\u2122\u00ae]/g, '')
    .replace(EDGE, '')
    .replace(/\.$/, (dot) => (LEGAL_FORM.test(name.slice(-9)) && /(?:\w\.\w|Inc|Ltd|Co|Corp)\.$/.test(name) ? dot : ''));

/** Behind it even a name in small letters is one: "adidas AG". */
const SURE_FORM =
  /^(?:Ltd|Limited|LLC|LLP|Inc|Corp|DAC|CLG|PLC|plc|GmbH|gGmbH|AG|SE|SAS|SARL|BV|B\.V|NV|AB|Oy|ApS|e\.V|CIC|CIO)\b/;
const isSmallName = (word: string, next: string): boolean =>
  SURE_FORM.test(bare(next)) && /^[a-z][a-z\d.&-]{2,}$/.test(word) && !BETWEEN.has(word) && !NO_NAME.has(word);

/** "Ruderclub Seeblick e. V.": one form, not two words. */
const SPACED_FORM = /\be\. ([VK])\./g;

/** The name that ends where `before` ends, or null. */
export function nameBefore(before: string): string | null {
  const words = tokens(
    before
      .slice(-160)
      .replace(SPACED_FORM, 'e.$1.')
      .replace(/[\s,-]*$/, '')
      .replace(/\([^()]*\)$/, '')
      .replace(/[\s,-]*$/, ''),
  );
  const taken: string[] = [];
  for (let at = words.length - 1; at >= 0 && taken.length < LONGEST; at -= 1) {
    const word = words[at] ?? '';
    const ends = /[.:;!?]$/.test(word) && !LEGAL_FORM.test(word) && at < words.length - 1;
    const listed = word.endsWith(',') && !LEGAL_FORM.test(words[at + 1] ?? '') && taken.length > 0;
    if (taken.length === 1 && !ends && isSmallName(word, taken[0] ?? '')) {
      taken.unshift(word);
      break;
    }
    if (ends || listed || !(isName(word) || (BETWEEN.has(word) && taken.length > 0))) break;
    taken.unshift(word);
  }
  const name = clean(trimNames(taken).join(' '));
  return isOrganisationName(name) ? name : null;
}

/** "Praxisname: …" */
const LABEL =
  /^(?:\p{L}{0,14}name|firma|betrieb|unternehmen|anbieter|company|organi[sz]ation|soci\u00e9t\u00e9|raison sociale|d\u00e9nomination(?: sociale)?|nom) ?: ?/iu;
const NEXT_LABEL =
  /^(?:adresse|anschrift|address|telefon|tel|phone|kontakt\w*|contact|sitz|e-?mail|website|t\u00e9l\u00e9phone):$/i;
/** Public bodies whose names go on in small letters: "Communauté de communes du Val". */
const FRENCH_BODY =
  /^(?:Communaut\u00e9|Centre|Conseil|Syndicat|Caisse|Office|Maison|\u00c9tablissement|Chambre|Association|F\u00e9d\u00e9ration|Ville|Commune|Mairie|R\u00e9gion|D\u00e9partement)(?= (?:de |du |des |d'|communal|d\u00e9partemental|intercommunal|r\u00e9gional|municipal|hospitalier|primaire))(?: (?:(?:de|du|des|la|le|les|pour|et|communes|agglom\u00e9ration|action|sociale|tourisme|communale?|d\u00e9partementale?|intercommunale?|r\u00e9gionale?|municipale?|hospitalier|universitaire|primaire|maladie|assurance|commerce|industrie|m\u00e9tiers|artisanat|agriculture|retraite|parents|habitat|public|mixte|culture|loisirs|jeunes)|(?:[ld]')?[\p{Lu}][\p{L}'-]*|[ld]'\p{L}[\p{L}-]*)(?![\p{L}'])){1,12}/u;

/** "Praxis Dr. med. Lind": small letters within a title. */
const TITLE_GOES_ON = /^(?:med|dent|vet|jur|phil|rer|nat)\.$/;

/** "Ada Lind Uferweg 7 12345 Seestadt": an address on the same line. */
const STREET_DE = /(?:stra(?:\u00df|ss)e|str\.|weg|gasse|allee|platz|ring|damm|ufer)$/i;

/** The name that begins where `after` begins, or null. */
export function nameAfter(after: string): string | null {
  const [line = ''] = after
    .replace(/^[\s"'(:*-]+/, '')
    .replace(LABEL, '')
    .replace(SPACED_FORM, 'e.$1.')
    .split('\n');
  const french = FRENCH_BODY.exec(line.slice(0, 200))?.[0];
  if (french) return french.replace(/(?: (?:de|du|des|la|le|les|et|pour))+$/, '');
  const taken: string[] = [];
  const all = tokens(line.slice(0, 160)).slice(0, LONGEST + 2);
  for (const [at, word] of all.entries()) {
    if (
      !(
        (at === 0 && isSmallName(word, all[1] ?? '')) ||
        isName(word) ||
        (BETWEEN.has(word) && (taken.length > 0 || word === 'the')) ||
        (taken.length > 0 && (LEGAL_FORM.test(word) || TITLE_GOES_ON.test(word)))
      )
    )
      break;
    if (taken.length > 0 && NEXT_LABEL.test(word)) break;
    if (taken.length > 1 && STREET_DE.test(word) && /^\d/.test(all[at + 1] ?? '')) break;
    // "Hochschule Lahnberg, Körperschaft des öffentlichen Rechts", on the line behind.
    if (taken.length > 1 && /^(?:K\u00f6rperschaft|Anstalt)$/.test(word) && all[at + 1] === 'des') break;
    taken.push(word);
    // An address may stand in the same line.
    if (
      taken.length > 1 &&
      SURE_FORM.test(bare(word)) &&
      /^[\p{Lu}\d]/u.test(all[at + 1] ?? '') &&
      !LEGAL_FORM.test(all[at + 1] ?? '')
    )
      break;
    if (/[,;:.!?]$/.test(word) && !/^(?:St|Dr|Mr|Co|Inc|Prof)\.$/.test(word) && !TITLE_GOES_ON.test(word)) {
      if (word.endsWith(',') && /^(?:Inc|LLC|Ltd|Limited|GmbH|S\.A)/.test(tokens(line)[taken.length] ?? '')) continue;
      break;
    }
    const [next = '', form = ''] = tokens(line).slice(taken.length);
    // "Mill Homes (Kent) Ltd"
    if (/^[("]/.test(next) && !(/^\([\p{Lu}][\p{L}-]+\)$/u.test(next) && SURE_FORM.test(form))) break;
  }
  const name = clean(trimNames(taken).join(' '));
  return isOrganisationName(name) ? name : null;
}
