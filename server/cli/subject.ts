import type { Command } from 'commander';
import * as v from 'valibot';

import { Hash } from '../../shared/consent/event.ts';
import { adoptLogs, logSigner, readLogKey } from '../log/key.ts';
import { logWriter } from '../log/writer.ts';
import { say, siteNamed, withStore, WrongUse } from './outcome.ts';

const erase = ({ site: id, subject }: { site: string; subject: string }): Promise<void> =>
  withStore(async (store, config) => {
    if (!v.is(Hash, subject)) throw new WrongUse('--subject takes the thumbprint of the subject’s key: 43 base64url characters');
    const site = await siteNamed(store, id);
    const signer = logSigner(readLogKey(config.logKeyFile));
    await adoptLogs(store, [site], signer);
    const writer = logWriter(store, signer);
    const { erased, index } = await writer.erase(site, { subject, by: 'controller', at: new Date() });
    if (index === null) throw new WrongUse('the service has no event of that subject');
    say(`${erased} event${erased === 1 ? '' : 's'} erased; leaf ${index} of the log says so.`);
  });

export function subjectCommand(program: Command): Command {
  const subject = program.command('subject').description('data subjects');
  subject
    .command('erase')
    .description('delete the bodies of all events of a subject; the log keeps their hashes and says that they were erased')
    .requiredOption('--site <name>', 'the site')
    .requiredOption('--subject <thumbprint>', 'the thumbprint of the subject’s key')
    .action(erase);
  return subject;
}
