// What the page may rely on: `window.candour` and the DOM events on `document`.
import type { MirrorState } from '../../shared/consent/mirror.ts';
import type { Method } from '../../shared/consent/event.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import type { Status } from './choices.ts';

/** `candour:ready` */
export interface ReadyDetail {
  status: Record<string, Status>;
  /** Is the visitor being asked? */
  asks: boolean;
}

/** `candour:decision`: fires when the choice is durably written. */
export interface DecisionDetail {
  method: Method;
  purposes: Record<string, MirrorState>;
  status: Record<string, Status>;
  /** Event id; null where the choice stays on this device only. */
  event: string | null;
  /** Names of declared items that could not be deleted from here (another site's, or HttpOnly). */
  kept: string[];
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

export interface Candour {
  /** Resolves when the stored choice, if any, is applied. */
  readonly ready: Promise<void>;
  /** What holds for each purpose that is asked about. */
  status(): Record<string, Status>;
  /** Listens to a `candour:` event; the answer stops it. */
  on<K extends keyof CandourEvents>(type: K, listener: (detail: CandourEvents[K]) => void): () => void;
  /** Opens the preference centre. */
  open(): Promise<void>;
  /** A choice made in the site's own interface. Purposes left out stay as they are. Rejects for one that is not asked about. */
  decide(purposes: Record<string, boolean>): Promise<void>;
  /** Withdraws what was given and objects to what runs without consent: for these purposes, or for all. */
  withdraw(purposes?: readonly string[]): Promise<void>;
  /** The receipts on this device, oldest first. Creates nothing where there are none. */
  receipts(): Promise<Receipt[]>;
  readonly site: { id: string; service: string; log: string };
  readonly version: string;
}

declare global {
  interface Window {
    candour?: Candour;
    candourBoot?: unknown;
  }
}
