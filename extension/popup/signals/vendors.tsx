// The vendors of a TC string: how many, and who they are. The list of names is loaded when somebody opens it.
import { useEffect, useMemo, useState } from 'preact/hooks';

import type { DecodedTcf } from '../../../shared/signals/signals.ts';
import { say } from '../../words/say.ts';
import type { VendorNames } from '../../signals/vendor-names.ts';
import { dateWords } from '../words.ts';
import { listed } from './signal-words.ts';

/** Rows at a time: a string may name thousands. */
const MOST_SHOWN = 60;

interface Row {
  id: number;
  name: string;
  consent: boolean;
  interest: boolean;
  declared: string;
}

function rowsOf(decoded: DecodedTcf, names: VendorNames): Row[] {
  const [consents, interests] = [new Set(decoded.vendorConsents), new Set(decoded.vendorLegitimateInterests)];
  const ids = [...new Set([...consents, ...interests, ...decoded.vendorsDisclosed])].sort((a, b) => a - b);
  const all = (purposes: readonly number[]): string =>
    purposes.length > 0 ? listed(purposes.map(String)) : say('vendors.nothing');
  return ids.map((id) => {
    const vendor = names.vendor(id);
    return {
      id,
      name: vendor?.name ?? say('vendors.unknown', { id: String(id) }),
      consent: consents.has(id),
      interest: interests.has(id),
      declared: vendor ? say('vendors.declares', { consent: all(vendor.consent), interest: all(vendor.interest) }) : '',
    };
  });
}

const VendorRow = ({ row }: { row: Row }) => (
  <li data-vendor={row.id}>
    <div>
      <p>{row.name}</p>
      {row.declared && <p class="small muted">{row.declared}</p>}
    </div>
    <p class="vendor-states">
      {row.consent && <span class="pill basis">{say('tcf.consent')}</span>}
      {row.interest && <span class="pill interest">{say('tcf.interest')}</span>}
    </p>
  </li>
);

const List = ({ decoded }: { decoded: DecodedTcf }) => {
  const [names, setNames] = useState<VendorNames | null>(null);
  const [search, setSearch] = useState('');
  useEffect(() => {
    let current = true;
    void import('../../signals/vendor-names.ts').then(({ vendorNames }) => current && setNames(vendorNames()));
    return () => {
      current = false;
    };
  }, []);
  const rows = useMemo(() => (names ? rowsOf(decoded, names) : []), [decoded, names]);
  if (!names) return <div class="skeleton short" />;
  const wanted = search.trim().toLocaleLowerCase();
  const found = rows.filter(({ name, id }) => name.toLocaleLowerCase().includes(wanted) || String(id) === wanted);
  const { publisher, version, date } = names.source;
  return (
    <>
      <label class="search vendor-search">
        <span class="unseen">{say('vendors.search')}</span>
        <input
          type="search"
          placeholder={say('vendors.search')}
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </label>
      <p class="small muted" role="status">
        {say('vendors.found', { n: found.length })}
      </p>
      <ul class="vendors">
        {found.slice(0, MOST_SHOWN).map((row) => (
          <VendorRow key={row.id} row={row} />
        ))}
      </ul>
      {found.length > MOST_SHOWN && <p class="small">{say('vendors.more', { n: found.length - MOST_SHOWN })}</p>}
      <p class="small muted">{say('vendors.source', { publisher, version: String(version), day: dateWords(date) })}</p>
    </>
  );
};

export const Vendors = ({ decoded }: { decoded: DecodedTcf }) => {
  const [open, setOpen] = useState(false);
  const { vendorConsents, vendorLegitimateInterests, vendorsDisclosed } = decoded;
  const any = vendorConsents.length + vendorLegitimateInterests.length + vendorsDisclosed.length > 0;
  return (
    <div data-vendors-consent={vendorConsents.length} data-vendors-interest={vendorLegitimateInterests.length}>
      <h4>{say('vendors')}</h4>
      <ul class="glance-bases">
        <li class="pill basis">{say('vendors.consent', { n: vendorConsents.length })}</li>
        <li class="pill interest">{say('vendors.interest', { n: vendorLegitimateInterests.length })}</li>
        {vendorsDisclosed.length > 0 && (
          <li class="pill not_stated">{say('vendors.disclosed', { n: vendorsDisclosed.length })}</li>
        )}
      </ul>
      {any && (
        <details class="group" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{say('vendors.list')}</summary>
          {open && <List decoded={decoded} />}
        </details>
      )}
    </div>
  );
};
