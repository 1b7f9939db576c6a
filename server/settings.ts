// Every setting of the service, once: what config.ts reads, what `candour serve --help` lists and what the tables of the
// documents are checked against.

export interface Setting {
  name: `CANDOUR_${string}`;
  /** What holds where the variable is not set; null: nothing, or what `otherwise` says. */
  value: string | null;
  /** Where the default depends on something else: words for it. */
  otherwise?: string;
  /** What it is, for people. Code stands in backticks. */
  what: string;
}

export const SETTINGS = [
  { name: 'CANDOUR_HOST', value: '127.0.0.1', what: 'address to listen on' },
  { name: 'CANDOUR_PORT', value: '8787', what: 'port to listen on' },
  {
    name: 'CANDOUR_PUBLIC_URL',
    value: null,
    otherwise: '`http://localhost:<port>`',
    what: 'the URL under which browsers reach the service; its host begins the log id of each new site, which never changes afterwards',
  },
  { name: 'CANDOUR_DATABASE', value: 'sqlite:.data/candour.sqlite', what: '`sqlite:<file>` or `postgres://…`' },
  {
    name: 'CANDOUR_DATABASE_OWNER',
    value: null,
    what: 'PostgreSQL: address with the role that owns the tables, for `candour migrate`',
  },
  { name: 'CANDOUR_DATABASE_POOL', value: '10', what: 'PostgreSQL: most connections of one process' },
  { name: 'CANDOUR_PG_BIN', value: null, what: 'folder of `pg_dump` and `pg_restore`, where they are not found' },
  {
    name: 'CANDOUR_SECRET',
    value: null,
    otherwise: 'required by `serve`',
    what: 'at least 32 characters; derives the keys for contact details and suppressions. **Losing it loses those**',
  },
  {
    name: 'CANDOUR_SECRET_PREVIOUS',
    value: null,
    what: 'the `CANDOUR_SECRET` before, while it is being changed (`candour secret rotate`)',
  },
  {
    name: 'CANDOUR_LOG_KEY',
    value: null,
    otherwise: '`log-key.pem` beside the database',
    what: 'the Ed25519 key that signs the logs; made at the first start, mode 0600',
  },
  {
    name: 'CANDOUR_TRUST_PROXY',
    value: 'false',
    what: '`true` where a reverse proxy of yours stands before the service and sets `X-Forwarded-For`',
  },
  {
    name: 'CANDOUR_COUNTRY_HEADER',
    value: null,
    what: 'header in which that proxy says the visitor’s country (ISO 3166: `CF-IPCountry`, `CloudFront-Viewer-Country`), for sites that ask by the visitor’s place',
  },
  {
    name: 'CANDOUR_REGION_HEADER',
    value: null,
    what: 'header in which it says the region alone, such as `CA` (`CF-Region-Code`, `CloudFront-Viewer-Country-Region`)',
  },
  { name: 'CANDOUR_RATE_LIMIT', value: '1200', what: 'requests a minute of one network (/24, /48) to one site, or `off`' },
  {
    name: 'CANDOUR_GPC',
    value: null,
    what: '`true:2026-11-22`: you affirm that Global Privacy Control is honoured, since that day; makes `/.well-known/gpc.json`',
  },
  {
    name: 'CANDOUR_SMTP',
    value: null,
    what: '`smtps://user:password@host:465`, for mail about requests and opt-ins (`docs/marketing.md`)',
  },
  {
    name: 'CANDOUR_WEBHOOK_ADDRESSES',
    value: 'off',
    what: '`on`: webhooks about contacts hold the address, and not its keyed hash alone',
  },
  { name: 'CANDOUR_WEBHOOK_HOSTS', value: null, what: 'hosts that webhooks may reach although their address is private' },
  {
    name: 'CANDOUR_KEPT_LIST',
    value: null,
    otherwise: '`kept-list.jsonl` beside the database (SQLite), else none',
    what: 'file that suppressions, restrictions and erasures (of events, contacts, persons in requests) are appended to, so that a restored backup forgets none; holds hashes and random numbers',
  },
  { name: 'CANDOUR_RETENTION', value: 'off', what: '`daily`: run retention once a day' },
  { name: 'CANDOUR_LOG_LEVEL', value: 'info', what: '`fatal`, `error`, `warn`, `info`, `debug`, `trace`, `silent`' },
  { name: 'CANDOUR_DEMO_PORT', value: '8788', what: 'of the demonstration’s sites' },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];

/** Of each setting that has one. */
export const DEFAULTS: ReadonlyMap<SettingName, string> = new Map(
  SETTINGS.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])),
);

/** As the documents write it. */
export const defaultWords = (setting: Setting): string =>
  setting.otherwise ?? (setting.value === null ? '' : `\`${setting.value}\``);

const plain = (words: string): string => words.replaceAll(/`|\*\*/g, '');

/** For a terminal: each name with its default, and what it is on the line below. */
export function settingsHelp(): string {
  const rows = SETTINGS.map((setting: Setting) => {
    const otherwise = plain(defaultWords(setting));
    return `  ${setting.name}${otherwise && ` (default: ${otherwise})`.replace('default: required', 'required')}\n      ${plain(setting.what)}`;
  });
  return `\nSettings, all by environment:\n${rows.join('\n')}`;
}
