import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { issueLine } from './schema-issue.ts';

const Body = v.strictObject({
  contacts: v.optional(v.array(v.strictObject({ address: v.string() }))),
  purposes: v.optional(v.record(v.pipe(v.string(), v.regex(/^[a-z]+$/)), v.picklist(['given']))),
});
const line = (body: unknown): string => {
  const read = v.safeParse(Body, body);
  return read.success ? '' : issueLine(read.issues[0]);
};

describe('what is wrong with a body', () => {
  it('is told by its place, and a misspelt field by its name', () => {
    expect(line({ contacts: [{ address: 'a' }, { address: 1 }] })).toMatch(/^contacts\.1\.address: /);
    expect(line({ contacts: [{}] })).toMatch(/^contacts\.0\.address: /);
    expect(line({ contact: [] })).toMatch(/^contact: /);
    expect(line(null)).toMatch(/^the body: /);
  });

  it.each([
    { 'ada@example.org': 1 },
    { '07700 900123': 1 },
    { purposes: { 'Ada Lovelace': 'given' } },
    { contacts: [{ address: 'a', 'a.b': 1 }] },
  ])('repeats nothing that was sent in the place of a name: %j', (body) => {
    expect(line(body)).toContain('…: ');
    expect(line(body)).not.toMatch(/ada|07700|lovelace|a\.b/i);
  });
});
