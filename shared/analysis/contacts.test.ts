import { describe, expect, it } from 'vitest';

import { analyseDocument } from './analyse.ts';
import { readHtml } from './html.ts';

const contactsOf = (body: string): string[] =>
  analyseDocument(readHtml(`<main><h1>Privacy</h1>${body}</main>`)).contacts.map(({ role, value }) => `${role}: ${value}`);

describe('whose an address is', () => {
  it.each([
    [
      'what comes after it is said of somebody else',
      '<p>To use your rights write to hello@quay.example. We answer in a month. You can complain to the Information Commissioner’s Office.</p>',
      ['controller: hello@quay.example'],
    ],
    [
      'who is to be written to beside us is not us',
      '<p>You can complain to the Information Commissioner.</p><p>Write to us at hello@quay.example.</p>',
      ['controller: hello@quay.example'],
    ],
    [
      'an authority has its own house',
      '<p>Write to desk@quay.example, or to the authority at casework@ico.org.uk.</p>',
      ['controller: desk@quay.example', 'authority: casework@ico.org.uk', 'authority: ico.org.uk'],
    ],
    [
      'two in a sentence are of two',
      '<p>Write to desk@quay.example or to our Data Protection Officer at dpo@quay.example.</p>',
      ['controller: desk@quay.example', 'dpo: dpo@quay.example'],
    ],
    [
      'a line under a heading is of whom the heading names',
      '<h2>Data Protection Officer</h2><p>Jo Reed, 1 High Street, Leeds LS1 1AA</p><p>jo@quay.example</p>',
      ['dpo: Jo Reed, 1 High Street, Leeds LS1 1AA', 'dpo: jo@quay.example'],
    ],
    [
      'the sentence before says of whom',
      '<p>Our Data Protection Officer is Jo Reed. Her address is jo@quay.example.</p>',
      ['dpo: jo@quay.example'],
    ],
    [
      'in German',
      '<p>Verantwortlich für die Datenverarbeitung auf dieser Website ist die Kaihaus GmbH, Hafenweg 3, 24103 Kiel, info@kaihaus.example. Unseren Datenschutzbeauftragten erreichen Sie unter dsb@kaihaus.example.</p>',
      ['controller: info@kaihaus.example', 'dpo: dsb@kaihaus.example', 'controller: Kaihaus GmbH, Hafenweg 3, 24103 Kiel'],
    ],
    [
      'the number of a company is not where it sits',
      '<p>Quay Shop Ltd is registered in England with number 09999999, 12 Mill Lane, Leeds LS1 1AA.</p>',
      ['controller: 12 Mill Lane, Leeds LS1 1AA'],
    ],
  ])('%s', (_, body, expected) => {
    expect(contactsOf(body)).toEqual(expected);
  });
});
