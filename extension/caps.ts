// What a page may make the extension carry. Content scripts cut to these; who receives refuses more. (The build keeps comments of the
// documenting kind, and these would travel into every page.)
export const CAPS = {
  url: 2000,
  text: 300,
  headings: 40,
  forms: 20,
  fields: 60,
  jsonLdTypes: 40,
  hosts: 80,
  declared: 8,
  named: 8,
  // Links that may lead to a notice; the words of each are short.
  links: 160,
  linkText: 120,
  signals: 12,
  // Names of one kind of storage, and characters of each.
  storedNames: 200,
  storedName: 120,
  // Characters of JSON with all that was read in the page's world.
  readings: 600_000,
  // Characters of a page that is itself a notice.
  pageHtml: 4_000_000,
  // Characters of a file with everything that was kept.
  file: 12_000_000,
  receipts: 50,
  // Characters of JSON: an event of 8 KiB, what was shown of 16 KiB, a proof.
  receipt: 80_000,
} as const;
