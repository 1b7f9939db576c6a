// What the background keeps. Two areas of one shape: `device` survives the browser, `session` lives in memory only and is
// where everything of a private window goes.
export interface Area {
  get(keys: string | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

export interface Areas {
  device: Area;
  session: Area;
}

/** A private window's facts never reach the disk. */
export const areaFor = (areas: Areas, isPrivate: boolean): Area => (isPrivate ? areas.session : areas.device);

/** What is noted of one open tab, private or not; it goes with the tab. */
const OF_A_TAB = /^[a-z]+:\d+$/;
/** What private windows left in memory: nothing of it may outlast the last of them. */
export async function forgetPrivate(session: Area): Promise<void> {
  const keys = Object.keys(await session.get(null)).filter((key) => !OF_A_TAB.test(key));
  if (keys.length > 0) await session.remove(keys);
}

export const readKey = async (area: Area, key: string): Promise<unknown> => (await area.get(key))[key];

/** All entries whose key begins with the prefix. */
export async function readAll(area: Area, prefix: string): Promise<[key: string, value: unknown][]> {
  return Object.entries(await area.get(null)).filter(([key]) => key.startsWith(prefix));
}

/** Addresses of which it is kept what they said last: a page may name ever new ones for the same notice. */
const MOST_POINTERS = 200;

/** Keys of entries that point by a hash to what is `gone`, and of the oldest where there are many. */
export async function deadPointers(area: Area, prefix: string, gone: ReadonlySet<string>): Promise<string[]> {
  const all = (await readAll(area, prefix)).map(([key, value]) => {
    const { hash, at } = Object(value) as { hash?: unknown; at?: unknown };
    return { key, hash: String(hash), at: String(at) };
  });
  return all
    .sort((one, two) => two.at.localeCompare(one.at))
    .filter(({ hash }, i) => i >= MOST_POINTERS || gone.has(hash))
    .map(({ key }) => key);
}
