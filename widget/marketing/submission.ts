// When a form counts as sent. A submission that the browser makes is sent. One that the page stops, to send the form itself or because
// something in it is wrong, waits for a sign that it was sent: a request with all that was typed, answered with success (sending.ts);
// the form emptied by the page, unless such a request went wrong; or the page's own word, `candour:submitted`. A form that was stopped
// and is changed afterwards was not sent. Nothing here delays, stops or changes a submission.
import { typedValues, watchRequests, type Waiting } from './sending.ts';

/** Records what stood in the form at the click, before the page's own code emptied the fields. */
export type Taken = () => void;

interface Attempt extends Waiting {
  /** The form was changed since: what is sent from now on is another attempt. */
  changed: boolean;
  /** A request that should have sent it went wrong: that the page empties the form then is no sign that it was sent. */
  wrong: boolean;
}

/** Only the page's own word counts: for forms that are checked by a request with all that was typed. */
const trustsWordOnly = (form: HTMLFormElement): boolean => form.querySelector('fieldset[data-submitted=event]') !== null;

const formOf = (target: EventTarget | null): HTMLFormElement | null => {
  if (target instanceof HTMLFormElement) return target;
  if (!(target instanceof Element)) return null;
  const own = 'form' in target ? target.form : null;
  return own instanceof HTMLFormElement ? own : target.closest('form');
};

/**
 * Watches every form of the page. `take` is asked at a submission what to record should it be sent; null: nothing in that form is
 * ours. The answer says that a form is sent now, by a way that makes no event.
 */
export function watchSubmissions(take: (form: HTMLFormElement) => Taken | null): (form: HTMLFormElement) => void {
  /** The latest of each form. */
  const attempts = new Map<HTMLFormElement, Attempt>();
  let unwatch: (() => void) | null = null;
  /** A click on a reset button is somebody who begins again. */
  let clearing = false;

  const end = (form: HTMLFormElement): void => {
    attempts.delete(form);
    if (attempts.size > 0) return;
    unwatch?.();
    unwatch = null;
  };

  const begin = (form: HTMLFormElement, record: Taken): Attempt => {
    let isSent = false;
    const attempt: Attempt = {
      values: trustsWordOnly(form) ? [] : typedValues(form),
      changed: false,
      wrong: false,
      failed: () => (attempt.wrong = true),
      sent() {
        if (attempts.get(form) === attempt) end(form);
        if (isSent) return;
        isSent = true;
        record();
      },
    };
    attempts.set(form, attempt);
    unwatch ??= watchRequests(() => [...attempts.values()].filter(({ changed }) => !changed));
    return attempt;
  };

  /** Null: it was changed since, or never tried. */
  const standing = (form: HTMLFormElement | null): Attempt | null => {
    const attempt = form && attempts.get(form);
    return attempt && !attempt.changed ? attempt : null;
  };

  const sentNow = (form: HTMLFormElement): void => {
    const attempt = standing(form);
    if (attempt) attempt.sent();
    else take(form)?.();
  };

  const onSubmit = (event: SubmitEvent): void => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const record = take(form);
    // Pressed twice, it is one attempt.
    const attempt = standing(form) ?? (record && begin(form, record));
    if (!attempt) return;
    attempt.wrong = false;
    const method = event.submitter?.getAttribute('formmethod') ?? form.getAttribute('method');
    // Who stops a submission does so while the event is on its way; a page that is left at once has not stopped it.
    const decide = (): void => {
      removeEventListener('pagehide', decide);
      clearTimeout(timer);
      if (!event.defaultPrevented && method?.toLowerCase() !== 'dialog') attempt.sent();
    };
    addEventListener('pagehide', decide);
    const timer = setTimeout(decide);
  };

  const onClick = ({ target }: Event): void => {
    if (!(target instanceof Element) || !target.closest('[type=reset]')) return;
    clearing = true;
    setTimeout(() => (clearing = false));
  };

  const onReset = ({ target }: Event): void => {
    const form = formOf(target);
    const attempt = standing(form);
    if (!form || !attempt) return;
    if (clearing) end(form);
    else if (!attempt.wrong && !trustsWordOnly(form)) attempt.sent();
  };

  const onChange = ({ target, isTrusted }: Event): void => {
    const attempt = isTrusted && standing(formOf(target));
    if (attempt) attempt.changed = true;
  };

  const onWord = ({ target }: Event): void => {
    const form = formOf(target);
    if (form) sentNow(form);
  };

  // On their way down: before the page's own listeners, none of which can keep them from here.
  const listeners = { submit: onSubmit, click: onClick, reset: onReset, input: onChange, change: onChange };
  for (const [type, listener] of Object.entries({ ...listeners, 'candour:submitted': onWord }))
    addEventListener(type, listener as EventListener, true);
  return sentNow;
}

const watched = new WeakSet<HTMLFormElement>();

/** `form.submit()` sends without an event. */
export function watchDirectSubmit(form: HTMLFormElement, sent: (form: HTMLFormElement) => void): void {
  // A field named "submit" stands in its place.
  if (typeof form.submit !== 'function' || watched.has(form)) return;
  watched.add(form);
  const { submit } = form;
  form.submit = () => {
    sent(form);
    submit.call(form);
  };
}
