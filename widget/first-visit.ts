// What a first visitor gets in place of the first chunk: the same, and the banner with its words, so that nothing more has to be
// loaded before it shows.
import { askEarly } from './core/early.ts';
import * as elements from './core/elements.ts';
import { startOnce } from './core/start-once.ts';
import * as ui from './ui/page.ts';

startOnce({ ui, elements, early: askEarly });
