import { describe, expect, it } from 'vitest';

import type { ConsentEvent } from '../../shared/consent/event.ts';
import type { LedgerEvent } from './ledger.ts';
import { ownEvents } from './own-record.ts';

const ledgerEvent = (
  subject: string,
  seq: number,
  more: Partial<ConsentEvent>,
  state: Partial<LedgerEvent> = {},
): LedgerEvent => ({
  subject,
  seq,
  jws: '',
  hash: `${subject}${seq}`,
  event: {
    id: `${subject}-${seq}`,
    at: `2026-11-0${seq}T10:00:00.000Z`,
    method: 'save_choices',
    purposes: {},
    ...more,
  } as ConsentEvent,
  acknowledgement: null,
  parked: null,
  ...state,
});
const recorded = { acknowledgement: {} as LedgerEvent['acknowledgement'] };

describe("a visitor's own record", () => {
  it('R33 has the companies that were refused and those that were objected to', () => {
    const [told] = ownEvents([ledgerEvent('a', 1, { vendors: { list: 17, refused: '2-5', objected: '' } })], []);
    expect(told?.changes).toEqual([{ vendors: '2-5', id: 'vendors-refused', state: 'refused', before: null }]);
  });

  it('is told newest first, each change with what was said before', () => {
    const told = ownEvents(
      [
        ledgerEvent('a', 2, { purposes: { statistics: 'withdrawn' } }),
        ledgerEvent('a', 1, { purposes: { statistics: 'given', media: 'refused' } }),
      ],
      [],
    );
    expect(told.map(({ id, changes }) => [id, changes])).toEqual([
      ['a-2', [{ id: 'statistics', state: 'withdrawn', before: 'given' }]],
      [
        'a-1',
        [
          { id: 'statistics', state: 'given', before: null },
          { id: 'media', state: 'refused', before: null },
        ],
      ],
    ]);
  });

  it('goes on over a new key, and keeps each channel of each sender apart', () => {
    const said = (state: 'given' | 'withdrawn') => ({ newsletter: { shop: { email: state } } });
    const [newest, , oldest] = ownEvents(
      [
        ledgerEvent('a', 1, { channels: said('given') }),
        ledgerEvent('b', 2, { channels: { newsletter: { helper: { email: 'given' } } } }),
        ledgerEvent('b', 3, { channels: said('withdrawn') }),
      ],
      [],
    );
    expect(oldest?.changes[0]?.before).toBeNull();
    expect(newest?.changes).toEqual([
      { channel: { activity: 'newsletter', sender: 'shop' }, id: 'email', state: 'withdrawn', before: 'given' },
    ]);
  });

  it('R32 says how far each has come', () => {
    const states = ownEvents(
      [
        ledgerEvent('a', 1, {}, recorded),
        ledgerEvent('a', 2, {}, { parked: 'WRONG_LOG' }),
        ledgerEvent('a', 3, {}),
        ledgerEvent('a', 4, {}, { ...recorded, erased: true }),
      ],
      [],
    );
    expect(states.map(({ sent, code }) => [sent, code])).toEqual([
      ['erased', null],
      ['pending', null],
      ['parked', 'WRONG_LOG'],
      ['acknowledged', null],
    ]);
  });
});
