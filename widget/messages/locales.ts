// Every language that the interface speaks, by its code. Built into one file that the service reads; no chunk carries them.
import type { Words } from '../../shared/site/words.ts';
import { ar } from './ar.ts';
import { bg } from './bg.ts';
import { cs } from './cs.ts';
import { cy } from './cy.ts';
import { da } from './da.ts';
import { de } from './de.ts';
import { el } from './el.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { et } from './et.ts';
import { fi } from './fi.ts';
import { fr } from './fr.ts';
import { ga } from './ga.ts';
import { gd } from './gd.ts';
import { he } from './he.ts';
import { hr } from './hr.ts';
import { hu } from './hu.ts';
import { is } from './is.ts';
import { it } from './it.ts';
import { lt } from './lt.ts';
import { lv } from './lv.ts';
import { mt } from './mt.ts';
import { nb } from './nb.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ro } from './ro.ts';
import { sk } from './sk.ts';
import { sl } from './sl.ts';
import { sv } from './sv.ts';
import { tr } from './tr.ts';
import { uk } from './uk.ts';

/** As they stand in the files: a test holds each complete. */
export const TRANSLATIONS: Readonly<Record<string, Partial<Words>>> = {
  ar,
  bg,
  cs,
  cy,
  da,
  de,
  el,
  en,
  es,
  et,
  fi,
  fr,
  ga,
  gd,
  he,
  hr,
  hu,
  is,
  it,
  lt,
  lv,
  mt,
  nb,
  nl,
  pl,
  pt,
  ro,
  sk,
  sl,
  sv,
  tr,
  uk,
};

/** Text by text English, where a language has none of its own yet. */
export const LOCALES: Readonly<Record<string, Words>> = Object.fromEntries(
  Object.entries(TRANSLATIONS).map(([language, words]) => [language, { ...en, ...words }]),
);
