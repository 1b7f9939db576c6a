// Every vendor by its name, with what it asks consent for, how long it keeps data and where its own notice is.
import type { GVL, Vendor } from '@iabtechlabtcf/core';

import type { Widget } from '../core/widget.ts';
import { fill } from '../core/fill.ts';

const element = (name: string, text = '', ...children: Node[]): HTMLElement => {
  const made = document.createElement(name);
  made.append(text, ...children);
  return made;
};

function link(href: string, text: string): HTMLElement {
  const made = document.createElement('a');
  Object.assign(made, { href, target: '_blank', rel: 'noopener', textContent: text });
  return made;
}

/** An address from a list that others write. */
const isWeb = (url: string | undefined): url is string => url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url);

export async function vendorSection(widget: Pick<Widget, 'details'>, list: GVL): Promise<HTMLElement> {
  const { words } = await widget.details();
  const vendors = Object.values(list.vendors);
  const names = (ids: readonly number[], all: Readonly<Record<string, { name: string }>>): string =>
    ids.map((id) => all[id]?.name ?? String(id)).join('; ');
  const facts = (vendor: Vendor): Node[] => {
    const days = vendor.dataRetention?.stdRetention;
    const notice = vendor.urls?.find(({ privacy }) => isWeb(privacy))?.privacy;
    const said = [
      fill(words['tcf.asks'], { purposes: names(vendor.purposes, list.purposes) || words.nothing }),
      vendor.specialPurposes.length > 0 &&
        fill(words['tcf.always'], { purposes: names(vendor.specialPurposes, list.specialPurposes) }),
      days !== undefined && fill(words['tcf.kept'], { days: String(days) }),
    ];
    return [
      ...said.flatMap((text) => (text ? [element('p', text)] : [])),
      ...(isWeb(notice) ? [element('p', '', link(notice, fill(words.privacyOf, { provider: vendor.name })))] : []),
    ];
  };
  const section = element('details', '', element('summary', fill(words['tcf.vendors'], { count: String(vendors.length) })));
  section.className = 'section vendors';
  section.append(element('p', words['tcf.why']));
  for (const vendor of vendors) section.append(element('details', '', element('summary', vendor.name), ...facts(vendor)));
  return section;
}
