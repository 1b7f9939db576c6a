// Which language a notice is written in, by its commonest words; the ones that the rules read, and neighbours that must not be taken for them.
const WORDS: Record<string, string> = {
  en: 'the and of to your we you in for is are that with our this or by may will data',
  de: 'die und der zu ihre wir sie ist für von werden mit auf das nicht den oder bei wird daten',
  fr: 'les de vous nous des et à la pour votre est dans vos que sont par une le du données',
  nl: 'de het een van en wij uw voor is dat met onze worden deze niet gegevens zijn ook door',
  es: 'los de la que y en el sus para con del por una las datos usted su nos se como',
  it: 'di il che per la dei e le del dati sono con non una i nel della alla può essere',
  pt: 'de os que e para dos seus dados com uma não por são nos as da do você pela nossos',
  sv: 'och att vi som för av dina på är med din till det den personuppgifter kan om eller har du',
  da: 'og at vi som for af dine på er med din til det den personoplysninger kan om eller har ikke',
  fi: 'ja on tai että voi henkilötietoja sekä ovat käsittely tietoja se joka tietojen jos ei meidän sinun kun myös mukaan',
  pl: 'i w do na oraz z nie danych osobowych jest przez dla się lub są które że o od przetwarzania',
};
const LANGUAGES_OF = new Map<string, string[]>();
for (const [language, words] of Object.entries(WORDS))
  for (const word of words.split(' ')) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);
const SAMPLE = 5000;

/** A primary language tag; "und" where no language is recognised. A declared one decides only where the words do not. */
export function languageOf(text: string, declared: string | null): string {
  const middle = Math.max(0, Math.floor(text.length / 2) - SAMPLE);
  const words = `${text.slice(0, SAMPLE)} ${text.slice(middle, middle + SAMPLE)}`.toLowerCase().match(/\p{L}+/gu) ?? [];
  const hits = new Map<string, number>();
  for (const word of words)
    for (const language of LANGUAGES_OF.get(word) ?? []) hits.set(language, (hits.get(language) ?? 0) + 1);
  const [best] = [...hits].sort(([, one], [, other]) => other - one);
  if (best && best[1] >= Math.max(2, words.length * 0.08)) return best[0];
  return declared ? declared.toLowerCase().split('-')[0] || 'und' : 'und';
}
