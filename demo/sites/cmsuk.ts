// The demonstration site of cmsuk: a members' association with a conference, a contacts list and news.
import { html } from 'hono/html';

import { art } from './art.ts';
import { cookiesPage } from './common-pages.ts';
import { embed } from './held-back.ts';
import type { DemoSite, Page } from './page.ts';

const home: Page = {
  path: '/',
  title: 'The members’ association',
  heading: 'An industry that counts itself',
  ownHeading: true,
  body: () =>
    html`<section class="band head-figure">
        <div>
          <h1>An industry that counts itself</h1>
          <p class="lead">Members share figures, standards and one conference a year. The rest of us can read the results.</p>
          <p class="actions">
            <a class="button" href="/join">Become a member</a>
            <a class="button quiet" href="/newsletter">Join our contacts list</a>
          </p>
        </div>
        <figure>
          ${art('cmsuk-hero')}
          <figcaption>Collections reported by members, seven years. Invented figures.</figcaption>
        </figure>
      </section>
      <section class="band">
        <div class="grid">
          <h2>News</h2>
          <ul class="listing">
            <li>
              <time datetime="2021-05">May 2021</time>
              <a href="/news/2021/05/collections-report">Collections report published</a>
              <p>More members reported than ever, and the method is described on one page.</p>
            </li>
            <li>
              <time datetime="2021-03">March 2021</time>
              <a href="/events/annual-conference">Annual conference: programme complete</a>
              <p>Two days, eleven speakers, no sales pitches.</p>
            </li>
          </ul>
        </div>
      </section>
      <section class="band">
        <div class="grid">
          <h2>What members do</h2>
          <ul class="listing">
            <li><strong>Standards</strong><span>Agree on them, publish them, answer for them.</span></li>
            <li><strong>Figures</strong><span>Report once a year, in one form, by one date.</span></li>
            <li><strong>Complaints</strong><span>Have them heard by somebody from another company.</span></li>
          </ul>
        </div>
      </section>`,
};

const about: Page = {
  path: '/about',
  title: 'About the association',
  heading: 'About the association',
  lead: 'Founded by competitors who were tired of quoting different numbers.',
  body: () =>
    html`<h2>How it is run</h2>
      <p>A council of nine, elected by members for three years. Minutes are published within a month.</p>
      <h2>Who pays for it</h2>
      <p>Members, by size. No sponsor sits on the council.</p>
      <h2>A complaint about a member</h2>
      <p>Write to the member first. If that does not settle it, two council members from other companies look at it.</p>`,
};

const join: Page = {
  path: '/join',
  title: 'Become a member',
  heading: 'Apply for membership',
  lead: 'For companies and for people who work on their own. The council decides each month.',
  form: {
    id: 'join',
    fields: [
      { label: 'Name', name: 'name', type: 'text' },
      { label: 'Company', name: 'org', type: 'text', autocomplete: 'organization' },
      { label: 'Email', name: 'email', type: 'email' },
      { label: 'Choose a password', name: 'pw', type: 'password', autocomplete: 'new-password' },
    ],
    submit: 'Apply for membership',
  },
  body: () =>
    html`<h2>What it takes</h2>
      <ul>
        <li>Two years in the trade</li>
        <li>A signature under the standards</li>
        <li>Your figures, once a year</li>
      </ul>
      <p>Please use no real password: this is a demonstration.</p>`,
};

const events: Page = {
  path: '/events',
  title: 'Events',
  heading: 'Events',
  lead: 'One large, a few small, all of them useful on Monday.',
  body: (surroundings) =>
    html`<ul class="listing">
        <li>
          <time datetime="2021-09-14">14 September</time>
          <a href="/events/annual-conference">Annual conference</a>
          <p>Two days. Members and guests.</p>
        </li>
        <li>
          <time datetime="2021-10-05">5 October</time>
          <strong>Reporting clinic</strong>
          <p>Bring your figures, leave with a finished return. Members only.</p>
        </li>
      </ul>
      <h2>Where</h2>
      ${embed(surroundings, 'map', 'Map of the conference venue')}
      <p>The conference hall is five minutes on foot from the main station, over the footbridge.</p>`,
};

