// The API's description (OpenAPI 3.1), made from the table of routes, who may do what, and the schemas that parse.
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';

import { PROBLEMS } from '../shared/api.ts';
import * as apiSchemas from '../shared/api.ts';
import { Presentation } from '../shared/consent/presentation.ts';
import { Receipt } from '../shared/consent/receipt.ts';
import { PrivacyNotice } from '../shared/notice/schema.ts';
import * as marketingSchemas from '../shared/marketing/api.ts';
import * as operatorSchemas from '../shared/operator.ts';
import * as rightsSchemas from '../shared/rights/api.ts';
import { SiteConfiguration } from '../shared/site/configuration.ts';
import { ADMIN_OPERATIONS } from './openapi-admin.ts';
import type { ApiOperation } from './openapi-operation.ts';
import { PUBLIC_OPERATIONS } from './openapi-public.ts';
import { PERMISSIONS } from './permissions.ts';
import { SERVICE_VERSION } from './service-version.ts';

type Json = Record<string, unknown>;
export interface ApiDescription {
  openapi: '3.1.1';
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> };
}
export interface DescribedOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Json[];
  parameters: { name: string; in: 'path' | 'query'; required: boolean; description: string; schema: Json }[];
  requestBody?: { required: true; content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
}

const OPERATIONS: Record<string, ApiOperation> = { ...PUBLIC_OPERATIONS, ...ADMIN_OPERATIONS };

const isSchema = (value: unknown): value is v.GenericSchema =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';
/** Schemas that have a name of their own in our code have it in the description too. */
const NAMED = new Map<v.GenericSchema, string>(
  Object.entries({
    ...apiSchemas,
    ...operatorSchemas,
    ...rightsSchemas,
    ...marketingSchemas,
    ...{ Receipt, Presentation, PrivacyNotice, SiteConfiguration },
  }).flatMap(([name, schema]): [v.GenericSchema, string][] => (isSchema(schema) ? [[schema, name]] : [])),
);

const PATH_PARAMETERS: Record<string, string> = {
  site: 'Id of the site.',
  hash: 'SHA-256 of the canonical JSON, base64url.',
  event: 'Id of the consent event.',
  kind: 'Kind of the document, such as `privacy_notice`.',
  file: 'Name of the file.',
  build: 'SHA-256 of a build, base64url: the `build` of a presentation.',
  folder: 'Folder of the build.',
  pinned: 'Id of the site, @ and the version, with .js behind.',
  key: 'Id of the API key.',
  passkey: 'Id of the passkey (base64url).',
  request: 'Id of the request.',
  contact: 'Id of the contact.',
  subject: 'Thumbprint of the subject’s key.',
  token: 'From the link.',
  link: 'From the mail: opaque, says nothing about whose it is.',
  webhook: 'Id of the webhook.',
  witness: 'Name of the witness.',
  path: 'Path below /admin.',
};

/** Hono's patterns as OpenAPI writes them: "/w/:file{…}" is "/w/{file}". */
const templateOf = (path: string): string => path.replace(/:(\w+)(?:\{[^}]*\})?/g, '{$1}').replace('*', '{path}');
const operationIdOf = (method: string, path: string): string =>
  `${method.toLowerCase()}${templateOf(path)
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('')}`;

const SECURITY: Record<NonNullable<ApiOperation['by']>, Json[]> = {
  subject: [{ subject: [] }],
  operator: [{ key: [] }, { session: [] }],
  'subject or operator': [{ subject: [] }, { key: [] }, { session: [] }],
};

const PREFLIGHT: ApiOperation = {
  summary: 'May this page ask (CORS preflight)',
  group: 'Consent',
  answers: { 204: { what: 'It may: it is of one of the site’s origins.' } },
};

/** A route that nobody described is listed with its name alone; a test finds it. */
function operationOf(method: string, path: string): ApiOperation {
  const operation = method === 'OPTIONS' ? PREFLIGHT : OPERATIONS[`${method} ${path}`];
  return operation ?? { summary: `${method} ${templateOf(path)}`, group: 'Operation', answers: { 200: { what: '' } } };
}

