// Whether a form whose submission the page took into its own hands was really sent. What can be seen of that from outside, and what
// counts, is decided here; docs/marketing.md says it in words.

/** Texts that somebody typed: all of them must be in a request that sends the form. Passwords and files may go another way. */
export const typedValues = (form: HTMLFormElement): string[] =>
  [...form.elements].flatMap((field) =>
    (field instanceof HTMLTextAreaElement ||
      (field instanceof HTMLInputElement && /^(text|email|tel|url|search|number|date)$/.test(field.type))) &&
    field.name &&
    !field.matches(':disabled')
      ? field.value.trim() || []
      : [],
  );

const quoted = (value: string): string => JSON.stringify(value).slice(1, -1);
const encoded = (value: string): string => encodeURIComponent(value).replaceAll('%20', '+');
const holds = (text: string, value: string): boolean =>
  [value, quoted(value), encodeURIComponent(value), encoded(value)].some((form) => text.includes(form)) ||
  // As forms encode it: the characters that encodeURIComponent leaves.
  text.includes(encoded(value).replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`));

/** Does a request with that body send all of it? A body that cannot be read does not say. */
export function carries(body: unknown, values: readonly string[]): boolean {
  if (values.length === 0) return false;
  const texts =
    typeof body === 'string'
      ? [body]
      : body instanceof FormData || body instanceof URLSearchParams
        ? [...body.values()].filter((value) => typeof value === 'string')
        : [];
  return values.every((value) => texts.some((text) => (typeof body === 'string' ? holds(text, value) : text.includes(value))));
}

/** What of a body has to be read first. */
const readable = (body: unknown): unknown => (body instanceof Blob ? body.text() : body);

/** An answer from another origin that may not be read cannot have stopped the page either. */
const isTaken = ({ ok, type }: Response): boolean => ok || type === 'opaque' || type === 'opaqueredirect';

/** A form that waits to be sent, and what to do when it was. */
export interface Waiting {
  values: readonly string[];
  sent(): void;
  /** A request with all of it was answered otherwise, or not at all. */
  failed(): void;
}

/**
 * Watches what the page sends until the answer is called: a request that carries all values of a form that waits, and that is answered
 * with success, sends it. Requests go on exactly as they were.
 */
export function watchRequests(waiting: () => Iterable<Waiting>): () => void {
  /**
   * Calls `watch` with what to do when it is known how it went, if the body sends one of the forms: those that wait now, not those that
   * wait later.
   */
  const look = (body: unknown, watch: (went: (well: boolean) => void) => void): void => {
    const now = [...waiting()];
    const take = (text: unknown): void => {
      const hit = now.filter(({ values }) => carries(text, values));
      if (hit.length > 0) watch((well) => hit.forEach((one) => (well ? one.sent() : one.failed())));
    };
    const text = readable(body);
    if (text instanceof Promise) text.then(take).catch(() => undefined);
    else take(text);
  };
  const { fetch } = window;
  const myFetch: typeof fetch = (input, init) => {
    const body = init?.body ?? (input instanceof Request && input.body && !input.bodyUsed ? input.clone().text() : null);
    const answer = fetch.call(window, input, init);
    look(body, (went) => {
      const taken = answer.then(isTaken, () => false);
      taken.then(went).catch(() => undefined);
    });
    return answer;
  };
  const { send } = XMLHttpRequest.prototype;
  const mySend: typeof send = function (this: XMLHttpRequest, body) {
    // Once: the next request by the same object is another, and may be about anything.
    look(body, (went) => this.addEventListener('loadend', () => went(this.status >= 200 && this.status < 300), { once: true }));
    send.call(this, body);
  };
  const { sendBeacon } = navigator;
  const myBeacon: typeof sendBeacon = (url, body) => {
    const queued = sendBeacon.call(navigator, url, body);
    if (queued) look(body, (went) => went(true));
    return queued;
  };
  window.fetch = myFetch;
  XMLHttpRequest.prototype.send = mySend;
  navigator.sendBeacon = myBeacon;
  return () => {
    // What somebody else has wrapped meanwhile stays: it then finds nothing that waits.
    if (window.fetch === myFetch) window.fetch = fetch;
    if (XMLHttpRequest.prototype.send === mySend) XMLHttpRequest.prototype.send = send;
    if (navigator.sendBeacon === myBeacon) navigator.sendBeacon = sendBeacon;
  };
}
