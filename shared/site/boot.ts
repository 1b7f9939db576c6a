// What the service puts in front of the widget's first chunk: ids, modes and terms, and the few words that a page
// may need at once, in the site's own language.
import type { LAYOUTS, Mode } from './configuration.ts';
import type { BannerDetails } from './details.ts';
import type { MovingIn } from './moving-in.ts';
import type { Tcf } from './tcf.ts';
import type { FirstWords } from './words.ts';
import type { NoticeKind } from '../notice/schema.ts';

/** Months, days. */
export type Lasting = readonly [number, number];

export interface WidgetBoot {
  /** The service's URL, without a trailing slash. */
  service: string;
  site: string;
  log: string;
  /** How often the log was restored from a backup; left out where it never was. */
  epoch?: number;
  /** What all of this and the details are, in 12 characters, a dot and the jurisdiction: names the details, and the script that never changes. */
  version: string;
  /** The folder of the chunks under /w/assets/: begins the hash of the build. */
  assets: string;
  /** The short terms, as the mirror cookie has them. */
  terms: string;
  /** The kinds of notices that are published to visitors. */
  notices: NoticeKind[];
  words: FirstWords;
  /** Left out: box. */
  layout?: (typeof LAYOUTS)[number];
  /** Left out: as the visitor's system. */
  theme?: 'light' | 'dark';
  /** Where the widget's own control stands, at the start unless told; false: there is none. */
  control?: false | 'end';
  /** Refusals stay on the device. */
  refusals?: 'local';
  cookieDomain?: string;
  /** How long a choice holds: months, then days. Left out: six months. */
  lasts?: { given: Lasting; refused: Lasting };
  /** With the services behind the purpose that they serve (`of`), if there are any (services.ts). Left out: a kind that is the id, and `opt_in`. */
  purposes: { id: string; kind?: string; mode?: Exclude<Mode, 'opt_in'>; of?: string }[];
  /** False: what already runs when a purpose ends goes on until the next page. */
  reload?: false;
  /** Years: below it a parent or guardian decides. Left out where the site does not ask. */
  age?: number;
  /** Where people pay instead of consenting: where that is. */
  offer?: string;
  /** In the United States: that an opt-out signal is honoured. */
  honoured?: string;
  /** For the pieces of the Transparency and Consent Framework, where it is configured. */
  tcf?: Tcf;
  /** Where another platform's stored choices are taken over, the configuration's; `stores` holds the names to look for. */
  movingIn?: MovingIn;
  /** From its piece: is there anything of the platform before? */
  isLeftBehind?: () => boolean;
  /** From its piece, on a first visit: what shows the banner as a dialog (widget/ui/modal.ts). */
  modal?: object;
  /** On a first visit: what the banner says. */
  banner?: BannerDetails;
  /** In the script that never changes: `sha384-…` of each chunk. */
  integrity?: Record<string, string>;
}

/** What an event and its presentation name: travels with the words of the interface, as nothing is recorded without them. */
export interface SiteRecord {
  /** C2SP verifier keys of the log; the first signs now. */
  logKeys: string[];
  configuration: string;
  /** SHA-256 of the widget build. */
  build: string;
  jurisdiction: string;
  /** ISO 8601 periods. */
  validity: { given: string; refused: string };
  /** All 43 characters. */
  terms: string;
}
