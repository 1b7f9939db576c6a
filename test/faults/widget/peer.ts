// What a consent client and its service must offer so that the suite can be run on them: Candour's own adapter is candour.ts, a
// peer's is in bench/.
import type { Chaos } from './chaos.ts';

export type Choice = 'given' | 'withdrawn';

/** A choice as the service keeps it. */
export interface Held {
  /** What the page heard when the choice was made, if the client tells it. */
  id: string | null;
  choice: Choice;
  /** The client says that it found its own record gone, and wrote the choice down again. */
  restored: boolean;
}

export interface Service {
  /** Everything kept of the visitors of one origin, in the order in which the service says that it was chosen. */
  held(origin: string): Promise<Held[]>;
  /** What the service says that holds for the visitor of an origin; null: it knows of no choice. */
  says(origin: string): Promise<Choice | null>;
  /** What is wrong with what the service keeps, beyond missing and doubled choices: gaps in an order, a log that does not verify. */
  findings(origin: string): Promise<string[]>;
  /** Killed, and started again on what it had stored. */
  restart(): Promise<void>;
  /** Keeps a copy of what is stored. */
  backUp(): Promise<void>;
  /** Killed, its storage replaced by the copy, and started again; as its documents say how. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export interface Peer {
  name: string;
  /** The requests that carry choices. */
  carries(request: { method: string; path: string }): boolean;
  /** A service that browsers know by `chaos.url`, which forwards to it, for pages of these origins. */
  start(chaos: Chaos, origins: readonly string[]): Promise<Service>;
  /**
   * The page's head. Its scripts define `self.lossless`: `ready()`, `choose("given" | "withdrawn")` which resolves with the id when
   * the client says that the choice is made, `says()` and `waits()` (how many choices are not delivered yet, as far as the client
   * tells). When the client says that a choice is made they call `heard(id, choice)`.
   */
  head(service: string): string;
  /** Files that the page loads from its own origin, by path. */
  files?: ReadonlyMap<string, string>;
}
