// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { moving, tellOfHead, type Moving } from './telling.ts';

/** The clock goes on, and what was drawn until then is heard of. */
const pass = async (ms: number): Promise<void> => {
  for (let i = 0; i < ms; i += 50) await vi.advanceTimersByTimeAsync(50);
};
const draw = (): void => document.body.append(document.createElement('p'));

describe('a page whose address a script changes', () => {
  let told: string[];
  let tells: Moving;
  beforeEach(() => {
    vi.useFakeTimers();
    document.body.innerHTML = '<p>the view before</p>';
    told = [];
    tells = moving(document, () => void told.push(document.body.textContent));
  });
  afterEach(() => {
    tells.stop();
    vi.useRealTimers();
  });

  it('tells anew when the next view stands there, not of the one before', async () => {
    tells.moved();
    await pass(600);
    document.body.innerHTML = '<p>loading</p>';
    await pass(100);
    document.body.innerHTML = '<p>the view after</p>';
    await pass(500);
    expect(told).toEqual(['the view after']);
  });

  it('tells anew where nothing is drawn at all, and again of what comes a little later', async () => {
    tells.moved();
    await pass(1500);
    expect(told.length).toBe(1);
    document.body.innerHTML = '<p>at last</p>';
    await pass(500);
    expect(told).toEqual(['the view before', 'at last']);
  });

  it('is not watched for ever: a page that never rests is told of once', async () => {
    tells.moved();
    for (let i = 0; i < 60; i++) {
      draw();
      await pass(100);
    }
    expect(told.length).toBe(1);
    draw();
    await pass(1000);
    expect(told.length).toBe(1);
  });

  it('is not watched before it moves, nor after this script is an orphan', async () => {
    draw();
    await pass(2000);
    tells.moved();
    tells.stop();
    draw();
    await pass(5000);
    expect(told).toEqual([]);
  });
});

describe('a page whose head changes', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const addLink = (href: string): void => {
    const link = document.createElement('link');
    link.rel = 'privacy-policy';
    link.href = href;
    document.head.append(link);
  };

  it('has the background look again where a notice link came, once for several, and not as an orphan', async () => {
    vi.useFakeTimers();
    const sent: unknown[] = [];
    let isOrphan = false;
    const sendMessage = (message: unknown): Promise<void> => {
      sent.push(message);
      return isOrphan ? Promise.reject(new Error('orphan')) : Promise.resolve();
    };
    vi.stubGlobal('chrome', { runtime: { sendMessage } });
    tellOfHead(document);
    addLink('/one');
    addLink('/two');
    await pass(500);
    expect(sent).toEqual([{ type: 'head_changed' }]);
    isOrphan = true;
    addLink('/three');
    await pass(500);
    addLink('/four');
    await pass(500);
    expect(sent.length).toBe(2);
  });
});
