// Sends one message: signed as the Standard Webhooks specification says, to a public address, without following redirects.
import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

import { publicLookup, webhookUrl } from './address.ts';
import { secretBytes } from './secret.ts';

const TIMEOUT = 10_000;

export interface Outgoing {
  url: string;
  secret: string;
  /** The same at each attempt: the receiver knows a message again by it. */
  id: string;
  body: string;
}

/** `v1,` and base64 of HMAC-SHA-256 over "<id>.<timestamp>.<body>". `timestamp` in seconds since 1970. */
export const signature = (secret: string, id: string, timestamp: number, body: string): string =>
  `v1,${createHmac('sha256', secretBytes(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`;

export type Send = (outgoing: Outgoing, now: Date) => Promise<number>;

/** Gives the status of the answer; what it says is not read. Rejects where there is none. */
export const sender =
  (allowed: readonly string[]): Send =>
  (outgoing, now) =>
    new Promise((resolve, reject) => {
      const url = webhookUrl(outgoing.url, allowed);
      const timestamp = Math.floor(now.getTime() / 1000);
      const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
        url,
        {
          method: 'POST',
          lookup: publicLookup(allowed),
          signal: AbortSignal.timeout(TIMEOUT),
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(outgoing.body),
            'User-Agent': 'Candour',
            'webhook-id': outgoing.id,
            'webhook-timestamp': String(timestamp),
            'webhook-signature': signature(outgoing.secret, outgoing.id, timestamp, outgoing.body),
          },
          agent: false,
        },
        (response) => {
          resolve(response.statusCode ?? 0);
          response.destroy();
        },
      );
      request.on('error', reject);
      request.end(outgoing.body);
    });
