// Whose notice it is, by the ways in which notices say so. All of them invented.
import { describe, expect, it } from 'vitest';

import { analyseDocument } from './analyse.ts';
import { readMarkdown } from './markdown.ts';

const controllerOf = (text: string): string | null =>
  analyseDocument(readMarkdown(`# Privacy notice\n\n${text}\n`)).controller?.name ?? null;

describe('the controller is', () => {
  it.each([
    [
      'Marsh Medical Centre',
      'We, at the Marsh Medical Centre situated at Marsh Court, 3 Sluice Road, Fenwick, are a Data Controller of your information.',
    ],
    [
      'Ferry House Primary School',
      'We, Ferry House Primary School are the ‘data controller’ for the purposes of data protection law.',
    ],
    [
      'Otter Lane Surgery',
      'For the purpose of the law (including the “UK GDPR”) the practice responsible for your personal data is Otter Lane Surgery.',
    ],
    [
      'Reed & Sedge Housing',
      'Reed & Sedge Housing is a Data Controller with its registered address at 4 Bank Street, Fenwick; telephone number 000.',
    ],
    [
      'Ruderverein Seeblick e.V.',
      'Verantwortlicher für diese Angebote (z. B. Internetseite, Rundbrief etc.) ist der Ruderverein Seeblick e. V. (Am Steg 2, 12345 Seestadt).',
    ],
    [
      'Lind Rechtsanwälte',
      'Verantwortliche gem. Art. 4 Abs. 7 DS-GVO sind Lind Rechtsanwälte, Uferweg 5, 12345 Seestadt (siehe unser Impressum).',
    ],
    ['Ada Lind', 'Verantwortlich für die Datenverarbeitung im Sinne der DSGVO ist:\n\nAda Lind\nUferweg 7\n12345 Seestadt'],
    [
      'Vergers SAS',
      'Les termes “nous” ou “Vergers” font référence à la société Vergers SAS, immatriculée au RCS de Lac sous le n° 1.',
    ],
  ])('%s', (name, text) => {
    expect(controllerOf(text)).toBe(name);
  });

  it.each([
    'Für die Datenverarbeitung auf dieser Webseite ist der Webseitenbetreiber verantwortlich. Dessen Kontaktdaten stehen im Impressum.',
    'The controller is whoever decides why data are used.',
  ])('not said: %s', (text) => {
    expect(controllerOf(text)).toBeNull();
  });

  it.each(['© 2026 About Privacy', '© 2026 Terms Accessibility'])('nobody, where links stand behind the sign: %s', (line) => {
    expect(controllerOf(`We keep your letters for a year.\n\n${line}`)).toBeNull();
  });
});
