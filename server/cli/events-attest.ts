// `candour events attest`: a choice that reached the operator on paper or by telephone, as the operator's word.
import { InvalidArgumentError, type Command } from 'commander';
import * as v from 'valibot';

import { MEDIA } from '../../shared/consent/attestation.ts';
import { attestationReceipt, attestationWriter, newAttestation, NewAttestation } from '../attest/attest.ts';
import { logSigner, readLogKey } from '../log/key.ts';
import { publicUrlOf } from '../config.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { issueLine } from '../schema-issue.ts';
import { siteRegistry } from '../site-context.ts';
import { say, siteNamed, withStore, WrongUse } from './outcome.ts';

interface Options {
  site: string;
  subject?: string;
  reference?: string;
  purpose?: Record<string, string>;
  channel?: [string, string, string, string][];
  medium: string;
  at?: string;
  id?: string;
  follows?: string;
  notice?: string;
}

function purpose(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, id, state] = /^([^=/]+)=(\w+)$/.exec(text) ?? [];
  if (id === undefined || state === undefined)
    throw new InvalidArgumentError('it takes <purpose>=<state>, such as statistics=given');
  return { ...before, [id]: state };
}

function channel(text: string, before: [string, string, string, string][] = []): [string, string, string, string][] {
  const [, activity, sender, name, state] = /^([^=/]+)\/([^=/]+)\/([^=/]+)=(\w+)$/.exec(text) ?? [];
  if (!activity || !sender || !name || !state)
    throw new InvalidArgumentError('it takes <activity>/<sender>/<channel>=<state>, such as newsletter/shop/email=withdrawn');
  return [...before, [activity, sender, name, state]];
}

function choicesOf({ purpose: purposes, channel: given = [] }: Options): unknown {
  const channels: Record<string, Record<string, Record<string, string>>> = {};
  for (const [activity, sender, name, state] of given) {
    const senders = (channels[activity] ??= {});
    senders[sender] = { ...senders[sender], [name]: state };
  }
  return { ...(purposes ? { purposes } : {}), ...(given.length > 0 ? { channels } : {}) };
}

const attest = (options: Options): Promise<void> =>
  withStore(async (store, config) => {
    const { site: id, purpose: _, channel: __, ...rest } = options;
    const read = v.safeParse(NewAttestation, { ...rest, choices: choicesOf(options) });
    if (!read.success) throw new WrongUse(issueLine(read.issues[0]));
    await siteNamed(store, id);
    const signer = logSigner(readLogKey(config.logKeyFile));
    const context = await siteRegistry(store, signer).get(id);
    const now = new Date();
    try {
      const attestation = await newAttestation(store, context, read.output, { by: COMMAND_LINE.actor, now });
      await audit({ store, now: () => now }, COMMAND_LINE, 'attestation.create', { site: context.site, object: attestation.id });
      const place = await attestationWriter(store, signer).add(context.site, attestation, now, { marketing: context.marketing });
      const logged = await store.history.eventAt(context.site, place);
      if (logged)
        say(JSON.stringify(await attestationReceipt(store, context, logged, publicUrlOf(config, config.port)), null, 2));
    } catch (error) {
      if (error instanceof ProblemError) throw new WrongUse(error.message);
      throw error;
    }
  });

export const eventsAttestCommand = (events: Command): Command =>
  events
    .command('attest')
    .description('enter a choice that reached you without the data subject’s key, as your word; prints its receipt')
    .requiredOption('--site <name>', 'the site')
    .requiredOption('--medium <medium>', `how it reached you: ${MEDIA.join(', ')}`)
    .option('--subject <thumbprint>', 'the thumbprint of the subject’s key, where it is known')
    .option('--reference <number>', 'a number of your own, such as case-2026/17; never contact details')
    .option('--purpose <purpose=state>', 'what was said of a purpose (can be repeated)', purpose)
    .option('--channel <activity/sender/channel=state>', 'what was said of marketing (can be repeated)', channel)
    .option('--at <instant>', 'when it was said, such as 2026-11-22T10:00:00.000Z; otherwise now')
    .option('--follows <id>', 'the event of the subject that it follows')
    .option('--notice <hash>', 'the notice that was given')
    .option('--id <uuid>', 'a UUIDv7: the same once more changes nothing')
    .action(attest);
