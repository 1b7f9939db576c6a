// What stands in the table of stored items, for the widget and the service's page alike: purposes, their services, each item, how
// long it stays and whose it is, and last what the widget itself stores.
import type { ItemDetails, SpokenDetails } from './details.ts';

export interface StorageRow {
  name: string;
  /** In the interface's language. */
  kind: string;
  lifetime: string;
  provider: string;
}

export interface StorageGroup {
  /** Unique on the page, for the heading. */
  id: string;
  label: string;
  description: string;
  recipients: readonly string[];
  /** The items of the purpose itself first (`service` null), then of each service. */
  parts: { service: string | null; rows: StorageRow[] }[];
  /** Are label, description and lifetimes in the interface's language, rather than in that of the site? */
  ours: boolean;
}

export interface StorageSite {
  site: string;
  /** ISO 8601 periods. */
  validity: { given: string; refused: string };
}

const UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day' };

/** "6 months" in that language. */
export const spokenPeriod = (period: string, language: string): string =>
  [...period.matchAll(/(\d+)([YMWD])/g)]
    .map(([, count, unit]) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit: UNITS[unit as keyof typeof UNITS],
        unitDisplay: 'long',
      }).format(Number(count)),
    )
    .join(', ');

const inDays = (period: string): number =>
  [...period.matchAll(/(\d+)([YMWD])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * { Y: 365, M: 30, W: 7, D: 1 }[unit as keyof typeof UNITS],
    0,
  );

/** The widget's own: the choice, that it is still to be delivered, and the receipts. */
function ownGroup({ name, controller, words }: SpokenDetails, { site, validity }: StorageSite): StorageGroup {
  const longest = inDays(validity.given) < inDays(validity.refused) ? validity.refused : validity.given;
  const own = (item: string, kind: 'cookie' | 'indexed_db', lifetime: string): StorageRow => ({
    name: item,
    kind: words[`kind.${kind}`],
    lifetime,
    provider: controller || name,
  });
  return {
    id: 'own',
    label: words.control,
    description: words.ownItems,
    recipients: [],
    parts: [
      {
        service: null,
        rows: [
          own(`candour_${site}`, 'cookie', spokenPeriod(longest, words.language)),
          own(`candour_${site}_pending`, 'cookie', words.untilDelivered),
          own(`candour-${site}`, 'indexed_db', words.untilErased),
        ],
      },
    ],
    ours: true,
  };
}

export function storageGroups(details: SpokenDetails, site: StorageSite): StorageGroup[] {
  const { controller, words } = details;
  const rows = (items: readonly ItemDetails[], provider: string): StorageRow[] =>
    items.map((item) => ({
      name: item.name,
      kind: words[`kind.${item.kind}` as 'kind.cookie'],
      lifetime: item.lifetime,
      provider: item.provider ?? provider,
    }));
  const groups = details.purposes.map(({ id, label, description, recipients, storage, services = [] }): StorageGroup => ({
    id,
    label,
    description,
    recipients,
    parts: [
      { service: null, rows: rows(storage, controller) },
      ...services.map(({ name, provider, storage: items }) => ({ service: name, rows: rows(items, provider) })),
    ].filter((part) => part.rows.length > 0),
    ours: false,
  }));
  return [...groups, ownGroup(details, site)];
}
