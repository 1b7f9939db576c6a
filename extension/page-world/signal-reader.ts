// Reads what other consent platforms say in the page's world, by recipes. A page's getters, proxies and functions run from the queue, called
// by the platform's own functions: no line of ours stands on the stack that they can see, and nothing that a page replaced is used. (So no
// iterator, no array method and no await here: a page can replace what they rest on.)
import { MOST_READ, PATIENCE, type Recipe } from './channel.ts';

type Then = (value: never) => unknown;

type Reader = (recipes: readonly Recipe[], done: (json: string) => void) => void;

/** The platform's own functions as they are before any script of the page ran. */
function platformNow() {
  const { bind, call } = Function.prototype;
  return {
    // Bound once: to bind a function asks it for its name, and on the platform's own a page can put another.
    get: bind.call(Reflect.get, null),
    apply: bind.call(Reflect.apply, null),
    stringify: bind.call(JSON.stringify, null),
    hasOwn: Object.hasOwn,
    setPrototypeOf: Object.setPrototypeOf,
    parse: JSON.parse,
    OwnPromise: Promise,
    wait: setTimeout,
    thenOf: bind.call(call, Promise.prototype.then) as (promise: unknown, good: unknown, bad?: unknown) => unknown,
    bound: bind.call(call, bind) as (work: unknown, self: unknown, ...given: unknown[]) => () => unknown,
  };
}

/** Answers with JSON: one Reading for each recipe, in their order. Those that have not come by then count as not readable. */
export function signalReader(page: object): Reader {
  const platform = platformNow();
  let read: Reader | undefined;
  // Made when it is first asked for: on nearly every page nobody asks, and all that it does need not even be compiled there.
  return (recipes, done) => {
    read ??= readerWith(platform, page);
    read(recipes, done);
  };
}

function readerWith(platform: ReturnType<typeof platformNow>, page: object): Reader {
  const { get, apply, stringify, hasOwn, setPrototypeOf, parse, OwnPromise, wait, thenOf, bound } = platform;
  const nothing = (): void => undefined;
  /** A promise that asks nothing of the page's, no prototype and no constructor, which kind of promise follows it. */
  const own = (promise: unknown): unknown => setPrototypeOf(promise, null) as unknown;

  /** Runs `work`, one of the platform's own functions, from the queue. */
  const later = (work: () => unknown, good: Then, bad: () => void): void => {
    const ran = thenOf(own(new OwnPromise((resolve) => resolve(undefined))), work);
    thenOf(own(ran), good, bad);
  };

  function read(recipe: Recipe, done: (text: string) => void): void {
    const failed = (): void => done('0');
    const give = (value: unknown, then?: (text: string) => void): void =>
      later(
        bound(stringify, null, value, recipe.keys, 0),
        (text: unknown) => {
          if (typeof text !== 'string') return done('null');
          if (text.length > MOST_READ) return failed();
          then?.(text);
          done(`[${text}]`);
        },
        failed,
      );

    const listen = (api: unknown, command: readonly [string] | readonly [string, number]): void => {
      let heard = false;
      const hear = (value: unknown): void => {
        if (heard) return;
        heard = true;
        give(value, (text) => {
          const heardOf = parse(text) as { listenerId: unknown } | null;
          const id = heardOf !== null && typeof heardOf === 'object' && hasOwn(heardOf, 'listenerId') ? heardOf.listenerId : null;
          const stop = recipe.stop;
          if (!stop || typeof id !== 'number') return;
          later(bound(apply, null, api, undefined, [stop[0], stop[1], bound(nothing, null), id]), nothing, nothing);
        });
      };
      const back = bound(hear, null);
      later(
        bound(apply, null, api, undefined, command.length === 1 ? [command[0], back] : [command[0], command[1], back]),
        nothing,
        failed,
      );
    };

    const arrived = (value: unknown, owner: unknown): void => {
      if (recipe.how === 'value') return value === undefined || value === null ? done('null') : give(value);
      if (typeof value !== 'function') return done('null');
      if (recipe.command) listen(value, recipe.command);
      else later(bound(apply, null, value, owner, []), give, failed);
    };

    const walk = (value: unknown, owner: unknown, depth: number): void => {
      // Past its end a list is asked of its prototype.
      if (depth === recipe.path.length) return arrived(value, owner);
      const key = recipe.path[depth] as string;
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return done('null');
      later(bound(get, null, value, key, value), (next: unknown) => walk(next, value, depth + 1), failed);
    };
    walk(page, undefined, 0);
  }

  return (recipes, done) => {
    const texts: Record<number, string> = { __proto__: null } as never;
    let waiting = recipes.length;
    let told = false;
    const tell = (): void => {
      if (told) return;
      told = true;
      let all = '';
      for (let i = 0; i < recipes.length; i++) all += (i === 0 ? '' : ',') + (texts[i] ?? '0');
      done(`[${all}]`);
    };
    wait(tell, PATIENCE / 2);
    for (let i = 0; i < recipes.length; i++)
      read(recipes[i] as Recipe, (text) => {
        if (texts[i] !== undefined) return;
        texts[i] = text;
        if (--waiting === 0) tell();
      });
  };
}
