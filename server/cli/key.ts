import { InvalidArgumentError, Option, type Command } from 'commander';

import { isPeriod } from '../../shared/notice/period.ts';
import { ROLES, type Role } from '../../shared/operator.ts';
import { expiryOf, issueCredential } from '../credentials.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import { say, siteNamed, withStore, WrongUse } from './outcome.ts';

const now = (): Date => new Date();

interface Options {
  name: string;
  role: Role;
  expires?: string;
  site?: string;
}

const create = ({ name, role, expires, site = null }: Omit<Options, 'site'> & { site?: string | null }): Promise<void> =>
  withStore(async (store) => {
    if (site !== null) await siteNamed(store, site);
    const expiresAt = expires === undefined ? null : expiryOf(now(), expires);
    const { id, token } = await issueCredential(store, 'api_key', { name, role, site, expiresAt }, now(), (made) =>
      audit({ store, now }, COMMAND_LINE, 'key.create', { object: made }),
    );
    const limits = `${role}, ${site ?? 'all sites'}, ${expiresAt === null ? 'until it is revoked' : `until ${new Date(expiresAt).toISOString()}`}`;
    say(`Key ${id} (${name}: ${limits}). Its secret is shown this once; only a hash is stored. Keep it now:\n\n  ${token}\n`);
    say('Revoke it with candour key revoke ' + id + '.');
  });

const list = (): Promise<void> =>
  withStore(async (store) => {
    const keys = await store.credentials('api_key');
    if (keys.length === 0) say('no key yet: make one with candour key create');
    for (const { id, name, role, site, createdAt, expiresAt } of keys) {
      const end =
        expiresAt === null ? '' : `\tuntil ${new Date(expiresAt).toISOString()}${expiresAt <= Date.now() ? ' (over)' : ''}`;
      say(`${id}\t${name}\t${role}\t${site ?? 'all sites'}\tsince ${new Date(createdAt).toISOString()}${end}`);
    }
  });

const revoke = (id: string): Promise<void> =>
  withStore(async (store) => {
    if (!(await store.credential('api_key', id))) throw new WrongUse(`there is no key ${id}`);
    await audit({ store, now }, COMMAND_LINE, 'key.revoke', { object: id });
    await store.removeCredential('api_key', id);
    say(`Key ${id} does not work any more, nor do sessions that were opened with it.`);
  });

function period(value: string): string {
  if (!isPeriod(value)) throw new InvalidArgumentError('it takes an ISO 8601 period such as P90D or P1Y');
  return value;
}

export function keyCommand(program: Command): Command {
  const key = program.command('key').description('API keys for programs and for signing in to the dashboard');
  key
    .command('create')
    .description('make a key; its secret is shown once and only here: only a hash of it is stored')
    .option('--name <text>', 'what it is for', 'operator')
    .addOption(
      new Option(
        '--role <role>',
        'owner: everything; dpo: all about personal data; auditor: reads everything; support: reads shortened; ingest: sends events',
      )
        .choices(ROLES)
        .default('owner'),
    )
    .option('--expires <period>', 'how long it holds, such as P90D; otherwise until it is revoked', period)
    .option('--site <name>', 'the only site that it is for; otherwise all')
    .action(create);
  key.command('list').description('list the keys').action(list);
  key
    .command('revoke')
    .argument('<id>', 'an older one may begin with a hyphen: put -- before it')
    .description('make a key stop working')
    .action(revoke);
  return key;
}
