// One request over one connection, byte for byte, and all that came back.
import { connect } from 'node:net';

export interface Exchange {
  /** Latin-1. */
  answer: string;
  /** The service ended the connection in time. */
  ended: boolean;
}

/** ms until the connection must be over. */
const PATIENCE = 30_000;
/** ms until we say that nothing more comes from us: to a service that waits for the rest of what was cut off, or for a second request. */
const SILENT = 1_500;
const ANSWERED = 150;

export const exchange = (port: number, bytes: Buffer): Promise<Exchange> =>
  new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const done = (ended: boolean): void => {
      clearTimeout(patience);
      clearTimeout(silence);
      socket.destroy();
      resolve({ answer: Buffer.concat(parts).toString('latin1'), ended });
    };
    const patience = setTimeout(() => done(false), PATIENCE);
    // Not at once: Node gives no answer to who has already ended their side.
    let silence = setTimeout(() => socket.end(), SILENT);
    socket.on('data', (part: Buffer) => {
      parts.push(part);
      clearTimeout(silence);
      silence = setTimeout(() => socket.end(), ANSWERED);
    });
    // A reset is an end too: bytes that nobody reads any more are answered by one.
    for (const event of ['end', 'error', 'close']) socket.on(event, () => done(true));
    socket.write(bytes);
  });
