// The demonstration site of cmp-solutions: workplace mediation and training.
import { html } from 'hono/html';

import { art } from './art.ts';
import { cookiesPage } from './common-pages.ts';
import { embed } from './held-back.ts';
import type { DemoSite, Page } from './page.ts';

const home: Page = {
  path: '/',
  title: 'Workplace mediation and training',
  heading: 'Helping people work together',
  ownHeading: true,
  body: () =>
    html`<section class="band front">
        <h1>Helping people work together</h1>
        <p class="lead">Two colleagues, one table, and somebody in the room who is on nobody’s side.</p>
        ${art('cmp-solutions-hero')}
        <div class="columns" style="text-align: start">
          <p>
            Most quarrels at work begin small: a meeting that went on without somebody, a rota changed by text. By the time they
            have a file number, both people have stopped sleeping well and the team has picked sides.
          </p>
          <p>
            We come in before that, or after it. A mediator talks to each person alone, then brings them together for a day.
            Nothing is decided for them. What they agree, they write down themselves, and mostly it holds.
          </p>
          <p>And because every workplace has its next quarrel coming, we teach managers and colleagues to do the same.</p>
        </div>
      </section>
      <section class="band">
        <h2>What we do</h2>
        <ul class="services">
          <li>
            <h3>Mediation</h3>
            <p>One mediator, two people or ten, usually settled in a day.</p>
            <a href="/mediation">How a day goes</a>
          </li>
          <li>
            <h3>Courses</h3>
            <p>From a morning for managers to a certificate as an accredited mediator.</p>
            <a href="/courses">All courses</a>
          </li>
          <li>
            <h3>Advice</h3>
            <p>A telephone call, free, when you do not know whether this is one for us.</p>
            <a href="/contact">Ask us</a>
          </li>
        </ul>
      </section>
      <section class="band pull">
        <blockquote>“We did not become friends. We became two people who can plan a week.”</blockquote>
        <p>A ward manager, invented for this demonstration</p>
      </section>`,
};

const mediation: Page = {
  path: '/mediation',
  title: 'Mediation',
  heading: 'How a day goes',
  lead: 'No judgement, no minutes, no winner. A day with a shape that people can trust.',
  body: (surroundings) =>
    html`${embed(surroundings, 'video', 'A mediation day in three minutes')}
      <h2>Morning</h2>
      <p>The mediator meets each person alone for about an hour. What is said there stays there.</p>
      <h2>Midday</h2>
      <p>Both sit down together. Each speaks without being interrupted, and hears the other’s account to the end.</p>
      <h2>Afternoon</h2>
      <p>
        They work out what should be different next week, and write it in their own words. The employer hears what both wish it to
        hear.
      </p>`,
};

const courses: Page = {
  path: '/courses',
  title: 'Courses',
  heading: 'Learn it, then do it on Monday',
  lead: 'Small groups, real cases, actors who do not make it easy.',
  body: () =>
    html`<ul class="services">
      <li>
        <h3>Certificate</h3>
        <p>Accredited mediator: six days, a portfolio and an assessed case.</p>
        <a href="/courses/accredited-mediator">Read more</a>
      </li>
      <li>
        <h3>One day</h3>
        <p>Conversations that you have been putting off, for managers.</p>
        <a href="/contact">Ask for dates</a>
      </li>
      <li>
        <h3>In-house</h3>
        <p>We write a course around the cases that you really have.</p>
        <a href="/contact">Ask for a plan</a>
      </li>
    </ul>`,
};

const certificate: Page = {
  path: '/courses/accredited-mediator',
  title: 'Accredited mediator certificate',
  heading: 'Become an accredited mediator',
  kicker: 'Six days',
  lead: 'For people who want to sit at that table themselves.',
  jsonLd: {
    '@type': 'Course',
    name: 'Accredited mediator certificate',
    description: 'Six days of training with an assessed case, invented for this demonstration.',
  },
  body: () =>
    html`<h2>What you leave with</h2>
      <p>
        A certificate by an awarding body, a way of working that you have tried nine times, and a group to call when a case is
        hard.
      </p>
      <h2>Before you come</h2>
      <p>Nothing but curiosity. You register with the awarding body through us, once your place is confirmed.</p>
      <p><a class="button" href="/courses/accredited-mediator/register">Register for your certificate</a></p>`,
};

const register: Page = {
  path: '/courses/accredited-mediator/register',
  title: 'Register: accredited mediator certificate',
  heading: 'Register for your certificate',
  lead: 'The awarding body puts these details on your certificate, so please write them as in your passport.',
  form: {
    id: 'register',
    fields: [
      { label: 'Full name', name: 'fullname', type: 'text' },
      { label: 'Date of birth', name: 'dob', type: 'date', autocomplete: 'bday' },
      { label: 'Home address', name: 'address', type: 'text', autocomplete: 'street-address' },
      {
        label: 'Awarding body',
        name: 'awarding',
        type: 'select',
        options: ['Open Awards (invented)', 'Mediators’ Guild (invented)'],
      },
    ],
    submit: 'Register for certification',
  },
  body: () =>
    html`<h2>What happens next</h2>
      <ol>
        <li>We check your place on the course.</li>
        <li>The awarding body gives you a learner number.</li>
        <li>Your certificate comes by post after the assessed case.</li>
      </ol>`,
};

const contact: Page = {
  path: '/contact',
  title: 'Contact us',
  heading: 'Get in touch',
  lead: 'Tell us a little, without names if you prefer. We call back within a working day.',
  form: {
    id: 'contact',
    fields: [
      { label: 'Your name', name: 'name', type: 'text', autocomplete: 'name' },
      { label: 'Email', name: 'email', type: 'email', autocomplete: 'email' },
      { label: 'Telephone', name: 'phone', type: 'tel' },
      { label: 'How can we help?', name: 'message', type: 'textarea' },
    ],
    submit: 'Send',
    marketing: 'website-form-submissions',
  },
  body: () =>
    html`<h2>Who should write?</h2>
      <p>Anybody in the workplace: the people in it, their manager, a colleague who has watched it for too long.</p>
      <h2>What it costs</h2>
      <p>The first conversation costs nothing and commits nobody.</p>
      <p>You hear from us already? <a href="/preferences">Change your preferences</a>.</p>`,
};

const preferences: Page = {
  path: '/preferences',
  title: 'Change your preferences',
  heading: 'Change your preferences',
  lead: 'You were on a course, and hear of other courses since. You can change that at any time, and need no reason.',
  form: {
    id: 'preferences',
    fields: [{ label: 'Email', name: 'email', type: 'email', autocomplete: 'email' }],
    submit: 'Change my preferences',
    marketing: 'non-accredited-training',
  },
  body: () =>
    html`<h2>Other ways</h2>
      <p>
        Follow the “unsubscribe” link in any message, or write to us. What you agreed to on this device, you can stop under
        <a href="#candour">your privacy choices</a>.
      </p>`,
};

export const cmpSolutions: DemoSite = {
  id: 'cmp-solutions',
  organisation: 'CMP',
  shortName: 'CMP Solutions',
  tagline: 'Workplace mediation and training',
  logo: art('cmp-solutions-logo'),
  navigation: [
    { path: '/mediation', label: 'Mediation' },
    { path: '/courses', label: 'Courses' },
    { path: '/contact', label: 'Contact' },
  ],
  notices: [
    { kind: 'privacy_notice', label: 'Privacy notice' },
    { kind: 'cookie_policy', label: 'Cookie policy' },
  ],
  pages: [home, mediation, courses, certificate, register, contact, preferences, cookiesPage],
};
