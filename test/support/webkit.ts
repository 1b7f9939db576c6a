// WebKit (GTK) through W3C WebDriver, the protocol itself over HTTP: a handful of requests do not need a library. It has no mode
// without a window, so each browser gets a display of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort } from './free-port.ts';

const onPath = (command: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => existsSync(file));

function need(name: string, found: string | undefined): string {
  if (!found || !existsSync(found)) throw new Error(`no ${name} here`);
  return found;
}

/** Path of WebKitWebDriver. Throws if there is none. */
export const webkitDriverPath = () => need('WebKitWebDriver', process.env['CANDOUR_WEBKIT_DRIVER'] ?? onPath('WebKitWebDriver'));
/** Path of MiniBrowser, which comes with the library. Throws if there is none. */
const miniBrowserPath = () =>
  need('MiniBrowser', globSync('/usr/{lib,libexec}/{,*/}webkit2gtk-4.*/MiniBrowser').toSorted().at(-1));
/** Path of Xvfb. Throws if there is none. */
export const xvfbPath = () => need('Xvfb', onPath('Xvfb'));

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', resolve));

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended(child);
  clearTimeout(late);
}

/** A display that nobody else uses: the server picks its number and tells it. */
async function startDisplay(): Promise<{ display: string; child: ChildProcess }> {
  const child = spawn(xvfbPath(), ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    (child.stdio[3] as Readable).once('data', (line: Buffer) => resolve(`:${line.toString().trim()}`));
  });
  return { display, child };
}

/** W3C WebDriver 12.1: under this name stands the reference of an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export interface WebKit {
  goto(url: string): Promise<void>;
  /** Runs the body of a function in the page; a promise that it returns is awaited. */
  run<T>(body: string): Promise<T>;
  /** The same for what only reads: asked anew where the page begins again meanwhile. Throws after a minute. */
  read<T>(body: string): Promise<T>;
  /** Presses with the mouse the button of that name in a host's shadow root. */
  press(host: string, name: string): Promise<void>;
  /** Repeats until what runs in the page is true; throws with `what` after a minute. */
  until(what: string, body: string): Promise<void>;
  close(): Promise<void>;
}

type Call = <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<T>;

const caller =
  (base: string): Call =>
  async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${base}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
    if (!answer.ok) throw new Error(`WebDriver ${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };

async function answering(base: string, driver: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${driver.exitCode}`);
    if (await fetch(`${base}/status`).catch(() => null)) return;
    await pause(50);
  }
  throw new Error('WebKitWebDriver did not listen within a minute');
}

/** A WebKit without a past. */
export async function launchWebKit(): Promise<WebKit> {
  const { display, child: server } = await startDisplay();
  const port = await freePort();
  const driver = spawn(webkitDriverPath(), [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
  });
  const stop = async (): Promise<void> => {
    await end(driver);
    await end(server);
  };
  try {
    const root = `http://127.0.0.1:${port}`;
    await answering(root, driver);
    const { sessionId } = await caller(root)<{ sessionId: string }>('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': { binary: miniBrowserPath(), args: ['--automation'] },
          timeouts: { script: 15_000, pageLoad: 60_000 },
        },
      },
    });
    return sessionOf(caller(`${root}/session/${sessionId}`), stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function sessionOf(call: Call, stop: () => Promise<void>): WebKit {
  const execute = async <T>(body: string): Promise<{ value: T; error?: string }> => {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(async () => { ${body} }).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    return call('POST', '/execute/async', { script, args: [] });
  };
  const run = async <T>(body: string): Promise<T> => {
    const { value, error } = await execute<T>(body);
    if (error !== undefined) throw new Error(`in the page: ${error}`);
    return value;
  };
  // A page that begins again takes the question with it, and the driver does not always say so.
  const isSwallowed = (error: Error): boolean => /before the unload event|script timed out/.test(error.message);
  return {
    goto: (url) => call('POST', '/url', { url }),
    run,
    async read<T>(body: string) {
      for (const late = Date.now() + 60_000; ; await pause(100))
        try {
          return await run<T>(body);
        } catch (error) {
          if (!isSwallowed(error as Error) || Date.now() > late) throw error;
        }
    },
    async press(host, name) {
      // Where it rests, and nothing lies over it: a press on what still moves misses.
      const { value } = await execute<Record<string, string> | null>(
        `const find = () => [...(document.querySelector('${host}')?.shadowRoot?.querySelectorAll('button') ?? [])]
          .find((button) => button.textContent.trim() === '${name}' && button.checkVisibility());
        const frame = () => new Promise(requestAnimationFrame);
        const place = (button) => JSON.stringify(button.getBoundingClientRect());
        for (let last, late = Date.now() + 10_000; Date.now() < late; await frame()) {
          const button = find();
          if (!button) continue;
          button.scrollIntoView({ block: 'nearest', behavior: 'instant' });
          const now = place(button);
          const { left, top, width, height } = button.getBoundingClientRect();
          if (now === last && button.contains(button.getRootNode().elementFromPoint(left + width / 2, top + height / 2))) return button;
          last = now;
        }
        return null;`,
      );
      if (!value) throw new Error(`WebKit: ${host} has no button named ${name} that can be pressed`);
      await call('POST', `/element/${value[ELEMENT]}/click`, {});
    },
    async until(what, body) {
      const asked = (): Promise<boolean> =>
        run<boolean>(body).catch((error: Error) => {
          if (isSwallowed(error)) return false;
          throw error;
        });
      for (const late = Date.now() + 60_000; Date.now() < late; await pause(100)) if (await asked()) return;
      throw new Error(`WebKit: not within a minute: ${what}`);
    },
    async close() {
      await call('DELETE', '').catch(() => undefined);
      await stop();
    },
  };
}
