// candour rights: the register of data subjects' requests on the command line. Each look and each step is in the audit log.
import { readFile, writeFile } from 'node:fs/promises';

import type { Command } from 'commander';
import { pino } from 'pino';
import * as v from 'valibot';

import { NewRequest, NewStep, type RequestDetails, type RequestSummary } from '../../shared/rights/api.ts';
import { CLOCK_NOTES, type ClockNote } from '../../shared/rights/clock.ts';
import { REQUEST_ACTIONS, REQUEST_KINDS, REQUEST_STATES } from '../../shared/rights/request.ts';
import type { AuditAction } from '../../shared/operator.ts';
import { attestationWriter, type AttestationWriter } from '../attest/attest.ts';
import { publicUrlOf, type Config } from '../config.ts';
import { followedLog, followedStore } from '../kept/followed.ts';
import { keptList } from '../kept/kept-list.ts';
import { logSigner, readLogKey } from '../log/key.ts';
import { logWriter } from '../log/writer.ts';
import { linksWith } from '../marketing/desk.ts';
import type { Links } from '../marketing/links.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { accessPack } from '../rights/access-pack.ts';
import { act, type Desk } from '../rights/carry-out.ts';
import { rightsDesk } from '../rights/desk.ts';
import { accessPackZip, portabilityPackZip } from '../rights/pack-files.ts';
import { portabilityPack } from '../rights/portability-pack.ts';
import { addRequest, detailsOf, requestNamed, summaryOf } from '../rights/register.ts';
import { keptLookupKey } from '../rights/rotate-secret.ts';
import { siteRegistry, type SiteContext } from '../site-context.ts';
import type { Store } from '../store/store.ts';
import { counted, say, siteNamed, withStore, WrongUse } from './outcome.ts';

export interface CommandDesk extends Desk {
  context: SiteContext;
  attestations: AttestationWriter;
  links: Links | null;
  publicUrl: string;
  told(action: AuditAction, object: string | null): Promise<void>;
}

/** What was done stands: that it is not in the kept list is for whoever restores a backup to know. */
const TOLD = { error: (what: object, text: string): void => void process.stderr.write(`${text} (${JSON.stringify(what)})\n`) };

/** What a request lacks is wrong use of the command. */
export async function withDesk(site: string, work: (desk: CommandDesk) => Promise<void>): Promise<void> {
  await withStore(async (opened: Store, config: Config) => {
    await siteNamed(opened, site);
    const kept =
      config.keptList === null ? null : keptList({ store: opened, file: config.keptList, logger: TOLD }, { start: false });
    const store = kept ? followedStore(opened, kept) : opened;
    const signer = logSigner(readLogKey(config.logKeyFile));
    const sites = siteRegistry(store, signer);
    const context = await sites.get(site);
    const publicUrl = publicUrlOf(config, config.port);
    const now = (): Date => new Date();
    const logger = pino({ level: 'silent' });
    const lookupKey = await keptLookupKey(store, config);
    const { vault, mailer } = rightsDesk({ ...config, lookupKey }, { store, sites, publicUrl, logger, now });
    const told = (action: AuditAction, object: string | null) =>
      audit({ store, now }, COMMAND_LINE, action, { site: context.site, object });
    try {
      await work({
        store,
        vault,
        mailer,
        now,
        logger,
        log: kept ? followedLog(logWriter(store, signer), kept) : logWriter(store, signer),
        attestations: attestationWriter(store, signer),
        links: linksWith({ ...config, lookupKey }),
        context,
        publicUrl,
        told,
      });
    } catch (error) {
      if (error instanceof ProblemError) throw new WrongUse(error.message);
      throw error;
    } finally {
      mailer?.close();
    }
  });
}

const dueWords = ({ clock, closedAt }: RequestSummary): string => {
  if (closedAt !== null) return `closed ${closedAt.slice(0, 10)}`;
  const due = clock.answer ?? clock.acknowledge;
  return due
    ? `due ${due.day}${due.day === due.counted ? '' : ` (counted ${due.counted})`}`
    : clock.waitingFor.length > 0
      ? `waits for ${clock.waitingFor.join(', ')}`
      : 'without undue delay';
};

