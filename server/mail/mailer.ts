// Mail by SMTP (CANDOUR_SMTP). The one file that knows nodemailer.
import { createTransport } from 'nodemailer';

export interface Mail {
  to: string;
  /** Shown as the sender; the address is the service's. */
  fromName: string;
  subject: string;
  /** Plain text: nothing to render, nothing to track. */
  text: string;
}

export interface Mailer {
  /** Resolves when the server has taken it. Throws what the server or the network says. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 20_000;

/** `smtp://user:password@host:port?from=privacy@example.org`; without `from` the sender is no-reply at the service's host. */
export function smtpMailer(address: string, publicUrl: string): Mailer {
  const url = new URL(address);
  const from = url.searchParams.get('from') ?? `no-reply@${new URL(publicUrl).hostname}`;
  const secure = url.protocol === 'smtps:';
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
  return {
    async send({ to, fromName, subject, text }) {
      await transport.sendMail({
        from: { name: fromName, address: from },
        to: { name: '', address: to },
        subject,
        text,
        // Automatic, and no list to unsubscribe from: out-of-office answers are not wanted (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
    },
    close: () => transport.close(),
  };
}
