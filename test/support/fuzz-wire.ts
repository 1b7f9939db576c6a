// One request over one connection, byte for byte, and all that came back.
import { connect } from 'node:net';

export interface Exchange {
  /** Latin-1. */
  answer: string;
  /** The service ended the connection in time. */
  ended: boolean;
}

/** ms; the request is whole or cut off, so that the service has nothing to wait for. */
const PATIENCE = 20_000;

export const exchange = (port: number, bytes: Buffer): Promise<Exchange> =>
  new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const done = (ended: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ answer: Buffer.concat(parts).toString('latin1'), ended });
    };
    const timer = setTimeout(() => done(false), PATIENCE);
    socket.on('data', (part: Buffer) => parts.push(part));
    // A reset is an end too: bytes that nobody reads any more are answered by one.
    socket
      .on('end', () => done(true))
      .on('error', () => done(true))
      .on('close', () => done(true));
    socket.end(bytes);
  });
