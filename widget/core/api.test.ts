// The types that are given out are those that the widget works with: checked by the compiler, run by nobody.
import { expect, expectTypeOf, it } from 'vitest';

import { METHODS, type Method, type PURPOSE_STATES } from '../../shared/consent/event.ts';
import type { MirrorState } from '../../shared/consent/mirror.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import type {
  Candour,
  CandourEvents,
  ChoiceMethod,
  ChoiceReceipt,
  ChosenState,
  DecidedBy,
  DecisionDetail,
  PurposeStatus,
  ReadyDetail,
  ShownThen,
  SyncDetail,
} from './api.ts';
import type { Status } from './choices.ts';

it('the published types of window.candour are those inside', () => {
  expectTypeOf<ChosenState>().toEqualTypeOf<MirrorState>();
  expectTypeOf<PurposeStatus>().toEqualTypeOf<Status>();
  expectTypeOf<ChoiceMethod>().toEqualTypeOf<Method>();
  expectTypeOf<ShownThen>().toEqualTypeOf<Presentation>();
  expectTypeOf<Receipt>().toExtend<ChoiceReceipt>();
  expectTypeOf<ChoiceReceipt['leaf']>().toEqualTypeOf<Receipt['leaf']>();
  expectTypeOf<keyof ChoiceReceipt>().toEqualTypeOf<keyof Receipt>();
  expectTypeOf<PurposeStatus>().toExtend<(typeof PURPOSE_STATES)[number] | 'unknown' | 'expired' | 'superseded'>();
  expect(METHODS).toContain('import');
});

it('every member, event and detail has its type', () => {
  expectTypeOf<keyof Candour>().toEqualTypeOf<
    'ready' | 'status' | 'allows' | 'on' | 'open' | 'decide' | 'withdraw' | 'receipts' | 'site' | 'version'
  >();
  expectTypeOf<CandourEvents>().toEqualTypeOf<{ ready: ReadyDetail; decision: DecisionDetail; sync: SyncDetail }>();
  expectTypeOf<DocumentEventMap['candour:decision']['detail']>().toEqualTypeOf<DecisionDetail>();
  expectTypeOf<SyncDetail['state']>().toEqualTypeOf<'pending' | 'acknowledged' | 'parked' | 'local'>();
  expectTypeOf<Parameters<Candour['decide']>>().toEqualTypeOf<[purposes: Record<string, boolean>, by?: DecidedBy]>();
  expectTypeOf<ReturnType<Candour['receipts']>>().resolves.toEqualTypeOf<ChoiceReceipt[]>();
  const listen = (candour: Candour): (() => void) => candour.on('decision', ({ purposes }) => void purposes);
  expectTypeOf(listen).returns.toEqualTypeOf<() => void>();
  expect(typeof listen).toBe('function');
});
