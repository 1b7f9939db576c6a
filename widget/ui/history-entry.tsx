// One choice of the visitor's own: when, what it changed, how far it has come; its receipt to keep and to check.
import { Component } from 'preact';

import type { ReceiptCheck } from '../../shared/consent/receipt.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { WordId } from '../../shared/site/words.ts';
import type { OwnEvent } from '../core/own-record.ts';
import { fill } from '../core/fill.ts';
import { checkReceipt } from '../core/receipt-check.ts';
import type { Widget } from '../core/widget.ts';
import { theirLanguage } from './centre-facts.tsx';
import { dayAndTime } from './day.ts';
import { FORMAT_NAMES, RECEIPT_FORMATS, saveReceipt, type ReceiptFormat } from './history-receipt.ts';
import { changeWords, methodWords } from './history-words.ts';

interface EntryProps {
  widget: Widget;
  details: SpokenDetails;
  own: OwnEvent;
}

interface EntryState {
  /** Null: this browser lacks the cryptography. */
  check?: ReceiptCheck | null;
  checking?: boolean;
  failed?: boolean;
}

function Verdict({ check, words }: { check: ReceiptCheck | null; words: SpokenDetails['words'] }) {
  if (!check) return <p>{words['verdict.unable']}</p>;
  const { steps, verified, witnesses = [] } = check;
  const names = witnesses.map(({ name }) => name).join(', ');
  return (
    <>
      <p data-verified={verified}>{words[`verdict.${verified}`]}</p>
      <ul class="steps">
        {steps.map(({ step, result }) => (
          <li key={step} data-result={result}>
            {words[`step.${step}`]}: {words[`result.${result}`]}
          </li>
        ))}
      </ul>
      {verified !== 'false' && <p>{names ? fill(words.witnessed, { names }) : words.unwitnessed}</p>}
    </>
  );
}

export class HistoryEntry extends Component<EntryProps, EntryState> {
  override state: EntryState = {};

  check = async (): Promise<void> => {
    const { widget, own } = this.props;
    if (!own.receipt) return;
    this.setState({ checking: true });
    this.setState({ check: await checkReceipt(widget.boot, own.receipt.receipt), checking: false });
  };

  save = (format: ReceiptFormat): void => {
    this.setState({ failed: false });
    saveReceipt(format, this.props.own, this.props.details).catch(() => this.setState({ failed: true }));
  };

  override render({ details, own }: EntryProps, { check, checking, failed }: EntryState) {
    const { words } = details;
    const { id, at, changes, sent, code, receipt } = own;
    const when = dayAndTime(at, words.language);
    return (
      <li class="event" data-event={id} data-sent={sent}>
        <h4>
          <time dateTime={at}>{when}</time>: {methodWords(own, details)}
        </h4>
        <ul class="changes">
          {changes.map((change) => {
            const { what, state, before } = changeWords(change, details, receipt?.receipt.presentation);
            return (
              <li key={JSON.stringify([change.channel, change.id])}>
                <bdi {...theirLanguage(details)}>{what}</bdi>: <b>{state}</b>
                {before !== null && <> ({before})</>}
              </li>
            );
          })}
        </ul>
        <p class="sent">{fill(words[`sent.${sent}` as WordId], { code: code ?? '' })}</p>
        {receipt && (
          <div class="keep">
            {RECEIPT_FORMATS.map((format) => (
              <button type="button" class="small" key={format} onClick={() => this.save(format)}>
                <span class="unseen">{words.download} </span>
                {FORMAT_NAMES[format]}
                <span class="unseen">: {when}</span>
              </button>
            ))}
            <button type="button" class="small" onClick={() => void this.check()}>
              {words.check}
              <span class="unseen">: {when}</span>
            </button>
          </div>
        )}
        <div role="status">
          {checking && words.loading}
          {failed && words.notLoaded}
          {check !== undefined && !checking && <Verdict check={check} words={words} />}
        </div>
      </li>
    );
  }
}
