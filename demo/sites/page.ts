// What a demonstration site is made of: pages as data, with content in hono/html.
import type { HtmlEscapedString } from 'hono/utils/html';

import type { SiteConfigurationInput } from '../../shared/site/configuration.ts';
import type { NoticeKind } from '../../shared/notice/schema.ts';

export type Content = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What differs from run to run: where the service and the held-back tags are, and what the site's owner configured. */
export interface Surroundings {
  /** Origin of the consent service, without a trailing slash. */
  service: string;
  /** Origin that the held-back tags are loaded from. */
  tags: string;
  configuration: Pick<SiteConfigurationInput, 'purposes'>;
}

export interface Field {
  label: string;
  name: string;
  type: 'text' | 'email' | 'tel' | 'date' | 'password' | 'search' | 'file' | 'textarea' | 'select';
  autocomplete?: string;
  options?: string[];
}

export interface Form {
  id: string;
  fields: Field[];
  submit: string;
  /** Where a search is answered; every other form ends on the thank-you page. */
  search?: string;
  /** The activity of the marketing opt-in, or of the boxes to opt out, that the widget fills in. */
  marketing?: string;
}

export interface Page {
  path: string;
  /** Exactly the text of <title>. */
  title: string;
  heading: string;
  lead?: string;
  /** A short line over the heading. */
  kicker?: string;
  jsonLd?: Record<string, unknown>;
  form?: Form;
  /** The page draws its own first heading (home pages do). */
  ownHeading?: true;
  body: (surroundings: Surroundings) => Content;
}

export interface DemoSite {
  /** The id in the API and the first label of the host. */
  id: string;
  /** Who the real organisation is, for the demonstration label. */
  organisation: string;
  shortName: string;
  tagline: string;
  logo: Content;
  navigation: { path: string; label: string }[];
  /** Notices that the footer links to, and how they are called there. */
  notices: { kind: NoticeKind; label: string }[];
  /** A document that is no notice is never linked by the widget: the page declares it itself. */
  declares?: 'internal_policy' | 'processing_policy';
  pages: Page[];
}
