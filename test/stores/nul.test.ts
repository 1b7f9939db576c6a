// A NUL character, which PostgreSQL takes in no text and SQLite takes in all: whoever sends one is told so, on either engine.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { routes } from '../../server/app.ts';
import { issueCredential } from '../../server/credentials.ts';
import { postgresStore } from '../../server/store/postgres/store.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createTestService, SERVICE_URL, type TestService } from '../support/service.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster?.destroy());

const onPostgres = async () =>
  postgresStore({ url: await cluster.createDatabase(), ownerUrl: null, pool: 2, now: Date.now, migrate: true });

describe.each(['SQLite', 'PostgreSQL'])('on %s', (engine) => {
  let service: TestService;
  let headers: Record<string, string>;
  beforeAll(async () => {
    const secret = 'only for tests, and long enough to be taken';
    service = await createTestService({ config: { secret }, ...(engine === 'PostgreSQL' ? { store: await onPostgres() } : {}) });
    const { token } = await issueCredential(service.context.store, 'api_key', { name: 'test', role: 'owner' }, new Date());
    headers = { Authorization: `Bearer ${token}`, Origin: SERVICE_URL };
  });
  afterAll(() => service?.close());

  it('no path and no query with a NUL character is a failure of the service', async () => {
    const asked = routes(service.context).flatMap(([method, path]) => {
      const plain = path.replaceAll(/\{[^}]*\}/g, '').replace('*', 'x');
      const named = [plain.replaceAll(/:\w+/g, 'a%00b'), plain.replace(':site', 'example').replaceAll(/:\w+/g, '%00')];
      const query = `${plain.replace(':site', 'example').replaceAll(/:\w+/g, 'x')}?actor=%00&before=%00&contact=%00&subject=%00`;
      return [...named, query].filter((one) => one.includes('%00')).map((url) => ({ method, url }));
    });
    expect(asked.length).toBeGreaterThan(200);
    for (const { method, url } of asked) {
      const response = await service.app.request(url, { method, headers });
      expect(response.status, `${method} ${url}`).toBe(400);
    }
  });

  it('a text with a NUL character in a body is refused, however deep it stands, and nothing is made', async () => {
    const json = { ...headers, 'Content-Type': 'application/json' };
    const post = (body: string) => service.app.request('/v1/admin/keys', { method: 'POST', headers: json, body });
    const before = await service.context.store.credentials('api_key');
    for (const body of [
      '{"name":"a\\u0000b","role":"owner"}',
      '{"name":"a","role":"owner","\\u0000":1}',
      `${'['.repeat(1800)}"\\u0000"${']'.repeat(1800)}`,
    ])
      expect(await (await post(body)).json()).toMatchObject({ status: 400, detail: 'a text in the body holds a NUL character' });
    expect(await service.context.store.credentials('api_key')).toEqual(before);
    const form = { Origin: SERVICE_URL, 'Content-Type': 'application/x-www-form-urlencoded' };
    for (const path of ['/r/example', '/m/example', '/m/example/choices', '/r/example/confirm'])
      expect(
        (await service.app.request(path, { method: 'POST', headers: form, body: 'kind=access&email=a%00@example.org&link=x' }))
          .status,
        path,
      ).toBe(400);
    expect((await post('{"name":"a\\\\u0000b","role":"owner"}')).status, 'six characters of which none is NUL').toBe(201);
  });
});
