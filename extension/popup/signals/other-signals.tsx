// The smaller signals, a line each: Global Privacy Control, the Global Privacy Platform, Microsoft, Candour.
import type { PageSignals, Seen } from '../../../shared/signals/signals.ts';
import { plainText } from '../../plain-text.ts';
import { say } from '../../words/say.ts';
import { listed } from './signal-words.ts';

function gpcWords({ browser, page }: PageSignals['gpc']): string {
  const said = say(browser === null ? 'gpc.unset' : browser ? 'gpc.on' : 'gpc.off');
  if ((page === true) === (browser === true)) return said;
  return `${said}; ${say(page === true ? 'gpc.pageOn' : 'gpc.pageOff')}`;
}

const words = <T,>(seen: Exclude<Seen<T>, { state: 'none' }>, read: (value: T) => string): string =>
  seen.state === 'read' ? read(seen.value) : say('signal.unreadable');

interface Line {
  id: 'gpc' | 'gpp' | 'uet' | 'candour';
  said: string;
}

function linesOf({ gpc, gpp, uet, candour }: PageSignals): Line[] {
  const lines: Line[] = [{ id: 'gpc', said: gpcWords(gpc) }];
  if (gpp.state !== 'none')
    lines.push({
      id: 'gpp',
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
      said: words(uet, ({ used, adStorage }) =>
        used ? `${say('consentType.ad_storage')}: ${say(`grant.${adStorage ?? 'unset'}`)}` : say('uet.notUsed'),
      ),
    });
  if (candour.state !== 'none')
    lines.push({
      id: 'candour',
      said: words(candour, ({ purposes }) =>
        listed(purposes.map(({ id, status }) => plainText(`${id}: ${status.replaceAll('_', ' ')}`))),
      ),
    });
  return lines;
}

export const OtherSignals = ({ signals }: { signals: PageSignals }) => (
  <section class="signal" data-signal="others">
    <h3>{say('otherSignals')}</h3>
    <dl>
      {linesOf(signals).map(({ id, said }) => (
        <div key={id} class="fact" data-line={id}>
          <dt>{say(`signal.${id}`)}</dt>
          <dd dir="auto">{said}</dd>
        </div>
      ))}
    </dl>
  </section>
);