interface SiteOption {
  site: string;
}

const list = ({ site, state, json }: SiteOption & { state?: string; json?: true }): Promise<void> =>
  withDesk(site, async (desk) => {
    const states = REQUEST_STATES.filter((each) =>
      state === undefined ? each === 'open' || each.startsWith('awaiting_') : state === 'all' || each === state,
    );
    if (states.length === 0) throw new WrongUse(`--state takes all, ${REQUEST_STATES.join(', ')}`);
    await desk.told('request.read', null);
    const found = await desk.store.rights.list(desk.context.site, { states });
    const requests = await Promise.all(found.map((request) => summaryOf(desk, desk.context, request)));
    if (json) return say(JSON.stringify({ requests }, null, 2));
    if (requests.length === 0) say('no such request');
    for (const one of requests)
      say(`${one.id}\t${one.kind}\t${one.state}\tcame ${one.receivedAt.slice(0, 10)}\t${dueWords(one)}`);
  });

function sayDetails(request: RequestDetails): void {
  say(
    `${request.id}: ${request.kind}, ${request.state}; came ${request.receivedAt.slice(0, 10)} (${request.via}); ${dueWords(request)}`,
  );
  for (const note of request.clock.notes) say(`  ${CLOCK_NOTES[note as ClockNote] ?? note}`);
  if (request.clock.extendBy !== null && request.closedAt === null)
    say(`  An extension can be told until ${request.clock.extendBy}.`);
  if (request.subject !== null) say(`  subject ${request.subject}`);
  say(request.contact ? `  ${request.contact.email ?? 'no address'}` : '  Who made it was erased.');
  if (request.contact?.reference) say(`  reference: ${request.contact.reference}`);
  if (request.contact?.message) say(`  ${request.contact.message.replaceAll('\n', '\n  ')}`);
  for (const { at, action, actor, reason } of request.steps)
    say(`  ${at.slice(0, 16)} ${action} by ${actor}${reason ? `: ${reason}` : ''}`);
  if (request.actions.length > 0) say(`  possible now: ${request.actions.join(', ')}`);
}

const show = (id: string, { site, json }: SiteOption & { json?: true }): Promise<void> =>
  withDesk(site, async (desk) => {
    const request = await requestNamed(desk, desk.context, id);
    await desk.told('request.read', id);
    const details = await detailsOf(desk, desk.context, request);
    if (json) say(JSON.stringify(details, null, 2));
    else sayDetails(details);
  });

interface NewOptions extends SiteOption {
  received?: string;
  email?: string;
  subject?: string;
  message?: string;
}

const add = (kind: string, { site, ...given }: NewOptions): Promise<void> =>
  withDesk(site, async (desk) => {
    const read = v.safeParse(NewRequest, { kind, ...given });
    if (!read.success) throw new WrongUse(`${v.getDotPath(read.issues[0]) ?? 'the request'}: ${read.issues[0].message}`);
    await desk.told('request.change', `new ${read.output.kind}`);
    const id = await addRequest(desk, desk.context, { ...read.output, via: 'operator' });
    sayDetails(await detailsOf(desk, desk.context, await requestNamed(desk, desk.context, id)));
  });

const step = (id: string, action: string, { site, reason }: SiteOption & { reason?: string }): Promise<void> =>
  withDesk(site, async (desk) => {
    const read = v.safeParse(NewStep, { action, ...(reason === undefined ? {} : { reason }) });
    if (!read.success) throw new WrongUse(`${v.getDotPath(read.issues[0]) ?? 'the step'}: ${read.issues[0].message}`);
    const request = await requestNamed(desk, desk.context, id);
    await desk.told('request.change', `${id} ${read.output.action}`);
    const done = await act(desk, desk.context, request, { ...read.output, actor: COMMAND_LINE.actor });
    if (done.erased !== undefined) say(`${counted(done.erased, 'event')} erased.`);
    if (done.unlinked)
      say('No subject was linked (candour rights link): no recorded choice was touched, and the data subject is told so.');
    if (done.told === false)
      say('The letter to the data subject did NOT go out: CANDOUR_SMTP is not set or its server did not take it.');
    if (done.told === null) say('No address is known: tell the data subject yourself.');
    sayDetails(await detailsOf(desk, desk.context, await requestNamed(desk, desk.context, id)));
  });

