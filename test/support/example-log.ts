// A real log of one site, small enough to hold in a test: signs events and heads, gives receipts and consistency proofs.
import { createHash } from 'node:crypto';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { hashOf } from '../../shared/canonical.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { EVENT_TYP, jwsHash, signJws } from '../../shared/consent/jws.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import type { SubjectJwk } from '../../shared/crypto.ts';
import { checkpointBody, formatLogKey, keyId, signedNote } from '../../shared/log/checkpoint.ts';
import { leafBytes, type EventLeaf } from '../../shared/log/leaf.ts';
import { appendNodes, consistencyRanges, inclusionRanges, rangesToHashes, rootHash, type NodeId } from '../../shared/log/tree.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const FILLER = 'A'.repeat(43);

export const examplePresentation: Presentation = {
  v: 1,
  configuration: FILLER,
  notices: [FILLER],
  build: FILLER,
  language: 'en',
  layout: 'box',
  jurisdiction: 'GB',
  purposes: [{ id: 'statistics', mode: 'opt_in', default: 'off' }],
  words: [{ id: 'title', text: 'May we count visits?' }],
  controls: [{ id: 'reject_all', kind: 'button', name: 'Reject all' }],
};

export interface ExampleLog {
  logKey: string;
  size(): number;
  /** Appends an event of a new data subject and gives its receipt. */
  record(event: Partial<ConsentEvent> & Pick<ConsentEvent, 'origin'>): Promise<Receipt>;
  /** The signed head, also of an earlier size. */
  checkpoint(size?: number): Promise<string>;
  consistency(from: number, to: number): string[];
  /** As /.well-known/candour.json lists it. */
  published(): { site: string; log: string; keys: { key: string; state: 'active' }[] };
}

export async function exampleLog(service: string, site = 'shop', log = `${new URL(service).host}/${site}`): Promise<ExampleLog> {
  const signer = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', signer.publicKey));
  const logKey = await formatLogKey(log, publicKey, sha256);
  const nodes = new Map<string, Uint8Array>();
  const get = ({ level, index }: NodeId): Uint8Array => nodes.get(`${level}/${index}`) ?? new Uint8Array();
  let size = 0;

  const append = (leaf: EventLeaf): number => {
    for (const node of appendNodes(size, [sha256(leafBytes(leaf))], get, sha256))
      nodes.set(`${node.level}/${node.index}`, node.hash);
    return size++;
  };
  const checkpoint = async (at = size): Promise<string> => {
    const body = checkpointBody({ origin: `${log}/0`, size: at, root: rootHash(at, get, sha256) });
    const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', signer.privateKey, utf8(body)));
    return signedNote(body, log, await keyId(log, publicKey, sha256), signature);
  };

  return {
    logKey,
    size: () => size,
    checkpoint,
    consistency: (from, to) => rangesToHashes(consistencyRanges(from, to), get, sha256).map(toBase64Url),
    published: () => ({ site, log, keys: [{ key: logKey, state: 'active' }] }),
    async record(given) {
      const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
      const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
      const key: SubjectJwk = { crv: 'P-256', kty: 'EC', x, y };
      const payload: ConsentEvent = {
        v: 1,
        id: `019abcde-0000-7000-8000-${String(size).padStart(12, '0')}`,
        log,
        seq: 1,
        prev: null,
        at: `2026-11-22T10:00:${String(size % 60).padStart(2, '0')}.000Z`,
        nonce: 'A'.repeat(22),
        start: { kind: 'new' },
        method: 'reject_all',
        actor: 'self',
        purposes: { statistics: 'refused', advertising: 'refused' },
        terms: FILLER,
        presentation: await hashOf(examplePresentation, sha256),
        gpc: false,
        ...given,
      };
      const event = await signJws(
        key,
        EVENT_TYP,
        payload,
        async (data) => new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data)),
      );
      const leaf: EventLeaf = {
        kind: 'event',
        event: await jwsHash(event, sha256),
        receivedAt: '2026-11-22T10:01:00.000Z',
        skew: 5,
      };
      const index = append(leaf);
      return {
        v: 1,
        service,
        site,
        log,
        event,
        presentation: examplePresentation,
        logKey,
        index,
        leaf,
        proof: rangesToHashes(inclusionRanges(index, size), get, sha256).map(toBase64Url),
        checkpoint: await checkpoint(),
      };
    },
  };
}
