// The demonstration site of cpoms: software in which schools record safeguarding concerns.
import { html } from 'hono/html';

import { art } from './art.ts';
import { cookiesPage } from './common-pages.ts';
import { embed } from './held-back.ts';
import type { DemoSite, Page } from './page.ts';

const home: Page = {
  path: '/',
  title: 'Safeguarding software for schools',
  heading: 'Every worry written down, every worry followed up',
  ownHeading: true,
  body: () =>
    html`<section class="band hero">
        <div>
          <h1>Every worry written down, every worry followed up</h1>
          <p class="lead">
            A teacher notes what they saw. The right people know within a minute. Months later, the whole story is still in order.
          </p>
          <p class="actions">
            <a class="button" href="/book-a-demo/">Book a demo</a> <a class="button quiet" href="/product/">How it works</a>
          </p>
        </div>
        ${art('cpoms-hero')}
      </section>
      <section class="band">
        <h2>From a note to an answer</h2>
        <ol class="steps">
          <li>
            <h3>Note it</h3>
            <p>A concern takes four fields and less than a minute, on a phone in the corridor or at a desk.</p>
          </li>
          <li>
            <h3>Tell the right people</h3>
            <p>Your safeguarding lead is alerted at once. Everybody else sees only what their role allows.</p>
          </li>
          <li>
            <h3>See the pattern</h3>
            <p>Notes from different staff line up on one timeline, so that three small worries look like what they are.</p>
          </li>
        </ol>
      </section>
      <section class="band voice">
        <blockquote>“We stopped asking who had the paper file. Now we ask what we should do.”</blockquote>
        <p>A designated safeguarding lead, invented for this demonstration</p>
      </section>`,
};

const product: Page = {
  path: '/product/',
  title: 'How it works',
  heading: 'One timeline for each pupil',
  lead: 'Concerns, attendance worries and calls home stand in one place, in the order in which they happened.',
  body: () =>
    html`<ul class="cards">
        <li>
          ${art('cpoms-record')}
          <h2>Recording</h2>
          <p>Plain words first, categories second. Body maps, files and linked pupils where they help.</p>
        </li>
        <li>
          ${art('cpoms-people')}
          <h2>Roles</h2>
          <p>Access follows the job. Each view and each change is kept with name and time.</p>
        </li>
        <li>
          ${art('cpoms-pattern')}
          <h2>Reports</h2>
          <p>Termly figures for governors without a single pupil’s name in them.</p>
        </li>
      </ul>
      <h2>What schools decide for themselves</h2>
      <p>
        The records belong to the school. It decides who may read them, how long they are kept and what its own privacy notice
        says about them.
      </p>
      <p><a class="button" href="/tour/">Watch the tour</a></p>`,
};

const tour: Page = {
  path: '/tour/',
  title: 'Two-minute tour',
  heading: 'See it in two minutes',
  lead: 'The film comes from another host, so it stays away until you ask for it.',
  body: (surroundings) =>
    html`${embed(surroundings, 'video', 'Two-minute tour')}
      <h2>In words</h2>
      <p>
        A lunchtime supervisor notes that a pupil has been quiet for a week. The safeguarding lead opens the timeline, finds two
        earlier notes, and calls home the same afternoon. The call is noted too.
      </p>`,
};

const careers: Page = {
  path: '/careers/',
  title: 'Careers',
  heading: 'Work that makes somebody safer',
  lead: 'We are about ninety people, most of us in the north of England.',
  body: () =>
    html`<h2>Open now</h2>
      <ul class="cards">
        <li>
          <h3><a href="/careers/customer-support-officer/">Customer support officer</a></h3>
          <p>Full time, on site or from home two days a week.</p>
        </li>
      </ul>
      <h2>How we hire</h2>
      <p>One call, one meeting with the people you would work with, one answer within a fortnight.</p>`,
};

const job: Page = {
  path: '/careers/customer-support-officer/',
  title: 'Customer support officer | Careers',
  heading: 'Apply for this role',
  kicker: 'Customer support officer',
  lead: 'Be the calm voice that a school hears when something urgent has to be recorded right now.',
  jsonLd: {
    '@type': 'JobPosting',
    title: 'Customer support officer',
    datePosted: '2026-11-02',
    employmentType: 'FULL_TIME',
    description: 'Help schools by phone and email to record safeguarding concerns well. A demonstration, not a vacancy.',
  },
  form: {
    id: 'apply',
    fields: [
      { label: 'Name', name: 'name', type: 'text' },
      { label: 'Email', name: 'email', type: 'email' },
      { label: 'Upload your CV', name: 'cv', type: 'file' },
      { label: 'Covering letter', name: 'letter', type: 'textarea' },
    ],
    submit: 'Apply now',
  },
  body: () =>
    html`<h2>What you will do</h2>
      <ul>
        <li>Answer schools by phone and email, and stay until it works.</li>
        <li>Show new users how to write a note that others can act on.</li>
        <li>Tell our developers what is hard to find.</li>
      </ul>
      <h2>What you bring</h2>
      <p>Patience, clear writing and a liking for schools. We teach the software.</p>
      <dl class="facts">
        <dt>Hours</dt>
        <dd>37 a week</dd>
        <dt>Place</dt>
        <dd>North Yorkshire</dd>
        <dt>Closes</dt>
        <dd>End of the month</dd>
      </dl>`,
};

