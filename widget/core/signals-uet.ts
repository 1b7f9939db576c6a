// A piece in front of the first chunk: consent for Microsoft Advertising's Universal Event Tracking.
import { join, stateOf } from './signals-piece.ts';

join((boot) => (allowed) => {
  (window.uetq ??= []).push('consent', allowed ? 'update' : 'default', {
    ad_storage: stateOf(boot, 'advertising marketing', allowed),
  });
});
