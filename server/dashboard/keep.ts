// Handing a file to the person at the browser.
import { send } from './service.ts';

function keep(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The download has its own hold on the bytes once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

export const keepJson = (value: unknown, name: string): void =>
  keep(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }), name);

/** For what fits in memory; rejects with ServiceFailure. `accept`: the media type that the file is to have. */
export async function keepAnswer(path: string, name: string, accept: string): Promise<void> {
  const response = await send(path, { headers: { accept } });
  keep(await response.blob(), name);
}
