// The account of a test of faults: every event that visitors sent, what was acknowledged, every signed head they ever saw;
// and the reckoning after the fault: nothing acknowledged missing, nothing twice, one tree.
import { expect } from 'vitest';

import { MAX_EVENTS, type EventsAnswer, type EventResult } from '../../shared/api.ts';
import { sameBytes, toBase64Url } from '../../shared/bytes.ts';
import { parseCheckpoint, verifyCheckpoint, type SignedCheckpoint } from '../../shared/log/checkpoint.ts';
import { parseConfig } from '../../server/config.ts';
import type { KeptHead } from '../../server/log/findings.ts';
import { formatLogKeys } from '../../server/log/key.ts';
import { verifyLog } from '../../server/log/verify.ts';
import { openStore } from '../../server/store/open.ts';
import { createVerifier } from '../../server/verifier.ts';
import { PAGE_ORIGIN, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { createSubject, type Subject } from '../support/subject.ts';

/** One browser: its events with their first acknowledgements, and those that it has no answer for. */
export interface Visitor {
  subject: Subject;
  acknowledged: Map<string, EventResult>;
  open: Set<string>;
  /** Those of which an attempt was refused or never answered, whatever became of them then. */
  cutOff: Set<string>;
}

export interface Figures {
  acknowledged: number;
  /** Sent and never answered, or refused; sent again later. */
  'cut off': number;
  missing: number;
  twice: number;
  'heads seen': number;
}

export interface Account {
  figures: Figures;
  visitor(): Promise<Visitor>;
  /** Writes an answer down. Throws where the service says other than it said before. */
  take(visitor: Visitor, asked: readonly string[], answer: EventsAnswer): void;
  /** How many events have been acknowledged so far. */
  acknowledgements(): number;
  /** A signed head that somebody was shown. */
  see(note: string): void;
  /** All of the visitors of before are asked again: each event has its first receipt, and what was cut off is taken once. */
  settle(service: ServiceProcess): Promise<void>;
  /** What `candour log verify` does, on the database itself, against every head that anybody saw. Settle before. */
  verify(): Promise<void>;
}

interface SeenHead {
  note: string;
  checkpoint: SignedCheckpoint;
}

/** @param figures of an earlier account, to go on counting. */
export function openAccount(workplace: Workplace, figures: Figures = noFigures()): Account {
  let unsettled: Visitor[] = [];
  const indices = new Set<number>();
  let [sent, counted] = [0, 0];
  const heads = new Map<string, SeenHead>();

  function see(note: string): void {
    const checkpoint = parseCheckpoint(note);
    const place = `${checkpoint.origin} ${checkpoint.size}`;
    const first = heads.get(place);
    if (!first) heads.set(place, { note, checkpoint });
    else expect(sameBytes(first.checkpoint.root, checkpoint.root), `two trees of ${place}:\n${first.note}\n${note}`).toBe(true);
  }

  function take(visitor: Visitor, asked: readonly string[], answer: EventsAnswer): void {
    see(answer.checkpoint);
    asked.forEach((jws, i) => {
      const result = answer.results[i];
      const first = visitor.acknowledged.get(jws);
      expect(result?.status, JSON.stringify(result)).toMatch(first ? /^duplicate$/ : /^(accepted|duplicate)$/);
      if (!result || result.index === undefined || result.checkpoint === undefined)
        throw new Error('an answer without a receipt');
      see(result.checkpoint);
      if (first) return expect({ ...result, status: '' }, 'the first receipt').toEqual({ ...first, status: '' });
      if (indices.has(result.index)) figures.twice += 1;
      indices.add(result.index);
      visitor.acknowledged.set(jws, result);
      if (!visitor.open.delete(jws)) throw new Error('an answer for an event that nobody sent');
      return undefined;
    });
  }

  async function visitor(): Promise<Visitor> {
    const made: Visitor = {
      subject: await createSubject({ log: workplace.log, origin: PAGE_ORIGIN }),
      acknowledged: new Map(),
      open: new Set(),
      cutOff: new Set(),
    };
    unsettled.push(made);
    return made;
  }

  async function settleOne(one: Visitor, service: ServiceProcess): Promise<void> {
    const [given, open] = [[...one.acknowledged.keys()], [...one.open]];
    figures.acknowledged += given.length;
    figures['cut off'] += one.cutOff.size;
    sent += given.length + open.length;
    for (let at = 0; at < given.length; at += MAX_EVENTS) {
      const again = given.slice(at, at + MAX_EVENTS);
      const answer = await service.post(again);
      // Had it been lost it would be new to the service now.
      figures.missing += answer.results.filter(({ status }) => status !== 'duplicate').length;
      take(one, again, answer);
    }
    for (let at = 0; at < open.length; at += MAX_EVENTS) {
      const again = open.slice(at, at + MAX_EVENTS);
      take(one, again, await service.post(again));
    }
  }

  async function settle(service: ServiceProcess): Promise<void> {
    await Promise.all(unsettled.map((one) => settleOne(one, service)));
    unsettled = [];
  }

  async function verify(): Promise<void> {
    const store = await openStore(parseConfig(workplace.env).database);
    try {
      const site = await store.site('example');
      if (!site) throw new Error('the site is gone');
      const [key] = await formatLogKeys(site, await store.logKeys(site));
      for (const { checkpoint, note } of heads.values())
        expect(await verifyCheckpoint(checkpoint, key?.key ?? '', createVerifier()), note).toBe(true);
      const kept = [...heads.values()].map(({ checkpoint: { origin, size, root } }): KeptHead => ({
        from: `the head of ${size} that a visitor saw (${toBase64Url(root)})`,
        epoch: Number(origin.slice(site.log.length + 1)),
        size,
        root,
      }));
      const verified = await verifyLog(store, site, { kept });
      expect(verified.findings).toEqual([]);
      expect([verified.size, verified.events], 'each event once, and no other').toEqual([sent, sent]);
      const shown = Math.max(...kept.map(({ size }) => size));
      expect(shown, 'the newest head was shown').toBe(verified.size);
    } finally {
      await store.close();
    }
    figures['heads seen'] += heads.size - counted;
    counted = heads.size;
  }

  return { figures, visitor, take, acknowledgements: () => indices.size, see, settle, verify };
}

export const noFigures = (): Figures => ({ acknowledged: 0, 'cut off': 0, missing: 0, twice: 0, 'heads seen': 0 });
