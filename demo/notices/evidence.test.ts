// Every notice of the demonstration: evidence fits its text, the files are as evidence.ts writes them, and the site
// configurations point at what the notices have.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as v from 'valibot';
import { describe, expect, test } from 'vitest';

import { noticeLines, noticeText, staleEvidence } from '../../shared/notice/render.ts';
import { isNotice, PrivacyNotice } from '../../shared/notice/schema.ts';
import { ISSUE_WORDS } from '../../shared/notice/issues.ts';
import { SiteConfiguration } from '../../shared/site/configuration.ts';
import { modeOf } from '../../shared/site/jurisdiction.ts';
import { activityOf, type SiteNotices } from '../../shared/site/terms.ts';
import { noticeFiles, noticeFileText } from './evidence.ts';

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const SITES = ['cmp-solutions', 'cpoms', 'cpo', 'cl-consortium', 'cmsuk'];
const FILES = noticeFiles();

/** The statements of a notice with their places, and whether each carries evidence. */
function facts(value: unknown, place = ''): { place: string; statement: string; quote: string | undefined }[] {
  if (!value || typeof value !== 'object') return [];
  const { statement, evidence } = value as { statement?: unknown; evidence?: { quote: string } };
  const own = typeof statement === 'string' && !place.startsWith('issues') ? [{ place, statement, quote: evidence?.quote }] : [];
  return [...own, ...Object.entries(value).flatMap(([key, child]) => facts(child, place ? `${place}/${key}` : key))];
}

test('there are a founding notice and a cookie policy for each site', () => {
  expect(FILES.map((file) => basename(file)).sort()).toEqual(
    SITES.flatMap((site) => [`${site}.cookie-policy.notice.json`, `${site}.notice.json`]).sort(),
  );
});

describe.each(FILES.map((file) => ({ file, name: basename(file) })))('$name', ({ file }) => {
  const notice = v.parse(PrivacyNotice, read(file));

  test('R78 every fact quotes its own line of the notice', () => {
    expect(staleEvidence(notice)).toEqual([]);
    const found = facts(notice);
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter(({ statement, quote }) => quote !== statement)).toEqual([]);
  });

  test('R78 R94 every quote is the passage between its offsets, and one line of the text', () => {
    const text = noticeText(notice);
    for (const line of noticeLines(notice)) expect(text.slice(line.start, line.end)).toBe(line.text);
    expect(
      facts(notice)
        .map(({ place }) => place)
        .sort(),
    ).toEqual(
      noticeLines(notice)
        .filter(({ level }) => level === 'fact')
        .map(({ place }) => place)
        .sort(),
    );
  });

  test('the file is as evidence.ts writes it', async () => {
    expect(readFileSync(file, 'utf8')).toBe(await noticeFileText(file));
  });

  test('what is stored is what the parts read, so that both have one hash', () => {
    expect(read(file)).toEqual(notice);
  });

  test('issues have words and state no verdict', () => {
    expect(notice.issues.filter(({ code }) => !Object.hasOwn(ISSUE_WORDS, code))).toEqual([]);
    expect(JSON.stringify(notice.issues)).not.toMatch(/\b(un)?lawful(?! basis)\b|compli|illegal|breach of/i);
  });

  test('it says that it is made for the demonstration', () => {
    expect(notice.about).toMatch(/made for the demonstration/);
    expect(notice.about).toMatch(/has no part in it/);
  });
});

describe.each(SITES)('the configuration of %s', (site) => {
  const configuration = v.parse(SiteConfiguration, {
    ...(read(fileURLToPath(new URL(`../configurations/${site}.configuration.json`, import.meta.url))) as object),
    site,
    origins: [`http://${site}.localhost:8788`],
  });
  const notices: SiteNotices = {};
  for (const name of [`${site}.notice.json`, `${site}.cookie-policy.notice.json`]) {
    const notice = v.parse(PrivacyNotice, read(fileURLToPath(new URL(name, import.meta.url))));
    notices[notice.kind] = notice;
  }

  test('its purposes point at activities of a notice, never of an internal policy', () => {
    for (const purpose of configuration.purposes) expect(activityOf(purpose, notices).id).toBe(purpose.activity.activity);
    expect(configuration.purposes.filter((purpose) => !isNotice(purpose.activity.notice))).toEqual([]);
  });

  test('only security runs without being asked for', () => {
    const modes = configuration.purposes.map((purpose) => [purpose.id, modeOf(purpose, configuration.jurisdiction)]);
    expect(Object.fromEntries(modes)).toEqual({
      security: 'info_only',
      statistics: 'opt_in',
      advertising: 'opt_in',
      media: 'opt_in',
    });
  });

  test('purposes that are asked for rest on consent in the notice', () => {
    const asked = configuration.purposes.filter((purpose) => modeOf(purpose, configuration.jurisdiction) === 'opt_in');
    for (const purpose of asked) expect(activityOf(purpose, notices).lawfulBases.map(({ basis }) => basis)).toEqual(['consent']);
  });

  test('marketing opt-ins name their senders and belong to an activity of the site', () => {
    const ids = Object.values(notices).flatMap(({ activities }) => activities.map(({ id }) => id));
    for (const optIn of configuration.marketing) {
      expect(ids).toContain(optIn.activity);
      expect(optIn.senders.map(({ name }) => name).join()).not.toMatch(/partner/i);
    }
    expect(configuration.marketing.length).toBeGreaterThan(0);
  });
});