const conference: Page = {
  path: '/events/annual-conference',
  title: 'Annual conference',
  heading: 'Annual conference',
  lead: 'Eleven speakers who did the thing that they talk about.',
  jsonLd: { '@type': 'Event', name: 'Annual conference', startDate: '2021-09-14', endDate: '2021-09-15' },
  body: () =>
    html`<div class="scroll" tabindex="0" role="region" aria-label="Programme">
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">First day</th>
              <th scope="col">Second day</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>09.30</td>
              <td>The year in figures</td>
              <td>Three complaints, three lessons</td>
            </tr>
            <tr>
              <td>11.00</td>
              <td>Standards: what changed</td>
              <td>Workshops</td>
            </tr>
            <tr>
              <td>14.00</td>
              <td>Site visit</td>
              <td>General meeting</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p><a class="button" href="/events/annual-conference/book">Book your place</a></p>`,
};

const book: Page = {
  path: '/events/annual-conference/book',
  title: 'Book: annual conference',
  heading: 'Book your place',
  kicker: 'Annual conference',
  jsonLd: { '@type': 'Event', name: 'Annual conference', startDate: '2021-09-14', endDate: '2021-09-15' },
  form: {
    id: 'book',
    fields: [
      { label: 'Attendee name', name: 'attendee', type: 'text' },
      { label: 'Email', name: 'email', type: 'email' },
      { label: 'Dietary requirements', name: 'diet', type: 'text' },
    ],
    submit: 'Book',
  },
  body: () =>
    html`<h2>Included</h2>
      <p>Both days, lunch, the dinner on the first evening and the printed report.</p>
      <h2>List of attendees</h2>
      <p>Your name and company stand in the list that other attendees and sponsors get.</p>`,
};

const newsletter: Page = {
  path: '/newsletter',
  title: 'Join our contacts list',
  heading: 'Keep in touch',
  lead: 'Six letters a year, for people who are not members and still want to know.',
  form: {
    id: 'list',
    fields: [{ label: 'Email address', name: 'email', type: 'email', autocomplete: 'email' }],
    submit: 'Subscribe',
    marketing: 'contacts-list',
  },
  body: () =>
    html`<h2>What is in it</h2>
      <p>New figures, dates of events, drafts of standards that you may comment on.</p>`,
};

const news: Page = {
  path: '/news',
  title: 'News',
  heading: 'News',
  body: () =>
    html`<ul class="listing">
      <li>
        <time datetime="2021-05">May 2021</time>
        <a href="/news/2021/05/collections-report">Collections report published</a>
      </li>
      <li>
        <time datetime="2021-03">March 2021</time>
        <a href="/events/annual-conference">Annual conference: programme complete</a>
      </li>
    </ul>`,
};

const report: Page = {
  path: '/news/2021/05/collections-report',
  title: 'Collections report published',
  heading: 'Collections report published',
  kicker: 'May 2021',
  lead: 'What members collected in the past year, counted in one way by all.',
  form: { id: 'search', fields: [{ label: 'Search', name: 'q', type: 'search' }], submit: 'Search', search: '/search' },
  body: () =>
    html`<p>
        For the first time every region has reported. The total is up by a ninth; most of that comes from members who joined
        during the year.
      </p>
      <table class="figure">
        <caption>
          Returns by region, invented for this demonstration
        </caption>
        <thead>
          <tr>
            <th scope="col">Region</th>
            <th scope="col">Members</th>
            <th scope="col">Collected</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>North</td>
            <td>41</td>
            <td>18,402</td>
          </tr>
          <tr>
            <td>Midlands and Wales</td>
            <td>37</td>
            <td>15,966</td>
          </tr>
          <tr>
            <td>South</td>
            <td>58</td>
            <td>24,731</td>
          </tr>
        </tbody>
      </table>
      <p>The method, the form and its limits are described on one page at the end of the report.</p>`,
};

export const cmsuk: DemoSite = {
  id: 'cmsuk',
  organisation: 'CMSUK',
  shortName: 'CMSUK',
  tagline: 'The members’ association',
  logo: art('cmsuk-logo'),
  navigation: [
    { path: '/about', label: 'About' },
    { path: '/news', label: 'News' },
    { path: '/events', label: 'Events' },
    { path: '/join', label: 'Join' },
    { path: '/newsletter', label: 'Contacts list' },
  ],
  notices: [
    { kind: 'privacy_notice', label: 'Privacy notice' },
    { kind: 'cookie_policy', label: 'Cookie policy' },
  ],
  pages: [home, about, join, events, conference, book, news, report, newsletter, cookiesPage],
};
