// Tags that wait until their purpose is given, written as the documents for site owners say: `data-purpose`, `data-src`.
// The three providers are invented; demo/tags/ plays them.
import { html } from 'hono/html';

import type { Content, Surroundings } from './page.ts';

/** An embedded video or map. The widget shows a placeholder with one button until `media` is given. */
export const embed = ({ tags }: Surroundings, kind: 'video' | 'map', title: string): Content =>
  html`<div class="embed">
      <iframe
        data-purpose="media"
        data-src="${tags}/embed.html?kind=${kind}&amp;title=${encodeURIComponent(title)}"
        title="${title}"
        width="640"
        height="360"
      ></iframe>
    </div>
    <script type="text/plain" data-purpose="media" src="${tags}/player.js"></script>`;

/** The tags of every page, and the line in which they show that they run. */
export const pageTags = ({ tags }: Surroundings): Content =>
  html`<ul id="running-tags" aria-label="Held-back tags that run on this page"></ul>
    <script type="text/plain" data-purpose="statistics" src="${tags}/statistics.js"></script>
    <script type="text/plain" data-purpose="advertising" src="${tags}/advertising.js"></script>
    <img data-purpose="advertising" data-src="${tags}/pixel.gif" alt="" width="1" height="1" />`;
