// A piece in front of the first chunk: consent for Microsoft Clarity (consent version 2, whose names have a capital S).
import type { Clarity } from './signals.ts';
import { join, stateOf } from './signals-piece.ts';

/** As Clarity's own snippet makes it: what is said before the tag is there waits in `q`. */
const waiting: Clarity = function () {
  // oxlint-disable-next-line prefer-rest-params -- Clarity reads `arguments` objects
  (waiting.q ??= []).push(arguments);
};

join((boot) => (allowed) => {
  (window.clarity ??= waiting)('consentv2', {
    ad_Storage: stateOf(boot, 'advertising marketing', allowed),
    analytics_Storage: stateOf(boot, 'statistics', allowed),
  });
});
