import { describe, expect, it } from 'vitest';

import { ConfigError, databaseWords, parseConfig, publicUrlOf } from './config.ts';

const SECRET = 'x'.repeat(32);
const parse = (environment: Record<string, string>) => parseConfig({ CANDOUR_SECRET: SECRET, ...environment });

describe('the environment', () => {
  it('may be empty but for the secret', () => {
    expect(parse({})).toMatchObject({
      host: '127.0.0.1',
      port: 8787,
      publicUrl: null,
      logLevel: 'info',
      demoPort: 8788,
      trustProxy: false,
      rateLimit: 1200,
      gpc: null,
    });
    expect(parse({}).database).toEqual({ engine: 'sqlite', file: expect.stringMatching(/\.data\/candour\.sqlite$/) as string });
    expect(parse({}).logKeyFile, 'beside the database').toMatch(/\.data\/log-key\.pem$/);
    expect(parse({ CANDOUR_PORT: '' }).port, 'an empty variable is not set').toBe(8787);
    expect(parseConfig({}, { secretRequired: false }).secret).toBeNull();
  });

  it.each([
    [{ CANDOUR_PORT: '70000' }, 'CANDOUR_PORT is "70000"; it takes a port from 1 to 65535'],
    [{ CANDOUR_PORT: '80a' }, 'CANDOUR_PORT is "80a"; it takes a port from 1 to 65535'],
    [{ CANDOUR_DEMO_PORT: '-1' }, 'CANDOUR_DEMO_PORT is "-1"; it takes a port from 1 to 65535'],
    [{ CANDOUR_LOG_LEVEL: 'loud' }, 'CANDOUR_LOG_LEVEL is "loud"; it takes fatal, error, warn, info, debug, trace, silent'],
    [
      { CANDOUR_COUNTRY_HEADER: 'CF-IPCountry' },
      'CANDOUR_COUNTRY_HEADER is set; it takes nothing without CANDOUR_TRUST_PROXY=true: anyone could send the header',
    ],
    [
      { CANDOUR_COUNTRY_HEADER: 'a country', CANDOUR_TRUST_PROXY: 'true' },
      'CANDOUR_COUNTRY_HEADER is "a country"; it takes the name of a header, for example CF-IPCountry',
    ],
    [
      { CANDOUR_REGION_HEADER: 'CF-Region-Code', CANDOUR_TRUST_PROXY: 'true' },
      'CANDOUR_REGION_HEADER is set; it takes nothing without CANDOUR_COUNTRY_HEADER',
    ],
    [{ CANDOUR_TRUST_PROXY: 'maybe' }, 'CANDOUR_TRUST_PROXY is "maybe"; it takes true, false, 1, 0'],
    [
      { CANDOUR_DATABASE: 'mysql://x' },
      'CANDOUR_DATABASE is "mysql://x"; it takes sqlite:<file>, for example sqlite:.data/candour.sqlite, or postgres://user:password@host:5432/database',
    ],
    [
      { CANDOUR_DATABASE: 'postgres://u:p@x' },
      'CANDOUR_DATABASE is no such address; it takes postgres://user:password@host:5432/database',
    ],
    [
      { CANDOUR_DATABASE: 'postgres://x/y', CANDOUR_DATABASE_POOL: 'many' },
      'CANDOUR_DATABASE_POOL is "many"; it takes a number of connections from 2 to 999',
    ],
    [
      { CANDOUR_DATABASE_OWNER: 'postgres://x/y' },
      'CANDOUR_DATABASE_OWNER is set; it takes nothing with SQLite, which has no roles',
    ],
    [
      { CANDOUR_PUBLIC_URL: 'https://consent.example/path' },
      'CANDOUR_PUBLIC_URL is "https://consent.example/path"; it takes an http or https URL without a path, for example https://consent.example',
    ],
  ])('stops with one line for %j', (environment, line) => {
    expect(() => parse(environment)).toThrow(new ConfigError(line));
  });

  it('does not repeat what may be secret', () => {
    const messages = [
      { CANDOUR_SECRET: 'hunter2' },
      { CANDOUR_DATABASE: 'postgres://u:hunter2@x' },
      { CANDOUR_DATABASE: 'mysql://u:hunter2@x/y' },
      { CANDOUR_SMTP: 'hunter2' },
    ].map((environment) => {
      try {
        parse(environment as unknown as Record<string, string>);
      } catch (error) {
        return (error as Error).message;
      }
      return 'no error';
    });
    expect(messages.map((message) => message.split(' is ')[0])).toEqual([
      'CANDOUR_SECRET',
      'CANDOUR_DATABASE',
      'CANDOUR_DATABASE',
      'CANDOUR_SMTP',
    ]);
    expect(messages.join()).not.toContain('hunter2');
    expect(messages.every((message) => !message.includes('\n'))).toBe(true);
  });

  it('takes PostgreSQL, with an owner of the tables and a number of connections if they are named', () => {
    expect(parse({ CANDOUR_DATABASE: 'postgres://u:p@x/y' }).database).toEqual({
      engine: 'postgres',
      url: 'postgres://u:p@x/y',
      ownerUrl: null,
      pool: 10,
    });
    const named = {
      CANDOUR_DATABASE: 'postgresql://x/y',
      CANDOUR_DATABASE_OWNER: 'postgres://o@x/y',
      CANDOUR_DATABASE_POOL: '4',
    };
    expect(parse(named)).toMatchObject({ database: { ownerUrl: 'postgres://o@x/y', pool: 4 } });
    expect(parse(named).logKeyFile).toMatch(/\.data\/log-key\.pem$/);
  });

  it('makes the public URL from the port where none is given', () => {
    expect(publicUrlOf(parse({}), 9000)).toBe('http://localhost:9000');
    expect(publicUrlOf(parse({ CANDOUR_PUBLIC_URL: 'https://consent.example/' }), 9000)).toBe('https://consent.example');
  });

  it.each([
    ['postgres://candour:hunter2@db.example:5432/candour', 'postgres://candour:***@db.example:5432/candour'],
    ['postgres://db.example/candour?user=candour&password=hunter2', 'postgres://db.example/candour?user=candour&password=***'],
    ['postgres://candour@db.example/candour', 'postgres://candour@db.example/candour'],
  ])('says where the database is without its password: %s', (url, words) => {
    expect(databaseWords(parse({ CANDOUR_DATABASE: url }).database)).toBe(words);
  });
});
