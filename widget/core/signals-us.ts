// A piece in front of the first chunk for visitors in the United States: where the opt-out signal is honoured, the control says so.
import { addStyle } from './shadow.ts';
import { join } from './signals-piece.ts';

/** What a style sheet's text in double quotes cannot hold as it is. */
const SPECIAL = /["\\\n]/g;

join(({ honoured = '', purposes }) => (allowed, { gpc, control }) => {
  const optOuts = purposes.filter(({ mode }) => mode === 'opt_out');
  if (!gpc || optOuts.length === 0) return;
  const { host, root } = control();
  if (!allowed) addStyle(root, `:host([data-honoured]) .control::after{content:"${` · ${honoured}`.replace(SPECIAL, '')}"}`);
  // Who switched something on over the signal reads no such thing.
  host.toggleAttribute('data-honoured', !allowed || !optOuts.some(({ id }) => allowed(id)));
});
