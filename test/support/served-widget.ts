// A real service as its widget finds it: the site's configuration, and a `fetch` that reaches it and can be cut off.
import type { SiteRecord, WidgetBoot } from '../../shared/site/boot.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import { bootIn } from './boot-in.ts';
import { ORIGIN, type TestService } from './service.ts';

export interface ServedWidget {
  /** With what its events name, as the ledger's chunk gets it. */
  boot: WidgetBoot & SiteRecord;
  details: SpokenDetails;
  fetch: typeof fetch;
  /** Bodies of the event posts that reached the service. */
  posts: { events: string[]; presentations: unknown[]; contacts?: { event: string; channel: string; value: string }[] }[];
  /** What happens on the way: nothing, no network, or an answer that is changed (a throw loses it). */
  way: { offline: boolean; answer: (text: string) => string };
}

/** The test service's own site as its widget finds it, and a `fetch` that reaches it. */
export async function servedWidget(service: TestService): Promise<ServedWidget> {
  const script = await (await service.app.request('/w/example.js')).text();
  const boot = bootIn(script);
  const answer = await service.app.request(`/w/example/details/${boot.version}.json`);
  const details = (await answer.json()) as SpokenDetails;
  const served: ServedWidget = {
    boot: { ...boot, ...details.record },
    details,
    posts: [],
    way: { offline: false, answer: (text) => text },
    async fetch(input, init) {
      if (typeof input !== 'string') throw new TypeError('the widget fetches by URL');
      if (served.way.offline) throw new TypeError('Failed to fetch');
      const headers = { Origin: ORIGIN, 'Content-Type': 'text/plain;charset=UTF-8' };
      const response = await service.app.request(input.replace(boot.service, ''), {
        method: init?.method ?? 'GET',
        headers,
        ...(init?.body ? { body: init.body } : {}),
      });
      if (typeof init?.body === 'string') served.posts.push(JSON.parse(init.body) as ServedWidget['posts'][number]);
      return new Response(served.way.answer(await response.text()), { status: response.status });
    },
  };
  return served;
}
