// What sites usually call on other platforms what a purpose of some kind stands for here, as words in the names of categories and
// services. Enough to take over a refusal; a consent needs the name in the configuration, because only the owner knows that it was
// asked for the same thing.

const NAMES: Record<string, RegExp> = {
  statistics:
    /analytic|statisti|performance|measure|matomo|plausible|^ga4?$|gtag|gajs|google-?tag|clarity|hotjar|piwik|mesure|audience/,
  advertising:
    /^ads?$|advert|marketing|target|publicit|doubleclick|googleads|facebookpixel|linkedininsight|bingads|tiktok|werbung/,
  marketing: /marketing|newsletter/,
  appearance: /preference|functional|personali[sz]|comfort/,
  media: /media|video|youtube|vimeo|map|embed|social|soundcloud|spotify|twitter|instagram/,
};

/** Always on there, so that accepting it says nothing. */
const NECESSARY = /necessary|essential|required|mandatory|technical|strictly|notwendig|essenzi|nécessaire|necessaire/;

export const isNecessary = (name: string): boolean => NECESSARY.test(name);

/** `purpose` is an id, which by custom says more than the kind "other". */
export const isUsuallyCalled = ({ id, kind = id }: { id: string; kind?: string }, name: string): boolean =>
  name === id || ((NAMES[id] ?? NAMES[kind])?.test(name) ?? false);
