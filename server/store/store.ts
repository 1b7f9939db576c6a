// What the service keeps, as an interface that each database engine implements (contract.ts holds them to it).
// Hashes and keys are bytes here; the text forms belong to HTTP.
import type { SubjectJwk } from '../../shared/crypto.ts';
import type { Leaf } from '../../shared/log/leaf.ts';
import type { NodeId } from '../../shared/log/tree.ts';
import type { Suppression } from '../../shared/marketing/suppression.ts';
import type { NoticeKind } from '../../shared/notice/schema.ts';
import type { Role } from '../../shared/operator.ts';
import { OperatorError } from '../operator-error.ts';
import type { AuditStore } from './audit.ts';
import type { ContactStore, Mention, NewContact, StoredContact } from './contacts.ts';
import type { HistoryStore } from './history.ts';
import type { ConfirmationMail, MarketingMailStore } from './marketing-mail.ts';
import type { WebhookStore } from './webhooks.ts';
import type { PasskeyStore } from './passkeys.ts';
import type { BuildStore } from './builds.ts';
import type { PinStore } from './pins.ts';
import type { WitnessStore } from './witnesses.ts';
import type { RetentionStore } from './retention.ts';
import type { RightsStore } from './rights.ts';
import type { SuppressionStore } from './suppressions.ts';
import type { TombstoneStore } from './tombstones.ts';

export interface Site {
  /** Small integer: the beginning of every primary key. */
  key: number;
  id: string;
  name: string;
  /** The log id: never changes, even if the service's URL does. */
  log: string;
  origins: string[];
  /** Raised with every change of the site or its documents. */
  revision: number;
  /** Of the telephone numbers that come without a country; in no table: the site's context takes it from the configuration. */
  callingCode?: string | null;
}

export type DocumentKind = NoticeKind | 'configuration';
/** A published document: its body is the canonical JSON whose SHA-256 is the hash. */
export interface Document {
  hash: string;
  kind: DocumentKind;
  body: string;
  /** ms since 1970. */
  publishedAt: number;
  current: boolean;
}

export interface LogKey {
  number: number;
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array;
  state: 'active' | 'retired';
}

export interface Head {
  epoch: number;
  size: number;
  /** 32 bytes. */
  root: Uint8Array;
}

/** A head that was signed: one per commit. */
export interface Checkpoint extends Head {
  keyNumber: number;
  /** Ed25519, 64 bytes. */
  signature: Uint8Array;
}

export interface StoredLeaf {
  index: number;
  leaf: Leaf;
  hash: Uint8Array;
}

/** A consent event's body: all that is needed to give its JWS back byte for byte. */
export interface EventBody {
  /** Index means the leaf of this epoch. */
  epoch: number;
  index: number;
  /** RFC 7638 thumbprint, 43 base64url characters. */
  subject: string;
  key: SubjectJwk;
  id: string;
  seq: number;
  payload: Uint8Array;
  signature: Uint8Array;
}
export interface LoggedEvent extends EventBody {
  leaf: Leaf;
}

/** An event among its subject's others. */
export interface HistoryEntry extends EventBody {
  /** jwsHash of the event. */
  hash: string;
}

export interface DayCounts {
  events: number;
  given: number;
  refused: number;
  withdrawn: number;
  objected: number;
}
export interface CountChanges {
  day: string;
  counts: DayCounts;
  /** Of the newest event of each subject; may be negative. */
  purposes: { purpose: string; state: string; change: number }[];
  /** ms since 1970 of the newest event, if one was added. */
  latestAt: number | null;
}

export interface Totals {
  events: number;
  subjects: number;
  latestAt: number | null;
}

export interface Credential {
  id: string;
  kind: 'api_key' | 'session' | 'sign_in';
  name: string;
  role: Role;
  /** SHA-256 of the secret part. */
  secretHash: Uint8Array;
  createdAt: number;
  /** ms since 1970; null: until revoked. */
  expiresAt: number | null;
  /** The only site that it is for; null: all. */
  site: string | null;
  /** Of a session: the id of the API key that it was opened with and ends with. */
  parent: string | null;
}

