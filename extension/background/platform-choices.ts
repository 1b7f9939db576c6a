// Which of a page's signals are a choice of the person, to be kept in "Mine": a TC string that was loaded or made, updates of Google
// Consent Mode, and what Cookiebot and OneTrust hold once they were answered. What holds by default, or while a dialog still asks, is
// nobody's choice.
import type { PageSignals } from '../../shared/signals/signals.ts';
import { categoryWord } from '../signals/category-words.ts';
import { keepPlatform, type KeptPlatform } from './kept-choices.ts';
import type { Area } from './store.ts';

/** `platform`: where the signal is the word of that one alone. */
type Choice = Pick<KeptPlatform, 'id' | 'states'> & { platform?: string };

const PURPOSES = 11;

function tcfChoice({ tcf }: PageSignals): Choice[] {
  if (tcf.state !== 'read' || !tcf.value.decoded || tcf.value.eventStatus === 'cmpuishown') return [];
  const { purposeConsents, purposeLegitimateInterests } = tcf.value.decoded;
  const states = Array.from({ length: PURPOSES }, (_, i) => i + 1).map((purpose) => ({
    id: String(purpose),
    name: `tcf.purpose.${purpose}`,
    state: purposeConsents.includes(purpose)
      ? 'consent'
      : purposeLegitimateInterests.includes(purpose)
        ? 'legitimate_interest'
        : 'denied',
  }));
  return [{ id: 'tcf', states }];
}

function consentModeChoice({ consentMode }: PageSignals): Choice[] {
  if (consentMode.state !== 'read') return [];
  const { commands, now } = consentMode.value;
  const updates = commands.filter(({ command }) => command === 'update').map(({ types }) => types);
  if (updates.length === 0) return [];
  const types = Object.entries(Object.assign({}, ...updates, now) as Record<string, 'granted' | 'denied'>);
  return [{ id: 'consent_mode', states: types.map(([type, state]) => ({ id: type, name: `consentType.${type}`, state })) }];
}

/** The platforms' own categories; OneTrust names only those that are in force. */
const categoryChoices = (signals: PageSignals): Choice[] =>
  Object.entries({ cookiebot: 'Cookiebot', oneTrust: 'OneTrust' } as const).flatMap(([key, platform]): Choice[] => {
    const id = key as 'cookiebot' | 'oneTrust';
    const seen = signals[id];
    if (seen.state !== 'read' || seen.value.answered !== true) return [];
    const states = seen.value.categories.map((one) => ({ id: one.id, name: categoryWord(one.id) ?? one.id, state: one.state }));
    return [{ id: id.toLowerCase(), platform, states }];
  });

/** Sites with our widget have receipts, which say more: nothing is kept of them here. `at`: ISO instant. */
export async function keepPlatformChoices(area: Area, origin: string, signals: PageSignals, at: string): Promise<void> {
  if (signals.candour.state === 'read') return;
  const platform = signals.platforms[0]?.name ?? null;
  for (const choice of [...tcfChoice(signals), ...consentModeChoice(signals), ...categoryChoices(signals)])
    await keepPlatform(area, { platform, ...choice, origin, at });
}
