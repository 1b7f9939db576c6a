// A day as people read it.

/** `iso` is a date or an instant; the day is that of UTC. In figures where the browser does not know the language's months. */
export function longDay(iso: string, language: string): string {
  const locale = language === 'en' ? 'en-GB' : language;
  const known = Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
  const format = new Intl.DateTimeFormat(known ? locale : 'en-GB', { dateStyle: known ? 'long' : 'short', timeZone: 'UTC' });
  return format.format(new Date(iso));
}
