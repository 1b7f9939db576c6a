// How often a mail that waits in an outbox is tried: the same for letters about requests and mails about messages.

/** ms before the next attempt, by how many failed; after the last one, two days later, a mail is given up. */
export const PAUSES: readonly number[] = [1, 5, 15, 60, 180, 360, 720, 1440].map((minutes) => minutes * 60_000);
/** ms that a mail is lent to one process: longer than an attempt can take. */
export const LEASE = 5 * 60_000;
/** Taken at a time. */
export const BATCH = 20;
