// Days as people read them, in the language of the mail or the page.

/** "22 November 2026", "22. November 2026" of ms since 1970 or of an ISO day. UTC. `language`: BCP 47. */
export const dateIn = (language: string, at: number | string): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(at));