/** Inside a transaction that holds the site's head row. What it wrote is durable when `write` resolves, and gone when it rejects. */
export interface SiteTransaction {
  readonly head: Head;
  /** From here on the head is the empty tree of that epoch, which must be a later one: what is appended now comes first in it. */
  beginEpoch(epoch: number): void;
  /** Number of the log's active key; 0: the log was never started. */
  readonly keyNumber: number;
  /** All events of these subjects that have a body, of every epoch, by seq and then by arrival. */
  histories(subjects: readonly string[]): Promise<HistoryEntry[]>;
  /** Which of the tombstones are there, in base64url. */
  findTombstones(hashes: readonly string[]): Promise<Set<string>>;
  /** Throws RangeError when a node is not there. */
  nodes(ids: readonly NodeId[]): Promise<(id: NodeId) => Uint8Array>;
  /** Which of the presentations are there. */
  findPresentations(hashes: readonly string[]): Promise<Set<string>>;
  appendLeaves(leaves: readonly StoredLeaf[], nodes: readonly (NodeId & { hash: Uint8Array })[]): Promise<void>;
  addEvents(events: readonly EventBody[]): Promise<void>;
  addPresentations(presentations: readonly { hash: string; body: string }[]): Promise<void>;
  /** Called before the erasure leaf is appended; appending that leaf is what removes the bodies it names. */
  addTombstones(hashes: readonly string[]): Promise<void>;
  /** Forgets the subject's key once no body is left. */
  removeSubject(subject: string): Promise<void>;
  count(changes: CountChanges): Promise<void>;
  /** The contacts that they are: new ones, or those that were there. In order. */
  rememberContacts(contacts: readonly NewContact[], at: number): Promise<StoredContact[]>;
  /** Contacts whose address came with an event of one of them. */
  contactsOf(subjects: readonly string[]): Promise<(StoredContact & { subject: string })[]>;
  /** Those of them that are there. */
  contacts(ids: readonly string[]): Promise<StoredContact[]>;
  mention(mentions: readonly Mention[]): Promise<void>;
  /**
   * Forgets which addresses came with events of these subjects. A contact of which nothing else is left, nothing said by others and
   * nothing stated, is erased; `own` gives the name that stands for the contact itself. Gives how many were erased.
   */
  forgetContactsOf(subjects: readonly string[], own: (contact: string) => string, at: number): Promise<number>;
  /** What is there already stays; what is new is told to webhooks. */
  suppress(entries: readonly Suppression[]): Promise<void>;
  /** To be sent once this is committed; one that is there already stays. */
  addConfirmationMail(mail: ConfirmationMail): Promise<void>;
  /** What the token confirms; it is used up by this. Null: it is unknown, used or out of date. */
  useMailToken(token: Uint8Array, now: number): Promise<ConfirmationMail | null>;
  /** Writes what was appended so far: what the database refuses fails here, before anything is signed. */
  flush(): Promise<void>;
  /** Stores what was signed, with the transaction's last statement. */
  setHead(checkpoint: Checkpoint): Promise<void>;
}

/** The database would not keep what it acknowledges; its message is one line for people. */
export class NotDurableError extends OperatorError {
  override name = 'NotDurableError';
}

