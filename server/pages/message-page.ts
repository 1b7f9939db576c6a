// The pages about messages that need no more than a link: ask for one's own page, confirm, stop. All work without script, in the
// language of the reader, and none tells whether an address is known.
import type { Channel } from '../../shared/notice/schema.ts';
import { dateIn } from '../mail/dates.ts';
import { filled, filledText, LANGUAGE_CODES, LANGUAGE_NAMES, type Speech, type WordId } from '../marketing/words/words.ts';
import { pageDocument } from './document.ts';
import { markup, shown, type Markup, type MarkupValue } from './markup.ts';

export interface MessagePage {
  site: string;
  siteName: string;
  speech: Speech;
}
/** A channel of a sender, by the names that people read. */
export interface Named {
  channel: Channel;
  senderName: string;
}

/** Our words with others' in them, each of which keeps its own direction. */
export const say = ({ words }: Speech, id: WordId, values: Readonly<Record<string, string>> = {}): Markup[] =>
  filled(words[id], values).map((part) => (typeof part === 'string' ? markup`${part}` : markup`<bdi>${shown(part.value)}</bdi>`));

const plainly = ({ words }: Speech, id: WordId, values: Readonly<Record<string, string>> = {}): string =>
  shown(filledText(words[id], values));

export const nameOf = ({ words }: Speech, { channel, senderName }: Named): string =>
  shown(filledText(words.from, { channel: words[channel], sender: senderName }));
export const named = (speech: Speech, { channel, senderName }: Named): Markup[] =>
  say(speech, 'from', { channel: speech.words[channel], sender: senderName });

const tongues = ({ code, words }: Speech): Markup => markup`<nav aria-label="${words.languages}"><ul class="tongues">
${LANGUAGE_CODES.map((one) => markup`<li><a href="?lang=${one}" lang="${one}" hreflang="${one}" ${one === code && markup`aria-current="true"`}>${LANGUAGE_NAMES[one]}</a></li>`)}
</ul></nav>`;

/** `switches`: the page can be had in another language by its address alone. */
export function messagePage(
  { siteName, speech }: MessagePage,
  { title, main, switches = false }: { title: string; main: MarkupValue; switches?: boolean },
): string {
  const { words, code, direction } = speech;
  return pageDocument({
    title: `${title} – ${siteName}`,
    whose: siteName,
    kind: words.kind,
    main: markup`<p class="eyebrow"><bdi>${siteName}</bdi></p>
${main}`,
    footer: markup`${switches && tongues(speech)}<p>${say(speech, 'notTranslated', { site: siteName })}</p>`,
    own: { language: code, direction, skip: words.skip, madeWith: words.madeWith },
  });
}

/** Carried along by every form. */
export const language = ({ code }: Speech): Markup => markup`<input type="hidden" name="lang" value="${code}">`;

/** Where somebody asks for the link to their own page. `takes`: false where no mail can be sent. */
export function askPage(
  page: MessagePage,
  { takes, wrong = false, typed = '' }: { takes: boolean; wrong?: boolean; typed?: string },
): string {
  const { site, siteName, speech } = page;
  const { words } = speech;
  const problem = markup`<div class="problems" role="alert"><strong>${words.nothingSent}</strong>
<ul><li><a href="#email">${words.addressWrong}</a></li></ul></div>`;
  const form = markup`<form class="request" method="post" action="/m/${site}" novalidate>${language(speech)}
<div class="field"><label for="email">${words.address}</label>
${wrong && markup`<p class="wrong" id="email-wrong">${words.addressWrong}</p>`}
<input id="email" name="email" type="email" dir="ltr" autocomplete="email" required maxlength="254" value="${shown(typed)}" ${wrong && markup`aria-invalid="true" aria-describedby="email-wrong"`}></div>
<button class="send" type="submit">${words.send}</button>
</form>`;
  return messagePage(page, {
    title: plainly(speech, 'askTitle', { site: siteName }),
    switches: !wrong,
    main: markup`<h1>${say(speech, 'askTitle', { site: siteName })}</h1>
${wrong && problem}
<p>${words.askIntro}</p>
${takes ? form : markup`<p class="callout">${words.cannotSend}</p>`}
<p class="hint">${words.noMailNeeded}</p>`,
  });
}