const bookADemo: Page = {
  path: '/book-a-demo/',
  title: 'Book a demo',
  heading: 'See it in action',
  lead: 'Half an hour on your screen, with your questions and our made-up school.',
  form: {
    id: 'demo',
    fields: [
      { label: 'First name', name: 'fn', type: 'text', autocomplete: 'given-name' },
      { label: 'Work email', name: 'email', type: 'email' },
      { label: 'Preferred date', name: 'date', type: 'date' },
    ],
    submit: 'Book my demo',
    marketing: 'website-enquiries',
  },
  body: () =>
    html`<h2>What we will show you</h2>
      <ul>
        <li>A concern from first note to closed action.</li>
        <li>What each role sees, and what it does not.</li>
        <li>Moving from paper files or another system.</li>
      </ul>
      <p>Bring a colleague. Two people who will use it ask better questions than one who will buy it.</p>`,
};

const contact: Page = {
  path: '/contact/',
  title: 'Contact | safeguarding software',
  heading: 'Contact us',
  lead: 'A question about the software, a visit or an invoice: a person reads what you send.',
  form: {
    id: 'contact',
    fields: [
      { label: 'Name', name: 'n', type: 'text' },
      { label: 'School', name: 'school', type: 'text' },
      { label: 'Email address', name: 'e', type: 'email' },
      { label: 'Message', name: 'm', type: 'textarea' },
    ],
    submit: 'Submit',
    marketing: 'website-enquiries',
  },
  body: () =>
    html`<h2>Already with us?</h2>
      <p>Support is quickest from inside your account: <a href="/login/">sign in</a> and open the help panel.</p>
      <h2>No more messages?</h2>
      <p>Schools that hear from us unasked can <a href="/no-email-marketing/">put their address on a list</a>.</p>
      <h2>Worried about a child?</h2>
      <p>
        Please do not write here. Speak to the school’s safeguarding lead or to your local authority, and in danger call 999.
      </p>`,
};

const login: Page = {
  path: '/login/',
  title: 'Sign in',
  heading: 'Sign in to your account',
  lead: 'For staff of schools that use the software.',
  form: {
    id: 'login',
    fields: [
      { label: 'Email', name: 'user', type: 'email', autocomplete: 'username' },
      { label: 'Password', name: 'pw', type: 'password', autocomplete: 'current-password' },
    ],
    submit: 'Sign in',
  },
  body: () =>
    html`<h2>Two steps</h2>
      <p>
        After your password we ask the authenticator on your phone. If you have a new phone, your school’s administrator can reset
        it.
      </p>
      <p>There are no accounts in this demonstration. Please use no real password.</p>`,
};

const noEmail: Page = {
  path: '/no-email-marketing/',
  title: 'No email marketing',
  heading: 'No email marketing, please',
  lead: 'Put your address on the list of those whom we do not write to about products.',
  form: {
    id: 'no-email',
    fields: [{ label: 'Email address', name: 'email', type: 'email', autocomplete: 'email' }],
    submit: 'Put me on the list',
    marketing: 'prospects',
  },
  body: () =>
    html`<h2>What the list holds</h2>
      <p>
        A fingerprint of your address that cannot be turned back into it, the day and what you said no to. It stays for as long as
        it takes to respect your wish, also when everything else about you is deleted.
      </p>`,
};

export const cpoms: DemoSite = {
  id: 'cpoms',
  organisation: 'CPOMS Systems Limited',
  shortName: 'cpoms',
  tagline: 'Safeguarding software for schools',
  logo: art('cpoms-logo'),
  navigation: [
    { path: '/product/', label: 'How it works' },
    { path: '/tour/', label: 'Tour' },
    { path: '/book-a-demo/', label: 'Book a demo' },
    { path: '/careers/', label: 'Careers' },
    { path: '/contact/', label: 'Contact' },
    { path: '/login/', label: 'Sign in' },
  ],
  notices: [
    { kind: 'privacy_notice', label: 'Privacy notice' },
    { kind: 'cookie_policy', label: 'Cookie policy' },
  ],
  pages: [home, product, tour, bookADemo, careers, job, contact, noEmail, login, cookiesPage],
};
