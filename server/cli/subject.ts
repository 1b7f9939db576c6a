// candour subject: what is done about one data subject, known by the thumbprint of the key of their browser.
import type { Command } from 'commander';
import * as v from 'valibot';

import { Hash } from '../../shared/consent/event.ts';
import { KEPT } from '../../shared/rights/kept.ts';
import { eraseSubject } from '../rights/erase.ts';
import { counted, say, WrongUse } from './outcome.ts';
import { withDesk } from './rights.ts';

interface Options {
  site: string;
  subject: string;
}

function checked(subject: string): string {
  if (!v.is(Hash, subject)) throw new WrongUse('--subject takes the thumbprint of the subject’s key: 43 base64url characters');
  return subject;
}

const erase = ({ site, subject: given }: Options): Promise<void> =>
  withDesk(site, async (desk) => {
    const subject = checked(given);
    const { store, context } = desk;
    if ((await store.rights.restrictions(context.site)).some((one) => one.subject === subject))
      throw new WrongUse('the subject’s data is restricted: lift that first, if they agree');
    await desk.told('subject.erase', null);
    const { erased, index, requests, kept } = await eraseSubject(desk, context.site, {
      subject,
      by: 'controller',
      at: desk.now(),
    });
    if (index === null && requests === 0) throw new WrongUse('the service has no event of that subject');
    if (index !== null) say(`${counted(erased, 'event')} erased; leaf ${index} of the log says so.`);
    if (requests > 0)
      say(`${requests} closed request${requests === 1 ? '' : 's'}: who made ${requests === 1 ? 'it' : 'them'} is erased.`);
    for (const each of kept) say(`Kept: ${KEPT[each]}`);
  });

const restrict = ({ site, subject: given }: Options): Promise<void> =>
  withDesk(site, async (desk) => {
    const subject = checked(given);
    await desk.told('request.change', 'restriction');
    await desk.store.rights.restrict(desk.context.site, { subject, since: desk.now().getTime(), request: null });
    say('Restricted: the data is stored and neither erased by retention nor by anybody here, until the restriction is lifted.');
  });

const lift = ({ site, subject: given }: Options): Promise<void> =>
  withDesk(site, async (desk) => {
    const subject = checked(given);
    await desk.told('request.change', 'restriction lifted');
    if (!(await desk.store.rights.lift(desk.context.site, subject))) throw new WrongUse('there was no restriction');
    say('Lifted. Tell the data subject before anything else is done with the data (Art. 18(3)).');
  });

export function subjectCommand(program: Command): Command {
  const subject = program.command('subject').description('data subjects');
  const of = (name: string, description: string): Command =>
    subject
      .command(name)
      .description(description)
      .requiredOption('--site <name>', 'the site')
      .requiredOption('--subject <thumbprint>', 'the thumbprint of the subject’s key');
  of('erase', 'delete the bodies of all events of a subject; the log keeps their hashes and says that they were erased').action(
    erase,
  );
  of('restrict', 'keep the data of a subject, and nothing more (Art. 18)').action(restrict);
  of('unrestrict', 'lift a restriction').action(lift);
  return subject;
}
