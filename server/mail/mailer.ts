// Mail by SMTP (CANDOUR_SMTP). The one file that knows nodemailer.
import { randomUUID } from 'node:crypto';
import { Duplex, type Transform } from 'node:stream';

import type { Transporter } from 'nodemailer';

export interface Mail {
  to: string;
  /** Shown as the sender; the address is the service's. */
  fromName: string;
  subject: string;
  /** Plain text: nothing to render, nothing to track. */
  text: string;
  /** The same for readers who prefer it. */
  html?: string;
  /** Besides those that every mail of the service has. */
  headers?: Readonly<Record<string, string>>;
  /** Local part of the Message-ID, for mails that may be handed over more than once; otherwise a random one. */
  id?: string;
}

export interface Mailer {
  /**
   * Resolves when the server has taken it. Throws what the server or the network says. `handing` is awaited when all but the end has
   * been sent: before it resolves no server has the mail, and if it throws none gets it.
   */
  send(mail: Mail, handing?: () => Promise<void>): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 20_000;

/** Passes everything on, and its end only when that has resolved. */
const until = (handing: () => Promise<void>): Transform =>
  Duplex.from(async function* (mail: AsyncIterable<Buffer>) {
    yield* mail;
    await handing();
  }) as Transform;

/** `smtp://user:password@host:port?from=privacy@example.org`; without `from` the sender is no-reply at the service's host. */
export function smtpMailer(address: string, publicUrl: string): Mailer {
  const url = new URL(address);
  const from = url.searchParams.get('from') ?? `no-reply@${new URL(publicUrl).hostname}`;
  const secure = url.protocol === 'smtps:';
  const held = new Map<string, () => Promise<void>>();
  const open = async (): Promise<Transporter> => {
    // Read with the first mail: many services send none.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || (secure ? 465 : 587)),
      secure,
      ...(url.username
        ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }, requireTLS: !secure }
        : {}),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    transport.use('stream', (mail, done) => {
      const handing = held.get(mail.message.messageId());
      if (handing) mail.message.transform(() => until(handing));
      done();
    });
    return transport;
  };
  let opening: Promise<Transporter> | undefined;
  const host = from.slice(from.lastIndexOf('@') + 1);
  return {
    async send({ to, fromName, subject, text, html, headers = {}, id = randomUUID() }, handing) {
      const messageId = `<${id}@${host}>`;
      if (handing) held.set(messageId, handing);
      try {
        const transport = await (opening ??= open());
        await transport.sendMail({
          from: { name: fromName, address: from },
          to: { name: '', address: to },
          subject,
          text,
          ...(html === undefined ? {} : { html }),
          messageId,
          // Automatic: out-of-office answers are not wanted (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...headers },
        });
      } finally {
        held.delete(messageId);
      }
    },
    close: () => void opening?.then((transport) => transport.close()).catch(() => undefined),
  };
}
