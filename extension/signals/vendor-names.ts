// Vendors of the framework by number, from the list that the extension brings with it. Nothing is asked of anybody for it.
import { VENDOR_LINES, VENDOR_LIST_SOURCE } from './vendor-list.ts';

interface Vendor {
  name: string;
  /** Purposes that it declares, by their numbers. */
  consent: number[];
  interest: number[];
}

export interface VendorNames {
  source: typeof VENDOR_LIST_SOURCE;
  /** Undefined for one that joined after this list was made, or left before. */
  vendor(id: number): Vendor | undefined;
}

const numbers = (hex = ''): number[] => hex.split('').map((digit) => Number.parseInt(digit, 16));

export function vendorNames(): VendorNames {
  const vendors = new Map(
    VENDOR_LINES.map((line): [number, Vendor] => {
      const [id, name = '', consent, interest] = line.split('\t');
      return [Number(id), { name, consent: numbers(consent), interest: numbers(interest) }];
    }),
  );
  return { source: VENDOR_LIST_SOURCE, vendor: (id) => vendors.get(id) };
}
