// `candour secret rotate`: what the CANDOUR_SECRET before sealed is sealed under the new one.
import type { Command } from 'commander';

import { audit, COMMAND_LINE } from '../operator.ts';
import { rotateSecret } from '../rights/rotate-secret.ts';
import { say, withStore, WrongUse } from './outcome.ts';

const rotate = (): Promise<void> =>
  withStore(async (store, { secret, previousSecret }) => {
    if (secret === null || previousSecret === null)
      throw new WrongUse('set CANDOUR_SECRET to the new secret and CANDOUR_SECRET_PREVIOUS to the one before');
    await audit({ store, now: () => new Date() }, COMMAND_LINE, 'secret.rotate');
    const { requests, webhooks, contacts } = await rotateSecret(store, secret, previousSecret);
    say(
      `Sealed anew: ${requests} request keys, ${contacts} contact keys, ${webhooks} webhook secrets. CANDOUR_SECRET_PREVIOUS is needed no more.`,
    );
  });

export function secretCommand(program: Command): Command {
  const secret = program.command('secret').description('the secret that contact details and webhook secrets are sealed under');
  secret
    .command('rotate')
    .description('seal under CANDOUR_SECRET what is sealed under CANDOUR_SECRET_PREVIOUS; can be run again')
    .action(rotate);
  return secret;
}
