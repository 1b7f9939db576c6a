// A real SMTP server on loopback that keeps what it takes.
import type { AddressInfo } from 'node:net';

import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body as they came over the wire, quoted-printable taken apart. */
  text: string;
}

export interface MailServer {
  /** For CANDOUR_SMTP. */
  url: string;
  received: ReceivedMail[];
  /** While true every mail is refused for now (451), while `for ever` for good (550). */
  refusing: boolean | 'for ever';
  /** Awaited before a mail to that address is taken. */
  taking: (to: string) => Promise<void> | void;
  close(): Promise<void>;
}

/** Soft line breaks and =XX: enough for the plain text that the service writes. */
const readable = (raw: string): string => {
  const joined = raw.replaceAll('\r\n', '\n');
  if (!/^Content-Transfer-Encoding: quoted-printable$/im.test(joined)) return joined;
  const bytes = joined
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
};

export async function mailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (mail.refusing) {
          const responseCode = mail.refusing === 'for ever' ? 550 : 451;
          return done(Object.assign(new Error('refused'), { responseCode }));
        }
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        const text = readable(Buffer.concat(parts).toString('latin1'));
        const take = async (): Promise<void> => {
          for (const one of to) await mail.taking(one);
          received.push({ from: mailFrom ? mailFrom.address : '', to, text });
          done();
        };
        void take();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const mail: MailServer = {
    url: `smtp://127.0.0.1:${port}?from=privacy@consent.example`,
    received,
    refusing: false,
    taking: () => undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mail;
}
