// The script that refuses, in pages only while "Refuse for me" is on: DuckDuckGo's autoconsent with its rules, told to decline and
// nothing else. Whether it may, the background says each time.
import AutoConsent, { type BackgroundMessage, type ContentScriptMessage } from '@duckduckgo/autoconsent';

import { ask } from '../content/runtime.ts';
import { candourBanner } from './candour-banner.ts';
import { isSaid } from './said.ts';

/** A dialog that the person opened, or began to answer, is theirs; they may have pressed before this script came. */
let touched = navigator.userActivation?.hasBeenActive ?? false;
const touch = (event: Event): void => {
  if (event.isTrusted) touched = true;
};
for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, touch, { capture: true, passive: true });

/** A worker may have ended between question and answer: it is asked once more. */
async function answerTo(said: object): Promise<unknown> {
  const message = { type: 'refuse_said', said };
  try {
    return await ask(message);
  } catch {
    return ask(message);
  }
}

let tests = false;

/** What the tool says, with what it leaves out. */
function withMore(said: ContentScriptMessage): object {
  if (said.type === 'optOutResult') tests = said.scheduleSelfTest;
  if (said.type === 'popupFound') return { ...said, touched };
  return said.type === 'autoconsentDone' ? { ...said, tests } : said;
}

async function say(said: ContentScriptMessage): Promise<void> {
  if (!isSaid(said.type)) return;
  const told = withMore(said);
  // After an update of the extension nobody answers: nothing is refused then.
  const answer = (await answerTo(told).catch(() => null)) as BackgroundMessage | null | undefined;
  if (answer) await consent.receiveMessageCallback(answer);
}

const consent = new AutoConsent(say);
consent.rules.push(candourBanner);
