// What a site's write transaction asks of an engine, in bulk: the path of every consent event, so each engine has its own SQL for it
// (sqlite/site-rows.ts, postgres/site-rows.ts). Everything else is Kysely's query builder, which both engines understand.
import type { Transaction } from 'kysely';

import type { CountChanges, Head } from './store.ts';
import type { Tables } from './tables.ts';

/** What the transaction begins with: nobody else changes any of it until it ends. */
export interface LockedSite {
  head: Head;
  /** Of the active log key; null: the log was never started. */
  keyNumber: number | null;
  /** Highest `subject_key` that the site has; 0: none. */
  highestSubject: number;
  hasTombstones: boolean;
  hasWebhooks: boolean;
}

export type SubjectRow = Omit<Tables['subject'], 'site_key'>;
/** A body of a subject, with the hash of the event that its leaf cites. */
export type BodyRow = Omit<Tables['event_body'], 'site_key'> & { event: Uint8Array | null };

export type LeafRow = Omit<Tables['leaf'], 'site_key'>;
export type NodeRow = Omit<Tables['node'], 'site_key'>;

/** Rows that are appended together. */
export interface NewRows {
  leaves: LeafRow[];
  nodes: NodeRow[];
  subjects: SubjectRow[];
  bodies: Omit<Tables['event_body'], 'site_key'>[];
  counts: CountChanges[];
}

export interface FoundSubjects {
  subjects: SubjectRow[];
  bodies: BodyRow[];
}

export interface HeadChange {
  /** Added to the head's counts. */
  events: number;
  subjects: number;
  latestAt: number | null;
  /** What was signed; null: the tree stays. */
  checkpoint: Omit<Tables['checkpoint'], 'site_key'> | null;
}

/** One site, inside one transaction. */
export interface SiteRows {
  /**
   * Waits for whoever has the site's head row, and takes it: what is read after this is not out of date. Also gives what `find` would
   * of the same subjects, so that where each question is a message it takes one fewer.
   */
  lock(thumbprints: readonly Uint8Array[]): Promise<LockedSite & { found: FoundSubjects }>;
  /** Who of them is known, and all their events that have a body, of every epoch, in no order. */
  find(thumbprints: readonly Uint8Array[]): Promise<FoundSubjects>;
  /** Which of the hashes are there. */
  present(table: 'tombstone' | 'presentation', hashes: readonly Uint8Array[]): Promise<Uint8Array[]>;
  append(rows: NewRows): Promise<void>;
  changeHead(change: HeadChange): Promise<void>;
}

export type OpenSiteRows = (trx: Transaction<Tables>, siteKey: number) => SiteRows;
