import type { Command } from 'commander';

import { issueCredential } from '../credentials.ts';
import { say, withStore, WrongUse } from './outcome.ts';

const create = ({ name }: { name: string }): Promise<void> =>
  withStore(async (store) => {
    const { id, token } = await issueCredential(store, 'api_key', { name, role: 'owner' }, new Date());
    say(`Key ${id} (${name}). It is shown once and stored nowhere:\n\n  ${token}\n`);
  });

const list = (): Promise<void> =>
  withStore(async (store) => {
    const keys = await store.credentials('api_key');
    if (keys.length === 0) say('no key yet: make one with candour key create');
    for (const { id, name, role, createdAt } of keys) say(`${id}\t${name}\t${role}\tsince ${new Date(createdAt).toISOString()}`);
  });

const revoke = (id: string): Promise<void> =>
  withStore(async (store) => {
    if (!(await store.removeCredential('api_key', id))) throw new WrongUse(`there is no key ${id}`);
    say(`Key ${id} does not work any more.`);
  });

export function keyCommand(program: Command): Command {
  const key = program.command('key').description('API keys for programs and for signing in to the dashboard');
  key
    .command('create')
    .description('make a key; prints it once')
    .option('--name <text>', 'what it is for', 'operator')
    .action(create);
  key.command('list').description('list the keys').action(list);
  key.command('revoke').argument('<id>').description('make a key stop working').action(revoke);
  return key;
}
