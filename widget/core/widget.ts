// What the first chunk hands to the others: types only, so that no chunk carries another's code.
import type { Mirror } from '../../shared/consent/mirror.ts';
import type { ConsentEvent, Method, PurposeState, VendorChoice } from '../../shared/consent/event.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Channel } from '../../shared/notice/schema.ts';
import type { SiteRecord, WidgetBoot } from '../../shared/site/boot.ts';
import type { BannerDetails, SpokenDetails } from '../../shared/site/details.ts';
import type { FirstWords } from '../../shared/site/words.ts';
import type { DecisionDetail, SyncDetail } from './api.ts';
import type { Status } from './choices.ts';
import type { Recorder } from './recorder.ts';

/** Exactly the words and controls that were on screen, in reading order. */
export interface Screen {
  /** BCP 47: of these words. */
  language: string;
  layout: string;
  words: Presentation['words'];
  controls: Presentation['controls'];
}

export type ChoiceStates = Record<string, PurposeState>;

/** For oneself, or as the parent or guardian of a child. */
export type Actor = 'self' | 'parent';

/** What was said about single companies of the IAB framework: for the event, and as the mirror keeps it. */
export interface VendorsSaid {
  said: VendorChoice;
  kept: Mirror['choices'];
}

export interface Choice {
  method: Method;
  /** Every purpose that was offered. */
  purposes: ChoiceStates;
  screen: Screen;
  /** Absent: what was said before stays. */
  vendors?: VendorsSaid | undefined;
  /** Who decided; left out: the visitor. */
  actor?: Actor;
}

/** An address or number as somebody typed it into a form of the site. */
export interface ContactValue {
  channel: Channel;
  value: string;
  /** BCP 47: in which the form was read. */
  language?: string;
}

/** What becomes an event. */
export interface Recording {
  /** UUIDv7, where it was fixed before the event is made. */
  id?: string;
  method: Method;
  purposes: ChoiceStates;
  channels?: ConsentEvent['channels'];
  vendors?: VendorChoice | undefined;
  presentation: Presentation | null;
  /** What the marketing channels reach: beside the event, never in it, and no longer in the browser than the event is on its way. */
  contacts?: ContactValue[];
  /** The day and choices that a surviving mirror cookie held. */
  restored?: { day: string; choices: ChoiceStates };
  imported?: ConsentEvent['imported'];
  /** Left out: the visitor. */
  actor?: Actor;
}

/** What another consent platform had stored, while no choice has been made here (moving/moving.ts). */
export interface MovedIn {
  /** Null where nothing of it answers a purpose here. */
  mirror: Mirror | null;
  /** Recorded before the first event: one for each store that decided something. */
  recordings: Recording[];
  /** Deletes what the other platform stored. */
  forget(): void;
}

/** Loads a chunk once; a failure is forgotten. */
export type LoadChunk = <T>(chunk: Chunk) => Promise<T>;
export type Chunk =
  | 'ui'
  | 'modal'
  | 'centre'
  | 'history'
  | 'ledger'
  | 'delivery'
  | 'marketing'
  | 'storage'
  | 'moving'
  | 'elements'
  | 'embeds'
  | 'withdrawal'
  | 'tcf';

/** What the ledger's chunk needs of the page. */
export interface RecorderHost {
  boot: WidgetBoot & SiteRecord;
  gpc: boolean;
  moved?(): MovedIn | null;
  status(): Record<string, Status>;
  /** What the banner says; rejects while it is neither here nor to be had. */
  banner(): Promise<BannerDetails>;
  sync(detail: SyncDetail): void;
  /** What holds turned out to be other than the page knows. */
  adopt?(mirror: Mirror): void;
  load: LoadChunk;
}

export interface Widget extends Omit<RecorderHost, 'boot'> {
  boot: WidgetBoot;
  /** All words of purposes, bases and retention; rejects while the service can't be reached. */
  details(): Promise<SpokenDetails>;
  /** In the language that is on screen now. */
  words(): FirstWords;
  mirror(): Mirror | null;
  /** A parent or guardian has said, on this page, that they decide. */
  byParent?: boolean;
  /** What the cookie says as far as this page knows. */
  cookie?(): Mirror | null;
  mayRun(purpose: string): boolean;
  /** Has a script of the purpose, that was held back, run on this page? */
  hasRun(purpose: string): boolean;
  /** Loads the ledger's chunk; opens nothing. */
  recorder(): Promise<Recorder>;
  /** What the mirror cookie says from now on: the gate and the signals follow. */
  adopt(mirror: Mirror): void;
  /** Of the IAB framework's chunk, once it is there: notes on the screen what it showed. */
  vendors?(method: Method, screen: Screen): VendorsSaid | undefined;
  /** Fires `candour:decision`, and closes the banner if nothing is left to ask. */
  decided(detail: DecisionDetail): void;
  /** Words for assistive technology and, for a moment, for the eye. */
  announce(text: string): void;
  /** The root that holds the control and the preference centre. */
  root: ShadowRoot;
  /** An open shadow root with the tokens and the button. */
  addRoot(host: HTMLElement): ShadowRoot;
  addStyle(root: ShadowRoot | Document, css: string): void;
}
