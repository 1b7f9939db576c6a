// A day, and a moment, as people read them.

/** In figures where the browser does not know the language's months. */
function formatIn(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = language === 'en' ? 'en-GB' : language;
  const known = Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
  return new Intl.DateTimeFormat(known ? locale : 'en-GB', { dateStyle: known ? 'long' : 'short', ...options });
}

/** `iso` is a date or an instant; the day is that of UTC. */
export const longDay = (iso: string, language: string): string => formatIn(language, { timeZone: 'UTC' }).format(new Date(iso));

/** `iso` is an instant; day and time are those of the device. */
export const dayAndTime = (iso: string, language: string): string =>
  formatIn(language, { timeStyle: 'short' }).format(new Date(iso));
