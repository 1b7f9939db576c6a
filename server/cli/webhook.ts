import { InvalidArgumentError, type Command } from 'commander';

import type { Config } from '../config.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import type { Site, Store } from '../store/store.ts';
import { WEBHOOK_TYPES, type WebhookType } from '../../shared/webhook.ts';
import { WebhookUrlError } from '../webhooks/address.ts';
import { addEndpoint } from '../webhooks/endpoints.ts';
import { secretSeal } from '../webhooks/secret.ts';
import { say, siteNamed, withStore, WrongUse } from './outcome.ts';

type Work = (store: Store, site: Site, config: Config) => Promise<void>;

const onSite = (id: string, work: Work): Promise<void> =>
  withStore(async (store, config) => work(store, await siteNamed(store, id), config));
const changed = (store: Store, site: Site, object: string): Promise<void> =>
  audit({ store, now: () => new Date() }, COMMAND_LINE, 'webhook.change', { site, object });

function type(value: string, before: WebhookType[] = []): WebhookType[] {
  const known = WEBHOOK_TYPES.find((one) => one === value);
  if (!known) throw new InvalidArgumentError(`it takes ${WEBHOOK_TYPES.join(', ')}`);
  return [...before, known];
}

const add = ({ site: id, url, type: types }: { site: string; url: string; type?: WebhookType[] }): Promise<void> =>
  onSite(id, async (store, site, { secret, previousSecret, webhookHosts }) => {
    if (secret === null) throw new WrongUse('CANDOUR_SECRET is not set: the secret of a webhook is kept sealed under it');
    try {
      const from = { store, seal: secretSeal(secret, previousSecret), allowed: webhookHosts, now: new Date() };
      await changed(store, site, 'new webhook');
      const made = await addEndpoint(from, site, { url, types: types ?? [...WEBHOOK_TYPES] });
      say(
        `Webhook ${made.id} to ${made.url}. The receiver checks signatures with this secret, shown once:\n\n  ${made.secret}\n`,
      );
    } catch (error) {
      if (error instanceof WebhookUrlError) throw new WrongUse(`--url: ${error.message}`);
      throw error;
    }
  });

const list = ({ site: id }: { site: string }): Promise<void> =>
  onSite(id, async (store, site) => {
    for (const { id: name, url, types, state } of await store.webhooks.endpoints(site))
      say(`${name}\t${state}\t${url}\t${types.join(' ')}`);
  });

const messages = ({ site: id, webhook, after }: { site: string; webhook: string; after: string }): Promise<void> =>
  onSite(id, async (store, site) => {
    for (const one of await store.webhooks.messages(site, webhook, Number(after), 100))
      say(
        `${one.number}\t${one.type}\tleaf ${one.index}\t${one.state}\t${one.attempts} attempt${one.attempts === 1 ? '' : 's'}\t${one.answer ?? '-'}`,
      );
  });

const setState =
  (state: 'active' | 'paused') =>
  ({ site: id, webhook }: { site: string; webhook: string }): Promise<void> =>
    onSite(id, async (store, site) => {
      await changed(store, site, `${webhook} ${state}`);
      if (!(await store.webhooks.setEndpointState(site, webhook, state))) throw new WrongUse(`there is no webhook ${webhook}`);
      say(`Webhook ${webhook} is ${state}.`);
    });

const remove = ({ site: id, webhook }: { site: string; webhook: string }): Promise<void> =>
  onSite(id, async (store, site) => {
    await changed(store, site, `${webhook} removed`);
    if (!(await store.webhooks.removeEndpoint(site, webhook))) throw new WrongUse(`there is no webhook ${webhook}`);
    say(`Webhook ${webhook} is gone, with what waited for it.`);
  });

const replay = (options: { site: string; webhook: string; since?: string; after: string; dead?: true }): Promise<void> =>
  onSite(options.site, async (store, site) => {
    const since = options.since === undefined ? 0 : Date.parse(options.since);
    if (Number.isNaN(since)) throw new WrongUse('--since takes a day or an instant');
    await changed(store, site, `${options.webhook} replayed`);
    const after = Number(options.after);
    if (!Number.isInteger(after) || after < 0) throw new WrongUse('--after takes the number of a message');
    const what = { since, after, deadOnly: options.dead === true };
    const count = await store.webhooks.replay(site, options.webhook, what, Date.now());
    say(`${count} message${count === 1 ? '' : 's'} will be sent again.`);
  });

export function webhookCommand(program: Command): Command {
  const webhook = program.command('webhook').description('who is told of choices, withdrawals and erasures');
  const sub = (name: string, description: string) =>
    webhook.command(name).description(description).requiredOption('--site <name>', 'the site');
  const one = (name: string, description: string) => sub(name, description).requiredOption('--webhook <id>', 'the webhook');
  sub('add', 'tell a receiver; prints the secret of its signatures once')
    .requiredOption('--url <url>', 'where to: https')
    .option('--type <type>', `what of, otherwise all: ${WEBHOOK_TYPES.join(', ')} (can be repeated)`, type)
    .action(add);
  sub('list', 'list the webhooks of a site').action(list);
  one('messages', 'list what was sent, waits or was given up')
    .option('--after <number>', 'behind that number', '0')
    .action(messages);
  one('pause', 'send nothing for now; what happens waits').action(setState('paused'));
  one('resume', 'send what waits').action(setState('active'));
  one('remove', 'forget a webhook').action(remove);
  one('replay', 'send again what was sent or given up')
    .option('--since <moment>', 'only what was made since then')
    .option('--after <number>', 'only what came behind that number', '0')
    .option('--dead', 'only what was given up, and what came behind it of the same person')
    .action(replay);
  return webhook;
}
