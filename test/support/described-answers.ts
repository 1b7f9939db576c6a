// Every answer of the service under test is held against what its own description says of it (OpenAPI): the status, the type and, of JSON,
// the shape, with nothing in it that the description does not name.
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

import { routes } from '../../server/app.ts';
import { describeApi, type DescribedOperation } from '../../server/openapi.ts';
import type { ServiceContext } from '../../server/service-context.ts';

type Json = Record<string, unknown>;
type Described = DescribedOperation['responses'][string];

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema, with each object that names its properties closed. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isObject(schema)) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return 'properties' in schema && !('additionalProperties' in schema) ? { ...inner, additionalProperties: false } : inner;
}

/** As a browser reads it. */
async function textOf(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer());
  switch (response.headers.get('Content-Encoding')) {
    case 'br':
      return brotliDecompressSync(bytes).toString();
    case 'gzip':
      return gunzipSync(bytes).toString();
    default:
      return bytes.toString();
  }
}

const isJson = (type: string): boolean => type === 'application/json' || type === 'application/problem+json';

interface Answers {
  pattern: RegExp;
  method: string;
  name: string;
  responses: Record<string, Described>;
}

/** A path of the description as what it matches; `{path}` stands for the rest of it. */
const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .replace(/[.]/g, '\\$&')
      .replace('{path}', '.*')
      .replace(/\{\w+\}/g, '[^/]+')}$`,
  );

export type CheckAnswer = (method: string, path: string, response: Response) => Promise<void>;

/** Throws, with what is wrong, unless the answer is as described. */
export function answersAsDescribed(context: ServiceContext): CheckAnswer {
  const { paths, components } = describeApi(routes(context), context.publicUrl);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const $defs = JSON.parse(JSON.stringify(closed(components.schemas)).replaceAll('#/components/schemas/', 'all#/$defs/')) as Json;
  ajv.addSchema({ $id: 'all', $defs });
  // What has a name of its own goes before what has a place for any.
  const all = Object.entries(paths)
    .toSorted(([a], [b]) => a.split('{').length - b.split('{').length)
    .flatMap(([template, methods]): Answers[] =>
      Object.entries(methods).map(([method, { responses }]) => ({
        pattern: patternOf(template),
        method: method.toUpperCase(),
        name: `${method.toUpperCase()} ${template}`,
        responses,
      })),
    );
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (schema: Json): ValidateFunction => {
    const text = JSON.stringify(closed(schema)).replaceAll('#/components/schemas/', 'all#/$defs/');
    const known = compiled.get(text) ?? ajv.compile(JSON.parse(text) as Json);
    compiled.set(text, known);
    return known;
  };
  return async (method, path, response) => {
    const operation = all.find((one) => one.method === method && one.pattern.test(path));
    if (!operation) return;
    const described =
      operation.responses[response.status] ?? (response.status >= 400 ? operation.responses['default'] : undefined);
    const what = `${operation.name} ${response.status}`;
    if (!described) throw new Error(`${what} is not described`);
    const type = (response.headers.get('Content-Type') ?? '').replace(/;.*/, '');
    const content = described.content?.[type];
    if (type !== '' && !content)
      throw new Error(`${what} is described as ${Object.keys(described.content ?? {}).join()}, and is ${type}`);
    if (!content || !isJson(type)) return;
    const body = JSON.parse(await textOf(response.clone())) as unknown;
    const validate = validatorOf(content.schema);
    if (!validate(body))
      throw new Error(`${what} is not as described: ${ajv.errorsText(validate.errors)}: ${JSON.stringify(body).slice(0, 600)}`);
  };
}
