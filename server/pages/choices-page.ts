// Somebody's own page: every channel of every sender that the site offers, whether it comes and why, and one button for each.
import type { Reason } from '../../shared/marketing/channel.ts';
import { markup, shown, type Markup } from './markup.ts';
import { dated, language, messagePage, named, nameOf, say, type MessagePage, type Named } from './message-page.ts';

/** In the site's own words. */
interface OfferWords {
  activity: string;
  label: string;
  why: string | null;
  howOften: string | null;
  howToStop: string;
}

export interface MessageChoice extends Named {
  sender: string;
  /** What it comes for. */
  offers: readonly OfferWords[];
  /** `unsent`: asked for, and no mail could ask for the confirmation. `asked`, `elsewhere`: of a channel that goes to another kind of address than the link; whether it comes is not shown. */
  state: 'on' | 'off' | 'stopped' | 'waiting' | 'unsent' | 'asked' | 'elsewhere';
  /** ms since 1970; null: since never. */
  since: number | null;
  reason: Exclude<Reason, 'not_stated'> | null;
  /** It can be asked for here: an address that it would go to is known, and one that a mail can ask for a confirmation. */
  canStart: boolean;
}

export interface ChoicesPage extends MessagePage {
  /** BCP 47: of the site's own words. */
  siteLanguage: string;
  link: string;
  /** ms since 1970 */
  until: number;
  choices: readonly MessageChoice[];
  /** ms since 1970 of an objection to all direct marketing that stands; null: there is none. */
  objected: number | null;
  /** What has just been done. */
  done: { act: 'stop' | 'start'; what: Named } | { act: 'object' } | null;
}

const stateOf = (page: ChoicesPage, { state, since }: MessageChoice): Markup[] => {
  if (since !== null && state === 'on') return dated(page, 'isOn', since);
  if (since !== null && state === 'stopped') return dated(page, 'isStopped', since);
  if (since !== null && state === 'waiting') return dated(page, 'isWaiting', since);
  if (since !== null && state === 'unsent') return dated(page, 'isUnsent', since);
  if (since !== null && state === 'asked') return dated(page, 'isAsked', since);
  return [markup`${page.speech.words[state === 'elsewhere' ? 'isElsewhere' : 'isOff']}`];
};

function choiceCard(page: ChoicesPage, choice: MessageChoice): Markup {
  const { site, speech, siteLanguage, link } = page;
  const { words } = speech;
  const own = (text: string): Markup => markup`<span lang="${siteLanguage}" dir="auto">${shown(text)}</span>`;
  const row = (term: string, ...values: Markup[]): Markup =>
    markup`<dt>${term}</dt>${values.map((value) => markup`<dd>${value}</dd>`)}`;
  const { offers } = choice;
  /** The same of all, or of each by its name. */
  const ofEach = (term: string, textOf: (offer: OfferWords) => string | null, none = ''): Markup => {
    const texts = offers.map((offer) => textOf(offer));
    const all = texts.every((text) => text === texts[0]) ? [texts[0] ?? null] : null;
    const named = offers.map((offer, i) => markup`${own(offer.label)}: ${texts[i] === null ? none : own(texts[i] ?? '')}`);
    return row(term, ...(all ? all.map((text) => (text === null ? markup`${none}` : own(text))) : named));
  };
  const on = !['off', 'stopped', 'unsent'].includes(choice.state);
  const what = nameOf(speech, choice);
  const act = on ? 'stop' : 'start';
  const [label, name] = on
    ? [words.stopOne, words.stopNamed.replace('{what}', () => what)]
    : [words.startOne, words.startNamed.replace('{what}', () => what)];
  const form = markup`<form method="post" action="/m/${site}/choices">${language(speech)}<input type="hidden" name="link" value="${link}"><input type="hidden" name="act" value="${act}"><input type="hidden" name="sender" value="${choice.sender}"><input type="hidden" name="channel" value="${choice.channel}"><button class="small-send" type="submit" aria-label="${name}">${label}</button></form>`;
  return markup`<li class="${choice.state === 'on' ? 'message on' : 'message'}" data-channel="${choice.channel}" data-sender="${choice.sender}" data-state="${choice.state}"><h2>${named(speech, choice)}</h2>
<p class="now">${stateOf(page, choice)}</p>
<dl>${row(words.whatFor, ...offers.map(({ label, why }) => own(why === null ? label : `${label}: ${why}`)))}
${choice.state === 'on' && choice.reason !== null && row(words.because, markup`${words[choice.reason]}`)}
${ofEach(words.how, ({ howOften }) => howOften, words.howNot)}
${ofEach(words.howToStop, ({ howToStop }) => howToStop)}</dl>
${on || choice.canStart ? form : markup`<p class="hint">${words.startNot}</p>`}</li>`;
}

function doneWords({ speech, done }: ChoicesPage): Markup | false {
  if (done === null) return false;
  const words =
    done.act === 'object'
      ? speech.words.saidAll
      : say(speech, done.act === 'stop' ? 'saidStop' : 'saidStart', { what: nameOf(speech, done.what) });
  return markup`<p class="said" role="status">${words}</p>`;
}

function everything(page: ChoicesPage): Markup {
  const { site, speech, link, objected } = page;
  const { words } = speech;
  const form = markup`<p>${words.allText}</p>
<form method="post" action="/m/${site}/choices">${language(speech)}<input type="hidden" name="link" value="${link}"><input type="hidden" name="act" value="object"><button class="small-send" type="submit">${words.allButton}</button></form>`;
  return markup`<section class="stop-all"><h2>${words.allTitle}</h2>
${objected === null ? form : markup`<p>${dated(page, 'allDone', objected)}</p>`}</section>`;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
/** The lines of a piece of this page, as they are read. */
const linesOf = (piece: Markup): string[] =>
  piece
    .toString()
    .replaceAll(/<button[^]*?<\/button>/g, '')
    .replaceAll(/<\/(h2|p|dt|dd|li)>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** What stood around the button of a choice, in reading order, and what the button was called. */
export function choiceWords(page: ChoicesPage, choice: MessageChoice): { words: string[]; button: string } {
  const { siteName, speech } = page;
  const { words } = speech;
  return {
    words: [
      shown(words.choicesTitle.replace('{site}', () => siteName)),
      words.choicesIntro,
      ...linesOf(choiceCard(page, choice)),
      words.startHint,
    ],
    button: words.startNamed.replace('{what}', () => nameOf(speech, choice)),
  };
}

/** A whole HTML document. Serve it with REQUEST_CSP. */
export function choicesPage(page: ChoicesPage): string {
  const { siteName, speech, choices, until, done } = page;
  const { words } = speech;
  const title = words.choicesTitle.replace('{site}', () => siteName);
  return messagePage(page, {
    title: shown(title),
    switches: done === null,
    main: markup`<h1>${say(speech, 'choicesTitle', { site: siteName })}</h1>
${doneWords(page)}
<p>${choices.length > 0 ? words.choicesIntro : words.noneYet}</p>
<ul class="messages">${choices.map((choice) => choiceCard(page, choice))}</ul>
${choices.some(({ state, canStart }) => canStart && (state === 'off' || state === 'stopped')) && markup`<p class="hint">${words.startHint}</p>`}
${everything(page)}
<p class="hint">${dated(page, 'linkUntil', until)}</p>`,
  });
}
