// "Erase what is stored about me": what goes and what stays, a second step, and what came of it in plain words.
import { Component } from 'preact';

import { eraseEverywhere, eraseHere, type Erasure } from '../core/erasure.ts';
import { fill } from '../core/fill.ts';
import type { OwnEvent } from '../core/own-record.ts';
import type { OwnParts } from './history-parts.ts';
import { saveAllReceipts } from './history-receipt.ts';

interface ErasureState {
  step: 'explained' | 'sure' | 'erasing';
  outcome: Erasure | 'unreadable' | null;
}

export class HistoryErasure extends Component<OwnParts & { events: OwnEvent[] }, ErasureState> {
  override state: ErasureState = { step: 'explained', outcome: null };
  #place: HTMLElement | null = null;

  /** The button that was pressed is gone: what follows it is where the reader goes on. */
  go(step: ErasureState['step'], outcome: ErasureState['outcome'] = null): void {
    this.setState({ step, outcome }, () => {
      this.#place?.focus();
      this.#place?.parentElement?.scrollIntoView({ block: 'nearest' });
    });
  }

  erase = async (how: (widget: OwnParts['widget']) => Promise<Erasure>): Promise<void> => {
    const before = this.state.outcome;
    const count = before && typeof before === 'object' && 'count' in before ? before.count : 0;
    this.go('erasing');
    const outcome = await how(this.props.widget).catch(() => 'unreadable' as const);
    // A second try goes on from what the first has done.
    const all = typeof outcome === 'object' && 'count' in outcome ? { ...outcome, count: outcome.count + count } : outcome;
    this.go('explained', all);
    if (typeof all === 'object' && /^(everywhere|here)$/.test(all.done)) this.props.erased();
  };

  said(): string {
    const { words } = this.props.details;
    const { outcome, step } = this.state;
    if (step === 'erasing') return words.erasing;
    if (outcome === null) return '';
    if (outcome === 'unreadable') return words.notLoaded;
    if (outcome.done === 'here') return words.erasedHere;
    const count = `${outcome.count}`;
    if (outcome.done === 'everywhere') return fill(words.erased, { count });
    if (outcome.done === 'not_all_here') return fill(words.eraseHereFailed, { count });
    return fill(words.eraseFailed, { count, code: outcome.code });
  }

  explanation() {
    const { widget, details, events } = this.props;
    const { words } = details;
    const waiting = events.filter(({ sent }) => sent === 'pending').length;
    const objections = widget.boot.purposes.some(({ mode }) => mode === 'opt_out');
    return (
      <>
        <p>{words.eraseGoes}</p>
        <p>{words.eraseStays}</p>
        <p>
          {words.eraseThen} {objections && words.eraseObjections}
        </p>
        {waiting > 0 && <p>{fill(words.eraseWaiting, { count: `${waiting}` })}</p>}
      </>
    );
  }

  buttons() {
    const { widget, details, events } = this.props;
    const { words } = details;
    const { step, outcome } = this.state;
    const button = (text: string, onClick: () => void) => (
      <button type="button" class="small" onClick={onClick}>
        {text}
      </button>
    );
    if (step === 'sure')
      return (
        <>
          {button(words.eraseNow, () => void this.erase(eraseEverywhere))}
          {button(words.eraseNot, () => this.go('explained'))}
        </>
      );
    return (
      <>
        {events.some(({ receipt }) => receipt) && button(words.eraseReceipts, () => saveAllReceipts(widget.boot.site, events))}
        {button(outcome === null ? words.eraseNext : words.again, () => this.go('sure', outcome))}
        {typeof outcome === 'object' && outcome?.done === 'not_here' && (
          <>
            <p>{words.eraseHereWhy}</p>
            {button(words.eraseHere, () => void this.erase(eraseHere))}
          </>
        )}
      </>
    );
  }

  override render() {
    const { words } = this.props.details;
    const { step, outcome } = this.state;
    const ended = typeof outcome === 'object' && (outcome?.done === 'everywhere' || outcome?.done === 'here');
    return (
      <div class="erasure" data-step={ended ? 'ended' : step}>
        <p role="status" class="outcome" tabIndex={-1} ref={(element) => void (this.#place = element)}>
          {step === 'sure' ? words.eraseSure : this.said()}
        </p>
        {outcome === null && step !== 'erasing' && this.explanation()}
        {!ended && step !== 'erasing' && <div class="keep">{this.buttons()}</div>}
      </div>
    );
  }
}
