// What the first chunk hands to the rest of the widget: types only, so that no chunk carries another's code.
import type { Mirror } from '../../shared/consent/mirror.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { CandourEvents, ChoiceReceipt, DecidedBy } from './api.ts';
import type { Status } from './choices.ts';
import type { Control } from './control.ts';
import type { createElements } from './elements.ts';
import type { Gate } from './gate.ts';
import type { Chunk, LoadChunk, Widget } from './widget.ts';

/** What came with the first chunk already, and how the rest is loaded. */
export interface Start {
  ui?: UiChunk;
  elements?: ElementsChunk;
  fetchChunk?: (url: string, chunk: Chunk) => Promise<unknown>;
  /** Asks before the ledger is read, where nothing can come of that. */
  early?: (first: First, ask: () => void) => void;
}
/** What fills a place of the owner's: its chunk has the name of the place. */
export type PlaceChunk = { mount(first: First, place: HTMLElement): Promise<void> };
export type ElementsChunk = { createElements: typeof createElements };
export type UiChunk = { openPage(first: First): Page };

/** The first chunk at work. */
export interface First {
  boot: WidgetBoot;
  gpc: boolean;
  load: LoadChunk;
  gate: Gate;
  /** Made when it is first needed. */
  control(): Control;
  /** Puts the control into the page, and keeps it there. */
  mount(): void;
  /** What the mirror cookie says; nothing follows it before `adopt`. */
  mirror: Mirror | null;
  /** What the cookie says as far as this page knows: if it says something else, another tab has chosen meanwhile. */
  cookie: Mirror | null;
  /** Everything on the page follows the mirror from now on. */
  adopt(mirror: Mirror): void;
  status(): Record<string, Status>;
  /** Is there something to ask? */
  asks(): boolean;
  allowed(purpose: string): boolean;
  emit<K extends keyof CandourEvents>(type: K, detail: CandourEvents[K]): void;
  /** Loads the rest. */
  page(): Promise<Page>;
}

/** The rest: there as soon as something is to be asked, shown, restored or sent. */
export interface Page {
  widget: Widget;
  openBanner(): Promise<void>;
  closeBanner(): void;
  openCentre(): Promise<void>;
  /** A choice of another tab holds here now: these ran, or could, until then. */
  followed(ran: WidgetBoot['purposes']): Promise<void>;
  /** What an earlier platform stored: the mirror that holds of it. */
  moveIn(): Promise<void>;
  /** As the recorder's. */
  restore(survived: Mirror | null, write: boolean): Promise<void>;
  showEmbed(element: HTMLElement): Promise<void>;
  /** Deletes once more what ended on the page before. */
  endAgain(): Promise<void>;
  decide(purposes: Readonly<Record<string, boolean>>, by?: DecidedBy): Promise<void>;
  withdraw(purposes?: readonly string[], by?: DecidedBy): Promise<void>;
  receipts(): Promise<ChoiceReceipt[]>;
}
