import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PROBLEMS } from '../shared/api.ts';
import { answersAsDescribed } from '../test/support/described-answers.ts';
import { cookiePolicy, createTestService, type TestService } from '../test/support/service.ts';
import { routes } from './app.ts';
import { ADMIN_OPERATIONS } from './openapi-admin.ts';
import { PUBLIC_OPERATIONS } from './openapi-public.ts';
import type { ApiDescription } from './openapi.ts';
import { PERMISSIONS } from './permissions.ts';

let service: TestService;
let description: ApiDescription;
beforeAll(async () => {
  service = await createTestService();
  description = (await (await service.app.request('/openapi.json')).json()) as ApiDescription;
});
afterAll(() => service.close());

const operations = () => Object.values(description.paths).flatMap((methods) => Object.values(methods));

describe('the API’s description', () => {
  it('has every route of the service, and describes none that is not there', () => {
    const table = routes(service.context).map(([method, path]) => `${method} ${path}`);
    const described = [...Object.keys(PUBLIC_OPERATIONS), ...Object.keys(ADMIN_OPERATIONS)];
    expect(table.filter((route) => !route.startsWith('OPTIONS ') && !described.includes(route))).toEqual([]);
    expect(described.filter((route) => !table.includes(route))).toEqual([]);
    expect(operations()).toHaveLength(table.length);
  });

  it('is OpenAPI 3.1 whose references all lead somewhere and whose names are unique', () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    const text = JSON.stringify(description);
    const references = [...text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(40);
    for (const [, kind = '', name = ''] of references)
      expect(description.components[kind as 'schemas'], `${kind}/${name}`).toHaveProperty(name);
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [path, methods] of Object.entries(description.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(methods))
        expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
    }
    for (const { parameters } of operations()) for (const { description: words } of parameters) expect(words).not.toBe('');
  });

  it('says of each answer and each body what it is', () => {
    const empty: string[] = [];
    for (const [path, methods] of Object.entries(description.paths))
      for (const [method, { requestBody, responses }] of Object.entries(methods))
        for (const { content = {} } of [...(requestBody ? [requestBody] : []), ...Object.values(responses)])
          for (const [type, { schema }] of Object.entries(content))
            if (Object.keys(schema).length === 0) empty.push(`${method} ${path} ${type}`);
    expect(empty).toEqual([]);
  });

  it('has schemas that are JSON Schema and take what the service takes', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [name, schema] of Object.entries(description.components.schemas)) {
      const inlined = JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/')) as object;
      expect(() => ajv.compile({ ...inlined, $defs: {} }), name).not.toThrow();
    }
    const notice = ajv.compile(description.components.schemas['PrivacyNotice'] ?? {});
    expect(notice(cookiePolicy), JSON.stringify(notice.errors)).toBe(true);
    expect(notice({ ...cookiePolicy, kind: 'poster' })).toBe(false);
  });

  it('is held against every answer in the tests of the service, which fail where it is wrong', async () => {
    const check = answersAsDescribed(service.context);
    const answer = (body: object, status = 200, path = '/v1/admin/sites') => check('GET', path, Response.json(body, { status }));
    await answer({ sites: [] });
    await expect(answer({ sites: [], more: 1 })).rejects.toThrow(/GET \/v1\/admin\/sites 200 is not as described.*additional/);
    await expect(answer({ sites: [{}] })).rejects.toThrow(/must have required property/);
    await expect(answer({ sites: [] }, 201)).rejects.toThrow(/201 is not described/);
    await expect(answer({ code: 'NONE' }, 404)).rejects.toThrow(/is application\/json/);
    await expect(answer({}, 200, '/v1/sites/example/notice')).rejects.toThrow(/PrivacyNotice|not as described/);
  });

  it('says who may do what as the table of permissions does, and every problem code', () => {
    for (const [route, { roles }] of Object.entries(PERMISSIONS)) {
      const [method = '', path = ''] = route.split(' ');
      const operation = description.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      if (operation?.security.some((one) => 'key' in one))
        expect(operation.description, route).toContain(`Roles: ${roles.join(', ')}.`);
    }
    const codes = (description.components.schemas['Problem'] as { properties: { code: { enum: string[] } } }).properties.code
      .enum;
    expect(codes).toEqual(Object.keys(PROBLEMS));
  });

  it('can be read as a page without a script', async () => {
    const response = await service.app.request('/docs');
    const html = await response.text();
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/);
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/(?:src|href)="https?:/);
    for (const path of Object.keys(description.paths)) expect(html).toContain(path);
  });
});
