// An address as a preview shows it: enough to see that the right column was taken, not to write to anybody.
import type { AddressKind } from '../../../shared/marketing/channel.ts';

const first = (text: string): string => String.fromCodePoint(...[text.codePointAt(0) ?? 0x2026]);

export function maskedAddress(kind: AddressKind, text: string): string {
  if (kind === 'email') {
    const [local = '', domain = ''] = text.trim().split(/@(?=[^@]*$)/);
    const last = domain.includes('.') ? domain.slice(domain.lastIndexOf('.')) : '';
    return `${first(local)}…@${first(domain)}…${last}`;
  }
  return kind === 'phone' ? `${text.trim().slice(0, 3)}…${text.trim().slice(-2)}` : `${first(text.trim())}…`;
}
