// What stays after an erasure, in words for whoever asked for it and for whoever did it.

export const KEPT = {
  log: 'The log keeps the hash of each erased record, and an entry that says that it was erased. Neither tells who it was about or what was chosen.',
  tombstones: 'A hash of each erased record keeps it from being stored again by mistake.',
  requests: 'That a request was made, of which kind, on which days and how it ended, without who made it.',
  open_request: 'The address of a request that is still open, until it is answered and its time is over.',
  suppression:
    'The keyed hash of an address that asked for no marketing stays, so that it is not written to again. It holds no address.',
} as const;
export type Kept = keyof typeof KEPT;
