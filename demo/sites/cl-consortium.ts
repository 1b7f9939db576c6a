// The demonstration site of cl-consortium: online courses that charities share.
import { html } from 'hono/html';

import { art } from './art.ts';
import { cookiesPage } from './common-pages.ts';
import { embed } from './held-back.ts';
import type { Content, DemoSite, Page } from './page.ts';

interface Course {
  cover: 'circles' | 'steps' | 'waves' | 'grid';
  title: string;
  minutes: number;
  about: string;
}

const COURSES: Course[] = [
  {
    cover: 'circles',
    title: 'Trustees: the first hundred days',
    minutes: 40,
    about: 'What you sign, what you ask, what you may leave to staff.',
  },
  {
    cover: 'steps',
    title: 'Fire, lifting, first aid',
    minutes: 55,
    about: 'The yearly three in one afternoon, with a certificate.',
  },
  {
    cover: 'waves',
    title: 'Hard telephone calls',
    minutes: 25,
    about: 'For helplines and front desks. With recordings by actors.',
  },
  { cover: 'grid', title: 'Looking after data', minutes: 35, about: 'What to collect, what to leave, when to throw it away.' },
  { cover: 'steps', title: 'Volunteers who stay', minutes: 30, about: 'A welcome, a first task, a thank-you that is meant.' },
  { cover: 'circles', title: 'Writing a grant report', minutes: 45, about: 'Say what happened, with numbers, in two pages.' },
];

const catalogue = (courses: Course[]): Content =>
  html`<ul class="courses">
    ${courses.map(
      ({ cover, title, minutes, about }) =>
        html`<li>
          ${art(`cl-consortium-cover-${cover}`)}
          <div>
            <p class="minutes">${minutes} minutes</p>
            <h3>${title}</h3>
            <p>${about}</p>
          </div>
        </li>`,
    )}
  </ul>`;

const home: Page = {
  path: '/',
  title: 'Online courses that charities share',
  heading: 'One charity writes it, all of us learn from it',
  ownHeading: true,
  body: () =>
    html`<section class="band opening">
        ${art('cl-consortium-hero')}
        <h1>One charity writes it, all of us learn from it</h1>
        <p class="lead">Short online courses made by charities for charities, at a shared price that a small one can pay.</p>
        <p class="actions">
          <a class="button" href="/courses">See the courses</a> <a class="button quiet" href="/newsletter">Get free updates</a>
        </p>
      </section>
      <section class="band">
        <h2>New this month</h2>
        ${catalogue(COURSES.slice(0, 3))}
        <div class="shared-costs">
          <h2>How the sharing works</h2>
          <p>
            A member proposes a course. We write it with them. Everybody pays a little by size of staff, and everybody may use it.
          </p>
        </div>
      </section>`,
};

const courses: Page = {
  path: '/courses',
  title: 'Courses',
  heading: 'All courses',
  lead: 'Each fits into a lunch break and works on a phone.',
  body: () => catalogue(COURSES),
};

const preview: Page = {
  path: '/preview',
  title: 'Try a course',
  heading: 'Try one for two minutes',
  lead: 'A piece of “Hard telephone calls”. It plays from another host, once you allow that.',
  body: (surroundings) =>
    html`${embed(surroundings, 'video', 'Hard telephone calls: a taste', 'clipshelf-video')}
      <h2>What you would hear</h2>
      <p>A caller who is angry because she is afraid. You choose what to say next; the call goes on from there.</p>
      <h2>Or try one with others</h2>
      <p>
        On the first Tuesday of each month, from two to four, in the reading room of the old market hall. The map has a switch of
        its own: who wants the way there need not take the videos too.
      </p>
      ${embed(surroundings, 'map', 'Map of the way to the market hall', 'clipshelf-maps')}`,
};

const membership: Page = {
  path: '/members',
  title: 'Members',
  heading: 'Members, large and very small',
  lead: 'Hospices, food banks, a lifeboat station, a choir.',
  body: () =>
    html`<h2>What members get</h2>
      <ul>
        <li>All courses for all staff and volunteers</li>
        <li>Records of who has learned what</li>
        <li>A vote on what is written next</li>
      </ul>
      <h2>What it costs</h2>
      <p>Under ten staff: as much as a good lunch for each of them, once a year.</p>
      <p>Only one course? <a href="/courses/order">Order it as a pack</a>.</p>`,
};

const newsletter: Page = {
  path: '/newsletter',
  title: 'Free learning updates',
  heading: 'Sign up for updates',
  lead: 'One message a month: a free course, a useful template, nothing else.',
  form: {
    id: 'nl',
    fields: [{ label: 'Email', name: 'email', type: 'email' }],
    submit: 'Sign up',
    marketing: 'direct-marketing',
  },
  body: () =>
    html`<h2>Last month</h2>
      <ul>
        <li>A rota template that survives illness</li>
        <li>Ten minutes on thanking donors well</li>
        <li>What trustees asked us most</li>
      </ul>`,
};

const order: Page = {
  path: '/courses/order',
  title: 'Order a course pack',
  heading: 'Order a course pack',
  lead: 'One course for everybody in your charity, with its handbook. You pay by invoice.',
  form: {
    id: 'order',
    fields: [
      { label: 'Charity', name: 'charity', type: 'text', autocomplete: 'organization' },
      { label: 'Email', name: 'email', type: 'email', autocomplete: 'email' },
    ],
    submit: 'Order with obligation to pay',
    marketing: 'customer-data',
  },
  body: () =>
    html`<h2>After you have ordered</h2>
      <p>
        Who has bought a course may hear of similar ones, unless they say no here, or to any message later. If you say no, we keep
        just enough to remember it.
      </p>`,
};

export const clConsortium: DemoSite = {
  id: 'cl-consortium',
  organisation: 'CL Consortium Limited',
  shortName: 'CL Consortium',
  tagline: 'Online courses that charities share',
  logo: art('cl-consortium-logo'),
  navigation: [
    { path: '/', label: 'Start' },
    { path: '/courses', label: 'Courses' },
    { path: '/preview', label: 'Try one' },
    { path: '/members', label: 'Members' },
    { path: '/newsletter', label: 'Updates' },
  ],
  notices: [
    { kind: 'processing_policy', label: 'Data processing policy (not a notice)' },
    { kind: 'cookie_policy', label: 'Cookie policy' },
  ],
  declares: 'processing_policy',
  pages: [home, courses, preview, membership, newsletter, order, cookiesPage],
};