export interface StoreReading {
  sites(): Promise<Site[]>;
  site(id: string): Promise<Site | null>;
  /** Without bodies of old versions being lost: all that the site ever published, newest first. */
  documents(site: Site): Promise<Document[]>;
  document(hash: string, kinds: 'notice' | 'configuration'): Promise<(Document & { site: string; siteName: string }) | null>;
  presentation(hash: string): Promise<string | null>;
  logKeys(site: Site): Promise<LogKey[]>;
  head(site: Site): Promise<Head>;
  /** The signed head of that size; without size the newest. */
  checkpoint(site: Site, epoch: number, size?: number): Promise<Checkpoint | null>;
  /** The first signed head that holds the leaf: the one of its first receipt. */
  firstCheckpoint(site: Site, epoch: number, index: number): Promise<Checkpoint | null>;
  checkpoints(site: Site, epoch: number, sizes: { from: number; limit: number }): Promise<Checkpoint[]>;
  leaves(site: Site, epoch: number, start: number, end: number): Promise<StoredLeaf[]>;
  bodies(site: Site, epoch: number, start: number, end: number): Promise<EventBody[]>;
  nodes(site: Site, epoch: number, ids: readonly NodeId[]): Promise<(id: NodeId) => Uint8Array>;
  event(site: Site, subject: string, id: string): Promise<LoggedEvent | null>;
  subjectEvents(site: Site, subject: string): Promise<LoggedEvent[]>;
  /** Of all of them, in no order. */
  eventsOfSubjects(site: Site, subjects: readonly string[]): Promise<LoggedEvent[]>;
  /** Of the current epoch, newest first, below the index `before`. */
  events(site: Site, before: number, limit: number): Promise<LoggedEvent[]>;
  totals(site: Site): Promise<Totals>;
  days(site: Site, from: string): Promise<({ day: string } & DayCounts)[]>;
  purposeCounts(site: Site): Promise<{ purpose: string; state: string; count: number }[]>;
  credential(kind: Credential['kind'], id: string): Promise<Credential | null>;
  credentials(kind: Credential['kind']): Promise<Credential[]>;
}

export interface Store extends StoreReading {
  /** What the engine says of itself now, for the start's check and for people: {"synchronous": "2 (FULL)"}. Throws NotDurableError. */
  durability(): Promise<Record<string, string>>;
  /** Throws unless the database answers, keeps what it acknowledges and all migrations are done. */
  ready(): Promise<void>;
  close(): Promise<void>;
  /** Whether it is a copy that `candour restore` has not come to the end with: nothing may be signed for it. */
  isCopy(): Promise<boolean>;
  /** Empties what the engine keeps of erased rows beside its tables (a journal), as far as no reader is in the way. */
  forget(): Promise<void>;
  /** All that `work` reads is of one moment, whatever is written meanwhile. Other reads of this process may wait for it. */
  snapshot<T>(work: (moment: StoreReading) => Promise<T>): Promise<T>;

  /** Makes or changes a site and publishes documents in one transaction. The log id of an existing site stays. Idempotent. */
  publish(site: Pick<Site, 'id' | 'name' | 'log' | 'origins'>, documents: readonly Omit<Document, 'current'>[]): Promise<Site>;

  /** Records the log's first key with the signed head of the empty tree. Does nothing where there is a key. */
  startLog(site: Site, publicKey: Uint8Array, empty: Omit<Checkpoint, 'keyNumber'>): Promise<void>;
  /** The active key retires, this one signs from the next head on; the site's revision is raised. Does nothing where it is active already, or the log was never started. */
  rotateLogKey(site: Site, publicKey: Uint8Array): Promise<void>;
  /** `expected`: the subjects, each once, whose histories the work asks for before anything else. */
  write<T>(site: Site, work: (transaction: SiteTransaction) => Promise<T>, expected?: readonly string[]): Promise<T>;

  /** False if that id was used before. `until` in ms: when it may be forgotten. */
  useRequestId(site: Site, jti: string, now: number, until: number): Promise<boolean>;

  addCredential(credential: Credential): Promise<void>;
  /** False if there is none: of two that race for a one-time token, one wins. */
  removeCredential(kind: Credential['kind'], id: string): Promise<boolean>;

  /** What proving and exporting read. */
  readonly history: HistoryStore;
  /** Who is told of events, and what waits to be told. */
  readonly webhooks: WebhookStore;
  /** Who cosigns the heads, and what they cosigned. */
  readonly witnesses: WitnessStore;
  /** Scripts that never change. */
  readonly pins: PinStore;
  /** Each build of the widget that was given out. */
  readonly builds: BuildStore;
  /** How the people of the dashboard sign in. */
  readonly passkeys: PasskeyStore;
  /** Who of the operator's people read or changed what. */
  readonly audit: AuditStore;
  /** Who opted in to marketing, under which address. */
  readonly contacts: ContactStore;
  /** Mails about messages that wait to be sent. */
  readonly marketingMail: MarketingMailStore;
  /** Who is not to be written to. */
  readonly suppressions: SuppressionStore;
  /** Of erased events. */
  readonly tombstones: TombstoneStore;
  rights: RightsStore;
  retention: RetentionStore;
}
