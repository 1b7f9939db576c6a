// The browser's messaging as a content script needs it, without the polyfill: what runs in every page stays small. The only other
// file than browser.ts that touches the browser's API.
interface Runtime {
  sendMessage(message: unknown): Promise<unknown>;
  onMessage: {
    addListener(listener: (message: unknown, sender: { id?: string }, respond: (answer: unknown) => void) => boolean): void;
  };
  id: string;
}
interface WithRuntime {
  browser?: { runtime: Runtime };
  chrome?: { runtime: Runtime };
}

/** Asked for when it is needed: the browser makes the whole interface for the first who does, which most pages never need. */
function runtimeHere(): Runtime | undefined {
  const { browser, chrome } = globalThis as WithRuntime;
  return (browser ?? chrome)?.runtime;
}

/** The background's answer. Rejects where the extension was updated since: then this script is an orphan. */
export function ask(message: unknown): Promise<unknown> {
  const runtime = runtimeHere();
  return runtime ? runtime.sendMessage(message) : Promise.reject(new Error('no extension'));
}

/** Rejects as `ask`. */
export async function send(message: unknown): Promise<void> {
  await ask(message);
}

/** `answer` gives undefined for a message that is not for it. */
export function listen(answer: (message: unknown) => Promise<unknown> | undefined): void {
  const runtime = runtimeHere();
  runtime?.onMessage.addListener((message, sender, respond) => {
    const given = sender.id === runtime.id ? answer(message) : undefined;
    if (!given) return false;
    void given.then(respond, () => respond(undefined));
    return true;
  });
}
