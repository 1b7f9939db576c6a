// The smaller signals, a line each: Global Privacy Control, the Global Privacy Platform, Microsoft, Candour.
import type { CategoriesSignal, PageSignals, Seen } from '../../../shared/signals/signals.ts';
import { stateWords } from '../../mine/state-words.ts';
import { plainText } from '../../plain-text.ts';
import { categoryWord } from '../../signals/category-words.ts';
import { say } from '../../words/say.ts';
import { purposeWords } from '../words.ts';
import { listed } from './signal-words.ts';

function gpcWords({ browser, page }: PageSignals['gpc']): string {
  const said = say(browser === null ? 'gpc.unset' : browser ? 'gpc.on' : 'gpc.off');
  if ((page === true) === (browser === true)) return said;
  return `${said}; ${say(page === true ? 'gpc.pageOn' : 'gpc.pageOff')}`;
}

const words = <T,>(seen: Exclude<Seen<T>, { state: 'none' }>, read: (value: T) => string): string =>
  seen.state === 'read' ? read(seen.value) : say('signal.unreadable');

/** As their makers write them: names are the same in every language. */
const OWN_STATES = { cookiebot: 'Cookiebot', oneTrust: 'OneTrust', clarity: 'Microsoft Clarity' } as const;

const categoryWords = (id: string): string => {
  const word = categoryWord(id);
  return word ? say(word) : plainText(id);
};

function categoriesWords({ answered, categories }: CategoriesSignal): string {
  if (answered === false) return say('tcf.event.cmpuishown');
  // That nothing is in force is an answer only where there was one.
  if (categories.length === 0) return say(answered ? 'grant.denied' : 'grant.unset');
  return listed(categories.map(({ id, state }) => `${categoryWords(id)}: ${say(`grant.${state}`)}`));
}

interface Line {
  id: 'gpc' | 'gpp' | 'uet' | 'candour' | keyof typeof OWN_STATES;
  name: string;
  said: string;
}

function linesOf(signals: PageSignals): Line[] {
  const { gpc, gpp, uet, candour } = signals;
  const lines: Line[] = [{ id: 'gpc', name: say('signal.gpc'), said: gpcWords(gpc) }];
  if (gpp.state !== 'none')
    lines.push({
      id: 'gpp',
      name: say('signal.gpp'),
      said: words(gpp, ({ sections, applicable }) =>
        applicable.length === 0
          ? say('gpp.noSections')
          : say('gpp.sections', {
              sections: listed(
                applicable.map((id) =>
                  plainText(sections.find((one) => one.startsWith(`${id}:`))?.replace(/^\d+:/, '') ?? String(id)),
                ),
              ),
            }),
      ),
    });
  if (uet.state !== 'none')
    lines.push({
      id: 'uet',
      name: say('signal.uet'),
      said: words(uet, ({ used, adStorage }) =>
        used ? `${say('consentType.ad_storage')}: ${say(`grant.${adStorage ?? 'unset'}`)}` : say('uet.notUsed'),
      ),
    });
  for (const id of ['cookiebot', 'oneTrust', 'clarity'] as const) {
    const seen = signals[id];
    if (seen.state !== 'none') lines.push({ id, name: OWN_STATES[id], said: words(seen, categoriesWords) });
  }
  if (candour.state !== 'none')
    lines.push({
      id: 'candour',
      name: say('signal.candour'),
      said: words(candour, ({ purposes }) =>
        listed(purposes.map(({ id, status }) => `${purposeWords(id)}: ${stateWords(status)}`)),
      ),
    });
  return lines;
}

export const OtherSignals = ({ signals }: { signals: PageSignals }) => (
  <section class="signal" data-signal="others">
    <h3>{say('otherSignals')}</h3>
    <dl>
      {linesOf(signals).map(({ id, name, said }) => (
        <div key={id} class="fact" data-line={id}>
          <dt>{name}</dt>
          <dd dir="auto">{said}</dd>
        </div>
      ))}
    </dl>
  </section>
);
