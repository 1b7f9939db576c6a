// The mirror cookie, set once more by the service: some browsers keep what a page's script has written for seven days only, and what a
// server has set for as long as it says (docs/safari.md).
import type { EventsAnswer } from '../shared/api.ts';
import type { ConsentEvent } from '../shared/consent/event.ts';
import { EVENT_TYP, parseJws } from '../shared/consent/jws.ts';
import { mirrorName, mirrorValue, readMirror, shortTerms, type Mirror } from '../shared/consent/mirror.ts';
import { vendorsIn } from '../shared/consent/vendor-ranges.ts';
import { addPeriod, isoDay } from '../shared/notice/period.ts';
import { settingDomain } from '../shared/site/cookie-reach.ts';
import type { SiteContext } from './site-context.ts';

export interface MirrorRequest {
  origin: string;
  /** The request's Cookie header. */
  cookie: string;
  /** Of the request, as it was accepted. */
  body: string;
  answer: EventsAnswer;
  now: Date;
}

/** The event after which the service knows of nothing newer and misses nothing older; null where there is none in the request. */
function newestEvent(body: string, { results, have, missing, fork }: EventsAnswer): ConsentEvent | null {
  if (fork || missing.length > 0) return null;
  const { events } = JSON.parse(body) as { events: unknown[] };
  for (const [i, jws] of events.entries()) {
    const { status } = results[i] ?? {};
    if (typeof jws !== 'string' || (status !== 'accepted' && status !== 'duplicate')) continue;
    // Checked when it was accepted.
    const event = parseJws(jws, EVENT_TYP).payload as ConsentEvent;
    if (event.seq === have) return event;
  }
  return null;
}

const saysOfVendors = ({ choices }: Mirror, { vendors }: ConsentEvent): boolean => {
  const { refused, objected } = vendorsIn(choices);
  return !vendors || (vendors.refused === refused && vendors.objected === objected);
};

/** Does the mirror say what the event says? A choice about some purposes leaves the others as they were, and as old as they were. */
const saysTheSame = (mirror: Mirror, event: ConsentEvent): boolean =>
  mirror.terms === shortTerms(event.terms) &&
  mirror.day <= event.at.slice(0, 10) &&
  Object.entries(event.purposes).every(([id, state]) => mirror.choices[id] === state) &&
  saysOfVendors(mirror, event);

function pageMirrors(site: string, cookie: string): Mirror[] {
  const start = `${mirrorName(site)}=`;
  return cookie
    .split(/; */)
    .filter((pair) => pair.startsWith(start))
    .flatMap((pair) => readMirror(pair.slice(start.length)) ?? []);
}

/**
 * The value of Set-Cookie, or null: where the service does not answer on the page's own host and no domain of the owner's covers both,
 * and where the page's cookie is not of the choice that was just recorded. It invents nothing: what the page has written is set again,
 * at most as long as a refusal holds.
 */
export function mirrorSetCookie(publicUrl: string, { site, configuration }: SiteContext, request: MirrorRequest): string | null {
  const page = new URL(request.origin);
  const reach = settingDomain(page.hostname, new URL(publicUrl).hostname, configuration.cookieDomain);
  const event = reach && newestEvent(request.body, request.answer);
  if (!reach || !event) return null;
  const mirror = pageMirrors(site.id, request.cookie).find((one) => saysTheSame(one, event));
  if (!mirror) return null;
  const now = request.now.getTime();
  const longest = addPeriod(isoDay(now), configuration.validity.refused);
  const seconds = Math.floor((Date.parse(mirror.until < longest ? mirror.until : longest) - now) / 1000);
  if (!(seconds > 0)) return null;
  return [
    `${mirrorName(site.id)}=${mirrorValue(mirror)}`,
    ...['Path=/', `Max-Age=${seconds}`, 'SameSite=Lax'],
    ...(reach.domain === null ? [] : [`Domain=${reach.domain}`]),
    ...(page.protocol === 'https:' ? ['Secure'] : []),
  ].join('; ');
}