const pack = (id: string, { site, out, portability }: SiteOption & { out?: string; portability?: true }): Promise<void> =>
  withDesk(site, async (desk) => {
    const request = await requestNamed(desk, desk.context, id);
    await desk.told('request.read', `${id} ${portability ? 'portability' : 'access'} pack`);
    if (portability && request.subject === null)
      throw new WrongUse('say first which subject the request is about: candour rights link');
    const { name, zip } =
      portability && request.subject !== null
        ? portabilityPackZip(await portabilityPack(desk, desk.context, request.subject))
        : accessPackZip(await accessPack(desk, desk.context, { subject: request.subject, request }));
    const file = out ?? name;
    // It is somebody's data: nobody else on the machine reads it.
    await writeFile(file, zip, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw new WrongUse(`${file}: ${error.code === 'EEXIST' ? 'is there already' : error.message}`);
    });
    say(`${file}: ${(await readFile(file)).length} bytes`);
  });

const link = (id: string, subject: string, { site }: SiteOption): Promise<void> =>
  withDesk(site, async (desk) => {
    const read = v.safeParse(NewRequest.entries.subject, subject);
    if (!read.success || read.output === undefined)
      throw new WrongUse('a subject is named by the thumbprint of its key: 43 base64url characters');
    await requestNamed(desk, desk.context, id);
    await desk.told('request.change', `${id} subject`);
    await desk.store.rights.setSubject(desk.context.site, id, read.output);
    sayDetails(await detailsOf(desk, desk.context, await requestNamed(desk, desk.context, id)));
  });

const forget = (id: string, { site }: SiteOption): Promise<void> =>
  withDesk(site, async (desk) => {
    await requestNamed(desk, desk.context, id);
    await desk.told('request.change', `${id} contact erased`);
    say((await desk.store.rights.eraseKey(desk.context.site, id)) ? 'Who made it is erased.' : 'Who made it was erased before.');
  });

export function rightsCommand(program: Command): Command {
  const rights = program
    .command('rights')
    .description('requests of data subjects: access, erasure, objection, complaint and the others');
  const of = (name: string, description: string): Command =>
    rights.command(name).description(description).requiredOption('--site <name>', 'the site');
  of('list', 'those that are not closed, the oldest first, with the day on which the answer is due')
    .option('--state <state>', `all, ${REQUEST_STATES.join(', ')}`)
    .option('--json', 'as JSON')
    .action(list);
  of('show', 'one request: who, what, its clock, its steps, what can be done now')
    .argument('<id>')
    .option('--json', 'as JSON')
    .action(show);
  of('new', 'enter one that came by letter, by telephone or to another address')
    .argument('<kind>', REQUEST_KINDS.join(', '))
    .option('--received <day>', 'when it came in (2026-11-22); otherwise today')
    .option('--email <address>', 'where the answer goes')
    .option('--subject <thumbprint>', 'whose choices it is about')
    .option('--message <text>', 'what was asked')
    .action(add);
  of('step', 'do something about it; the data subject is told by mail where an address is known')
    .argument('<id>')
    .argument('<action>', REQUEST_ACTIONS.filter((action) => action !== 'confirm').join(', '))
    .option('--reason <text>', 'told to the data subject; needed to extend, refuse, ask_fee and ask_identity')
    .action(step);
  of('link', 'say which subject it is about')
    .argument('<id>')
    .argument('<thumbprint>', 'where it begins with a hyphen, put -- before it')
    .action(link);
  of('pack', 'write the answer to an access request as a zip')
    .argument('<id>')
    .option('--portability', 'the answer to a portability request')
    .option('--out <file>', 'where to')
    .action(pack);
  of('forget', 'erase who made it; that it was made stays').argument('<id>').action(forget);
  return rights;
}