/** The same whatever the address is. */
export const linkSentPage = (page: MessagePage): string => {
  const { words } = page.speech;
  return messagePage(page, {
    title: words.sentTitle,
    switches: true,
    main: markup`<h1>${words.sentTitle}</h1>
<p>${words.sentText}</p>
<p class="hint">${words.sentHint}</p>`,
  });
};

/** Says the same of every token: only the button asks whether it holds. A mail scanner that opens the link does nothing. */
export const confirmOptInPage = (page: MessagePage, token: string): string => {
  const { site, siteName, speech } = page;
  const { words } = speech;
  return messagePage(page, {
    title: words.confirmTitle,
    switches: true,
    main: markup`<h1>${words.confirmTitle}</h1>
<p>${say(speech, 'confirmText', { site: siteName })}</p>
<p>${words.confirmOther}</p>
<form class="request" method="post" action="/m/${site}/confirm">${language(speech)}<input type="hidden" name="token" value="${token}"><button class="send" type="submit">${words.confirmButton}</button></form>`,
  });
};

const list = (speech: Speech, all: readonly Named[]): Markup =>
  markup`<ul class="asked">${all.map((one) => markup`<li>${named(speech, one)}</li>`)}</ul>`;

const ownPage = ({ site, speech }: MessagePage, id: WordId): Markup =>
  markup`<p><a href="/m/${site}?lang=${speech.code}">${speech.words[id]}</a></p>`;

export const optInConfirmedPage = (page: MessagePage, confirmed: readonly Named[]): string => {
  const { words } = page.speech;
  return messagePage(page, {
    title: words.confirmedTitle,
    main: markup`<h1>${words.confirmedTitle}</h1>
<p>${words.confirmedText}</p>
${list(page.speech, confirmed)}
<p>${words.confirmedStop}</p>
${ownPage(page, 'allChoices')}`,
  });
};

/** The same for a token that is unknown, used or out of date. */
export const optInGonePage = (page: MessagePage): string => {
  const { words } = page.speech;
  return messagePage(page, {
    title: words.goneTitle,
    main: markup`<h1>${words.goneTitle}</h1>
<p>${words.goneText}</p>
${ownPage(page, 'allChoices')}`,
  });
};

export const brokenLinkPage = (page: MessagePage): string => {
  const { words } = page.speech;
  return messagePage(page, {
    title: words.brokenTitle,
    switches: true,
    main: markup`<h1>${words.brokenTitle}</h1>
<p>${words.brokenText}</p>
${ownPage(page, 'askAgain')}`,
  });
};

/** Opening it does nothing. `link`: the page's own, which stands in the forms. */
export const stopPage = (page: MessagePage, link: string, what: readonly Named[]): string => {
  const { site, speech } = page;
  const { words } = speech;
  const form = (act: 'stop' | 'object', label: string, look: string): Markup =>
    markup`<form class="request" method="post" action="/m/${site}/stop">${language(speech)}<input type="hidden" name="link" value="${link}"><input type="hidden" name="act" value="${act}"><button class="${look}" type="submit">${label}</button></form>`;
  return messagePage(page, {
    title: words.stopTitle,
    switches: true,
    main: markup`<h1>${words.stopTitle}</h1>
${list(speech, what)}
<p>${words.stopText}</p>
${form('stop', words.stopButton, 'send')}
<section class="stop-all"><h2>${words.allTitle}</h2>
<p>${words.allText}</p>
${form('object', words.allButton, 'small-send')}</section>
${ownPage(page, 'allChoices')}`,
  });
};

/** `what`: null for everything. */
export const stoppedPage = (page: MessagePage, what: readonly Named[] | null): string => {
  const { speech } = page;
  const { words } = speech;
  return messagePage(page, {
    title: words.stoppedTitle,
    main: markup`<h1>${words.stoppedTitle}</h1>
${what ? markup`<p>${words.stoppedText}</p>${list(speech, what)}` : markup`<p>${words.saidAll}</p>`}
<p class="hint">${words.stoppedStay}</p>
${ownPage(page, 'allChoices')}`,
  });
};

export const dated = ({ speech }: Pick<MessagePage, 'speech'>, id: WordId, at: number): Markup[] =>
  say(speech, id, { date: dateIn(speech.code, at) });
