import { describe, expect, it, vi } from 'vitest';

import { groupCommit } from './group-commit.ts';

const anyJoin = () => true;
const letters = (batches: string[][]) => batches.map((batch) => batch.join(''));

describe('group commit', () => {
  it('puts what arrives while a batch runs into the next one, in order', async () => {
    const batches: string[][] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const queue = groupCommit<string, string>(
      async (jobs) => {
        batches.push(jobs);
        await gate;
        return jobs.map((job) => job.toUpperCase());
      },
      10,
      anyJoin,
    );
    const first = queue.submit('a');
    await new Promise((resolve) => setImmediate(resolve));
    const others = ['b', 'c', 'd'].map((job) => queue.submit(job));
    release();
    expect(await Promise.all([first, ...others])).toEqual(['A', 'B', 'C', 'D']);
    expect(letters(batches)).toEqual(['a', 'bcd']);
  });

  it('waits for jobs that are expected, until half of what is under way is here', async () => {
    // With a clock that stands still: what begins, begins because of what came.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const batches: string[][] = [];
    const queue = groupCommit<string, string>((jobs) => (batches.push(jobs), Promise.resolve(jobs)), 10, anyJoin);
    const turns = async (): Promise<void> => {
      for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
    };
    const [b, c, d] = [queue.expect(), queue.expect(), queue.expect()];
    const first = queue.submit('a');
    await turns();
    expect(batches, 'three are expected and one is here').toEqual([]);
    b();
    const second = queue.submit('b');
    await Promise.all([first, second]);
    const third = queue.submit('e');
    await turns();
    expect(letters(batches), 'two are expected and one is here').toEqual(['ab']);
    c();
    await third;
    expect(letters(batches), 'one of them never comes').toEqual(['ab', 'e']);
    const last = [queue.expect(), queue.submit('f'), queue.expect()] as const;
    await turns();
    expect(letters(batches)).toEqual(['ab', 'e']);
    await vi.advanceTimersByTimeAsync(4);
    await last[1];
    expect(letters(batches), 'nobody waits longer than that').toEqual(['ab', 'e', 'f']);
    for (const arrived of [d, last[0], last[2]]) arrived();
    vi.useRealTimers();
    await queue.idle();
  });

  it('keeps to its limit, and to what may join', async () => {
    const batches: string[][] = [];
    const run = (jobs: string[]) => (batches.push(jobs), Promise.resolve(jobs));
    const queue = groupCommit<string, string>(run, 2, (first, next) => (first === 'x') === (next === 'x'));
    await Promise.all(['a', 'b', 'c', 'x', 'd'].map((job) => queue.submit(job)));
    expect(letters(batches)).toEqual(['ab', 'c', 'x', 'd']);
  });

  it('rejects the whole batch when its commit fails, and goes on', async () => {
    let fail = true;
    const queue = groupCommit<string, string>(
      (jobs) => (fail ? Promise.reject(new Error('disk full')) : Promise.resolve(jobs)),
      10,
      anyJoin,
    );
    const failed = await Promise.allSettled([queue.submit('a'), queue.submit('b')]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fail = false;
    expect(await queue.submit('c')).toBe('c');
    await queue.idle();
  });

  it('begins again with a batch that signed and was not committed, so that no second tree of its size is signed', async () => {
    const batches: string[][] = [];
    let outcome: 'unsigned' | 'signed' | 'done' = 'signed';
    const queue = groupCommit<string, string>(
      (jobs, signing) => {
        batches.push(jobs);
        if (outcome !== 'unsigned') signing();
        return outcome === 'done' ? Promise.resolve(jobs) : Promise.reject(new Error('no commit'));
      },
      10,
      anyJoin,
    );
    await expect(queue.submit('a')).rejects.toThrow();
    outcome = 'unsigned';
    await expect(queue.submit('b')).rejects.toThrow();
    outcome = 'done';
    expect(await queue.submit('c')).toBe('c');
    expect(await queue.submit('d')).toBe('d');
    expect(letters(batches)).toEqual(['a', 'ab', 'ac', 'd']);
  });

  it('does not let a job wait behind a failure that lasts', async () => {
    let fail = true;
    const queue = groupCommit<string, string>(
      (jobs, signing) => {
        signing();
        return fail ? Promise.reject(new Error('disk full')) : Promise.resolve(jobs);
      },
      1,
      anyJoin,
    );
    for (const job of ['a', 'b', 'c']) await expect(queue.submit(job)).rejects.toThrow('disk full');
    fail = false;
    expect(await queue.submit('d')).toBe('d');
  });
});
