// A choice per service. What visitors choose is one list: every purpose, and behind it each service that serves it, with a state of
// its own in the event under its own id. A purpose is given only where all its services are (docs/services.md): so an element of the
// page that names the purpose alone needs all of them, and one that names a service needs that one.
import type { Purpose, Service } from './configuration.ts';

export interface ConfiguredChoice {
  id: string;
  label: string;
  kind: Purpose['kind'];
  storage: Service['storage'];
  /** Of a service: the purpose that it serves, whose mode it has. */
  of?: string;
}

/** Every purpose and service, in order. */
export const choicesOf = (purposes: readonly Purpose[]): ConfiguredChoice[] =>
  purposes.flatMap(({ id, label, kind, storage, services }) => [
    { id, label, kind, storage },
    ...services.map((service) => ({ id: service.id, label: service.name, kind, storage: service.storage, of: id })),
  ]);
