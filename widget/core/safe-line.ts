// Which services a contact may be sent to: by TLS, or to this very machine.

const SAFE = /^https:|^http:\/\/(?:(?:[\w-]+\.)*localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?:\/|$)/;

/** `service`: its origin, from the boot. */
export const isSafeLine = (service: string): boolean => SAFE.test(service);