const PROBLEM_TYPE = 'application/problem+json';
/** Of what no schema tells more: a problem, JSON of a vocabulary's own, or a text. */
function plainOf(type: string): Json {
  if (type === PROBLEM_TYPE) return { $ref: '#/components/schemas/Problem' };
  return { type: /^application\/(?:json|ld\+json)$/.test(type) ? 'object' : 'string' };
}

function describe(method: string, path: string, refer: (schema: v.GenericSchema) => Json): DescribedOperation {
  const { summary, description, group, by, query = {}, body, answers } = operationOf(method, path);
  const permission = PERMISSIONS[`${method} ${path}`];
  const who = permission && by !== undefined ? `Roles: ${permission.roles.join(', ')}.` : null;
  const told = permission?.audits.length ? 'The audit log is told.' : null;
  const text = [description, who, told].filter(Boolean).join(' ');
  const content = (types: string[], schema?: v.GenericSchema) =>
    Object.fromEntries(
      types.map((type) => {
        const structured = schema && (type === 'application/json' || !type.startsWith('text/html'));
        return [type, { schema: structured && type !== 'application/ld+json' ? refer(schema) : plainOf(type) }];
      }),
    );
  return {
    operationId: operationIdOf(method, path),
    summary,
    ...(text ? { description: text } : {}),
    tags: [group],
    security: by ? SECURITY[by] : [],
    parameters: [
      ...[...templateOf(path).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
        name,
        in: 'path' as const,
        required: true,
        description: PATH_PARAMETERS[name] ?? '',
        schema: { type: 'string' },
      })),
      ...Object.entries(query).map(([name, what]) => ({
        name,
        in: 'query' as const,
        required: false,
        description: what,
        schema: { type: 'string' },
      })),
    ],
    ...(body ? { requestBody: { required: true, content: content(body.types ?? ['application/json'], body.schema) } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { what, schema, types }]) => [
          status,
          { description: what, ...(types ? { content: content(types, schema) } : {}) },
        ]),
      ),
      default: problemResponse(method),
    },
  };
}

/** Who came with a browser is told on a page. */
const problemResponse = (method: string): DescribedOperation['responses'][string] => ({
  description: 'What went wrong.',
  content: Object.fromEntries(
    [PROBLEM_TYPE, ...(method === 'GET' ? ['text/html'] : [])].map((type) => [type, { schema: plainOf(type) }]),
  ),
});
const PROBLEM: Json = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `permanent` ones are never to be sent again as they are.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { enum: Object.keys(PROBLEMS) },
    detail: { type: 'string' },
    time: {
      type: 'integer',
      description: 'The service’s, in seconds, where a data subject’s request is to be signed again with it.',
    },
  },
};

/** `table`: of app.ts. */
export function describeApi(
  table: readonly (readonly [method: string, path: string, ...unknown[]])[],
  url: string,
): ApiDescription {
  const schemas: Record<string, Json> = { Problem: PROBLEM };
  const made = (schema: v.GenericSchema): Json => {
    const { $schema: _, ...rest } = toJsonSchema(schema, { typeMode: 'input', target: 'draft-2020-12', errorMode: 'ignore' });
    return rest;
  };
  const refer = (schema: v.GenericSchema): Json => {
    const name = NAMED.get(schema);
    if (name === undefined) return made(schema);
    schemas[name] ??= made(schema);
    return { $ref: `#/components/schemas/${name}` };
  };
  const paths: ApiDescription['paths'] = {};
  for (const [method, path] of table)
    paths[templateOf(path)] = { ...paths[templateOf(path)], [method.toLowerCase()]: describe(method, path, refer) };
  const groups = new Set(table.map(([method, path]) => operationOf(method, path).group));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Candour consent service',
      version: SERVICE_VERSION,
      description: 'Consent that can be checked. Problems are RFC 9457 with a stable code.',
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url }],
    tags: [...groups].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        session: { type: 'apiKey', in: 'cookie', name: 'candour_session', description: 'A session of the dashboard.' },
        subject: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description:
            '`Subject <JWS>`: typ candour-request+jws over {aud, method, path, iat, jti}, signed with the key of the events.',
        },
      },
    },
  };
}
