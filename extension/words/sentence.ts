// A text of ours with what is filled in, in the form that its number asks for. Without any words of its own, so that the background can say
// the few that it needs without carrying all.
export type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;

export type Values = Readonly<Record<string, string | number>>;

/** For dates and numbers; English as people in Britain write it. */
export const formatOf = (language: string): string => (language === 'en' ? 'en-GB' : language);

const formOf = (text: Text, n: unknown, language: string): string =>
  typeof text === 'string'
    ? text
    : ((typeof n === 'number' ? text[new Intl.PluralRules(formatOf(language)).select(n)] : undefined) ?? text.other ?? '');

/** `language`: of the text; `format`: of what is filled in. In one pass, so that what others wrote is never taken for a place. */
export function sentence(text: Text, values: Values, language: string, format = formatOf(language)): string {
  return formOf(text, values['n'], language).replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : typeof value === 'number' ? new Intl.NumberFormat(format).format(value) : value;
  });
}

/** The first of these tags that is spoken: "de-AT" is German, "no" and "nn" are Norwegian, "iw" is Hebrew. English where none is. */
export function languageAmong(tags: readonly string[], speaks: (language: string) => boolean): string {
  const others: Partial<Record<string, string>> = { no: 'nb', nn: 'nb', iw: 'he' };
  for (const tag of tags) {
    const [base = ''] = tag.toLowerCase().split('-');
    const language = others[base] ?? base;
    if (language === 'en' || speaks(language)) return language;
  }
  return 'en';
}
