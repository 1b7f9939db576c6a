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

export const readKey = async (area: Area, key: string): Promise<unknown> => (await area.get(key))[key];

/** All entries whose key begins with the prefix. */
export async function readAll(area: Area, prefix: string): Promise<[key: string, value: unknown][]> {
  return Object.entries(await area.get(null)).filter(([key]) => key.startsWith(prefix));
}
