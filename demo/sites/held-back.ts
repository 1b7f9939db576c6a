// Tags that wait until their purpose is given, written as the documents for site owners say: `data-purpose`, `data-src`.
// The three providers are invented; demo/tags/ plays them.
import { html } from 'hono/html';

import type { Content, Surroundings } from './page.ts';

/** Of a site that lets visitors choose them one by one. The player is a part of the videos. */
type MediaService = 'clipshelf-video' | 'clipshelf-maps';

/** An embedded video or map. The widget shows a placeholder until its service, or `media` as a whole, is given. */
export const embed = ({ tags }: Surroundings, kind: 'video' | 'map', title: string, service?: MediaService): Content =>
  html`<div class="embed">
      <iframe
        data-purpose="${service ?? 'media'}"
        data-src="${tags}/embed.html?kind=${kind}&amp;title=${encodeURIComponent(title)}"
        title="${title}"
        width="640"
        height="360"
      ></iframe>
    </div>
    ${
      service !== 'clipshelf-maps' &&
      html`<script type="text/plain" data-purpose="${service ?? 'media'}" src="${tags}/player.js"></script>`
    }`;

/** The tags of every page, and the line in which they show that they run. */
export const pageTags = ({ tags }: Surroundings): Content =>
  html`<ul id="running-tags" aria-label="Held-back tags that run on this page"></ul>
    <script type="text/plain" data-purpose="statistics" src="${tags}/statistics.js"></script>
    <script type="text/plain" data-purpose="advertising" src="${tags}/advertising.js"></script>
    <img data-purpose="advertising" data-src="${tags}/pixel.gif" alt="" width="1" height="1" />`;
