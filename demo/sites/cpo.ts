// The demonstration site of cpo: courses and projects of a community organisation.
import { html } from 'hono/html';

import { art } from './art.ts';
import { cookiesPage } from './common-pages.ts';
import { embed } from './held-back.ts';
import type { DemoSite, Page } from './page.ts';

const home: Page = {
  path: '/',
  title: 'Courses and projects in your neighbourhood',
  heading: 'Come in. Learn something. Bring somebody.',
  ownHeading: true,
  body: () =>
    html`<section class="band poster">
        <div>
          <h1>Come in. Learn something. Bring somebody.</h1>
          <p class="lead">Free courses, warm rooms and projects that neighbours run themselves.</p>
          <p class="actions">
            <a class="button" href="/courses/enrol">Enrol on a course</a> <a class="button quiet" href="/volunteer">Volunteer</a>
          </p>
        </div>
        ${art('cpo-hero')}
      </section>
      <section class="band">
        <h2>This season</h2>
        <ul class="cards">
          <li>
            <h3>Maths for real life</h3>
            <p>Bills, recipes, a tape measure. Tuesday mornings.</p>
            <p><a href="/courses">See the courses</a></p>
          </li>
          <li>
            <h3>Repair evening</h3>
            <p>Bring the toaster. Somebody knows how.</p>
            <p><a href="/projects">See the projects</a></p>
          </li>
          <li>
            <h3>Allotment crew</h3>
            <p>Digging, planting, tea. Gloves are there.</p>
            <p><a href="/volunteer">Join in</a></p>
          </li>
        </ul>
      </section>
      <section class="band numbers">
        <dl>
          <div>
            <dt>courses, all free</dt>
            <dd>14</dd>
          </div>
          <div>
            <dt>volunteers</dt>
            <dd>63</dd>
          </div>
          <div>
            <dt>cups of tea, roughly</dt>
            <dd>9,000</dd>
          </div>
        </dl>
      </section>`,
};

const courses: Page = {
  path: '/courses',
  title: 'Courses',
  heading: 'Free courses',
  lead: 'No entry test, no fee, and a bus fare if you need one.',
  body: () =>
    html`<ul class="cards">
        <li>
          <h2>Maths for real life</h2>
          <p>Ten Tuesdays. You bring the questions.</p>
        </li>
        <li>
          <h2>First steps online</h2>
          <p>Email, forms and video calls, on our tablets or your phone.</p>
        </li>
        <li>
          <h2>Kitchen basics</h2>
          <p>Six meals for two pounds each, with a certificate in food safety.</p>
        </li>
        <li>
          <h2>Back to work</h2>
          <p>A CV, an interview that hurts less, and a person who rings you after.</p>
        </li>
      </ul>
      <p class="actions"><a class="button" href="/courses/enrol">Enrol on a course</a></p>`,
};

const enrol: Page = {
  path: '/courses/enrol',
  title: 'Enrol on a course',
  heading: 'Learner registration',
  lead: 'Three questions. The last one is for our funder’s figures, and you may leave it open.',
  form: {
    id: 'enrol',
    fields: [
      { label: 'Learner name', name: 'learner', type: 'text' },
      { label: 'Date of birth', name: 'dob', type: 'date' },
      {
        label: 'Ethnic origin',
        name: 'eth',
        type: 'select',
        options: [
          'Asian or Asian British',
          'Black or Black British',
          'Mixed',
          'White',
          'Another group',
          'I would rather not say',
        ],
      },
    ],
    submit: 'Enrol',
  },
  body: () =>
    html`<h2>Good to know</h2>
      <ul>
        <li>Courses start when eight people have enrolled.</li>
        <li>Children are welcome in the room next door.</li>
        <li>Tell the tutor what you need; we have a hearing loop and a lift.</li>
      </ul>`,
};

const volunteer: Page = {
  path: '/volunteer',
  title: 'Volunteer with us',
  heading: 'Volunteer with us',
  lead: 'An hour is plenty. Regular is better than long.',
  form: {
    id: 'vol',
    fields: [
      { label: 'Name', name: 'name', type: 'text' },
      { label: 'Phone', name: 'phone', type: 'tel' },
      { label: 'Why would you like to volunteer?', name: 'why', type: 'textarea' },
    ],
    submit: 'Volunteer',
  },
  body: () =>
    html`<h2>We could use</h2>
      <ul>
        <li>A second pair of hands at repair evening</li>
        <li>Somebody who likes spreadsheets</li>
        <li>Drivers on Thursdays</li>
      </ul>
      <h2>What you get</h2>
      <p>Expenses, training, references that are honest and kind, and lunch.</p>`,
};

const projects: Page = {
  path: '/projects',
  title: 'Projects',
  heading: 'Projects that neighbours run',
  lead: 'We lend the room and the insurance. They do the rest.',
  body: () =>
    html`<ul class="cards">
      <li>
        <h2>Repair evening</h2>
        <p>First Wednesday of the month.</p>
      </li>
      <li>
        <h2>Allotment crew</h2>
        <p>Plot 40, Saturdays, whatever the weather.</p>
      </li>
      <li>
        <h2>Story circle</h2>
        <p>Grandparents read, toddlers interrupt.</p>
      </li>
    </ul>`,
};

const whatsOn: Page = {
  path: '/whats-on',
  title: 'What’s on by post and email',
  heading: 'Hear what’s on',
  lead: 'Ask for this season’s programme: new courses, new projects, the date of the summer party.',
  form: {
    id: 'updates',
    fields: [
      { label: 'Name', name: 'name', type: 'text', autocomplete: 'name' },
      { label: 'Email', name: 'email', type: 'email', autocomplete: 'email' },
      { label: 'Postal address', name: 'address', type: 'textarea', autocomplete: 'street-address' },
    ],
    submit: 'Ask for the programme',
    marketing: 'direct-marketing',
  },
  body: () =>
    html`<h2>A box to say no</h2>
      <p>
        You ask for one programme, and get one. The boxes are there to say no to anything else; an empty box is not taken for a
        yes, so nothing else comes unless there is another reason for it.
      </p>`,
};

const findUs: Page = {
  path: '/find-us',
  title: 'Find us',
  heading: 'Find us',
  lead: 'The map comes from another host, so it waits until you ask for it. The way in words is below.',
  body: (surroundings) =>
    html`${embed(surroundings, 'map', 'Map of the way to the centre')}
      <h2>In words</h2>
      <p>
        From the bus station take any bus towards the hospital and get off at the library. We are the building with the yellow
        door.
      </p>`,
};

export const cpo: DemoSite = {
  id: 'cpo',
  organisation: 'CPO Ltd',
  shortName: 'CPO',
  tagline: 'Courses and projects in your neighbourhood',
  logo: art('cpo-logo'),
  navigation: [
    { path: '/courses', label: 'Courses' },
    { path: '/projects', label: 'Projects' },
    { path: '/volunteer', label: 'Volunteer' },
    { path: '/whats-on', label: 'What’s on' },
    { path: '/find-us', label: 'Find us' },
  ],
  notices: [
    { kind: 'internal_policy', label: 'Data protection policy (internal policy, not a notice)' },
    { kind: 'cookie_policy', label: 'Cookie policy' },
  ],
  declares: 'internal_policy',
  pages: [home, courses, enrol, projects, volunteer, whatsOn, findUs, cookiesPage],
};
