// What the page may rely on: `window.candour` and the DOM events on `document` (docs/widget-api.md). No imports: these types are given
// out as they stand, with the module and the React binding. api.test.ts holds them against the types inside.

/** What somebody chose. */
export type ChosenState = 'given' | 'refused' | 'withdrawn' | 'objected' | 'not_objected';
/** What that is worth now; the last three count as no choice. */
export type PurposeStatus = ChosenState | 'unknown' | 'expired' | 'superseded';

/** How a choice was made. */
export type ChoiceMethod =
  | 'accept_all'
  | 'reject_all'
  | 'save_choices'
  | 'withdraw'
  | 'object'
  | 'form'
  | 'unsubscribe'
  | 'extension'
  | 'import'
  | 'api';

/** `candour:ready` */
export interface ReadyDetail {
  status: Record<string, PurposeStatus>;
  /** Is the visitor being asked? */
  asks: boolean;
}

/** `candour:decision`: fires when the choice is durably written. */
export interface DecisionDetail {
  method: ChoiceMethod;
  purposes: Record<string, ChosenState>;
  status: Record<string, PurposeStatus>;
  /** Event id; null where the choice stays on this device only. */
  event: string | null;
  /** Names of declared items that could not be deleted from here (another site's, or HttpOnly). */
  kept: string[];
  /** When what ran for an ended purpose stops: nothing of it runs (any more), with the reload that follows, or with the next page. */
  ends: 'already' | 'reload' | 'next-page';
}

/** `candour:sync` */
export interface SyncDetail {
  state: 'pending' | 'acknowledged' | 'parked' | 'local';
  /** A stable code: why it is pending, parked or local. */
  reason?: string;
  /** Event ids. */
  events: string[];
}

export interface CandourEvents {
  ready: ReadyDetail;
  decision: DecisionDetail;
  sync: SyncDetail;
}

/** Exactly what was on screen when the choice was made. */
export interface ShownThen {
  v: 1;
  configuration: string;
  notices: string[];
  build: string;
  /** BCP 47. */
  language: string;
  layout: string;
  jurisdiction: string;
  purposes: { id: string; mode: 'info_only' | 'opt_in' | 'opt_out'; default: 'on' | 'off' | ChosenState }[];
  words: { id: string; text: string }[];
  controls: { id: string; kind: 'button' | 'checkbox' | 'switch' | 'link'; name: string }[];
}

/** A choice with the proof that the service recorded it; anyone can check it offline. */
export interface ChoiceReceipt {
  v: 1;
  service: string;
  site: string;
  log: string;
  /** The signed event: a compact JWS. */
  event: string;
  /** Null for what was restored or imported: what was on screen is not known. */
  presentation: ShownThen | null;
  /** C2SP verifier key of the log. */
  logKey: string;
  /** Place in the log. */
  index: number;
  leaf: { kind: 'event' | 'attestation'; event: string; receivedAt: string; skew: number };
  /** Inclusion proof, nearest sibling first. */
  proof: string[];
  /** C2SP signed note. */
  checkpoint: string;
}

/** Who decided, where the site's own interface knows it: recorded with the choice. Not said: the visitor (`self`). */
export interface DecidedBy {
  actor?: 'self' | 'parent';
}

export interface Candour {
  /** Resolves when the stored choice, if any, is applied. */
  readonly ready: Promise<void>;
  /** What holds for each purpose that is asked about, and for each service. */
  status(): Record<string, PurposeStatus>;
  /**
   * May what belongs to this purpose (or service) run now? False until `ready`, except for what is never asked about, and for one that
   * the site does not have. Global Privacy Control and "on unless you object" are in the answer, which `status()` alone does not give.
   */
  allows(purpose: string): boolean;
  /** Listens to a `candour:` event; the answer stops it. */
  on<K extends keyof CandourEvents>(type: K, listener: (detail: CandourEvents[K]) => void): () => void;
  /** Opens the preference centre. */
  open(): Promise<void>;
  /** A choice made in the site's own interface. Purposes left out stay as they are. Rejects for one that is not asked about. */
  decide(purposes: Record<string, boolean>, by?: DecidedBy): Promise<void>;
  /** Withdraws what was given and objects to what runs without consent: for these purposes, or for all. */
  withdraw(purposes?: readonly string[], by?: DecidedBy): Promise<void>;
  /** The receipts on this device, oldest first. Creates nothing where there are none. */
  receipts(): Promise<ChoiceReceipt[]>;
  readonly site: { id: string; service: string; log: string };
  readonly version: string;
}

declare global {
  interface Window {
    candour?: Candour;
    candourBoot?: unknown;
  }
  interface DocumentEventMap {
    'candour:ready': CustomEvent<ReadyDetail>;
    'candour:decision': CustomEvent<DecisionDetail>;
    'candour:sync': CustomEvent<SyncDetail>;
  }
}
