// What is said of a purpose or a service: pairs of a name and a fact, and the storage items as a table.
import type { ItemDetails, SpokenDetails } from '../../shared/site/details.ts';
import type { WordId } from '../../shared/site/words.ts';
import { otherLanguage } from '../core/fill.ts';
import type { RecordedScreen } from './recorded-screen.ts';

/** The site's own words: in their own language, and in a <bdi>, which keeps their direction. */
export const theirLanguage = ({ language, words }: SpokenDetails): { lang?: string } =>
  otherLanguage(language, words.language) ? { lang: language } : {};

export interface FactsProps {
  details: SpokenDetails;
  screen: RecordedScreen;
  /** Of the purpose or service: what is recorded as shown is noted under it. */
  id: string;
}

export interface Fact {
  /** What is recorded as shown is noted under it. */
  part: string;
  name: string;
  text: string;
  /** The site's words and not the interface's. */
  theirs: boolean;
}

export function Facts({ details, screen, id, facts }: FactsProps & { facts: readonly Fact[] }) {
  return (
    <dl>
      {facts.map(({ part, name, text, theirs }) => (
        <div key={part}>
          <dt>{screen.say(`${id}-${part}-name`, name)}</dt>
          <dd>
            <bdi {...(theirs && theirLanguage(details))}>{screen.say(`${id}-${part}`, text)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ItemsProps extends FactsProps {
  /** What it is about, for whoever hears the table's name. */
  of: string;
  items: readonly ItemDetails[];
  /** Of a service: said above already. */
  provider?: string;
}

/** Nobody who provides anything, or nobody else: then no column says so. A row is recorded as it reads, its cells apart by a tab. */
export function Items({ details, screen, id, of, items, provider: own }: ItemsProps) {
  const { words } = details;
  const withProvider = items.some(({ provider = own }) => provider !== own);
  const heads = [words['item.name'], words['item.kind'], words['item.lifetime'], ...(withProvider ? [words.provider] : [])];
  screen.say(`${id}-storage-name`, words.storage);
  screen.say(`${id}-storage`, heads.join('\t'));
  const row = ({ name, kind, lifetime, provider }: ItemDetails, i: number): string[] => {
    const cells = [name, words[`kind.${kind}` as WordId] ?? kind, lifetime];
    if (withProvider) cells.push(provider ?? words.notStated);
    screen.say(`${id}-storage-${i}`, cells.join('\t'));
    return cells;
  };
  return (
    <table>
      <caption>
        {words.storage}
        <span class="unseen">
          : <bdi {...theirLanguage(details)}>{of}</bdi>
        </span>
      </caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item, i) => {
          const [name, kind, ...rest] = row(item, i);
          return (
            <tr key={name}>
              <th scope="row">
                <bdi dir="ltr">{name}</bdi>
              </th>
              <td data-head={heads[1]}>{kind}</td>
              {rest.map((cell, at) => (
                <td key={heads[at + 2]} data-head={heads[at + 2]}>
                  <bdi {...theirLanguage(details)}>{cell}</bdi>
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
