// The API's description for people: what can be asked, by whom, with what, and what comes back.
import type { ApiDescription, DescribedOperation } from '../openapi.ts';
import { pageDocument } from './document.ts';
import { markup, type Markup } from './markup.ts';

const KEYS: Record<string, string> = { key: 'API key', session: 'dashboard session', subject: 'the data subject' };

interface Listed {
  method: string;
  path: string;
  operation: DescribedOperation;
}
type Content = Record<string, { schema: Record<string, unknown> }>;

const schemaLink = ({ schema }: Content[string]): Markup | string => {
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
  if (name !== undefined) return markup`: <a href="#schema-${name}">${name}</a>`;
  return Object.keys(schema).length > 0 ? markup`: <code>${JSON.stringify(schema)}</code>` : '';
};

const contents = (content: Content | undefined): Markup[] =>
  Object.entries(content ?? {}).map(([type, one]) => markup` <span class="note"><code>${type}</code>${schemaLink(one)}</span>`);

const who = ({ security }: DescribedOperation): string =>
  security.length === 0 ? 'anyone' : security.flatMap((one) => Object.keys(one).map((name) => KEYS[name] ?? name)).join(', or ');

const answers = ({ responses }: DescribedOperation): Markup[] =>
  Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(
      ([status, response]) =>
        markup`<div class="facet"><h4>Answer ${status}</h4><div><p>${response.description}${contents(response.content)}</p></div></div>`,
    );

const operationPart = ({
  method,
  path,
  operation,
}: Listed): Markup => markup`<details class="activity" id="${operation.operationId}">
<summary><h3><code>${method} ${path}</code></h3><span class="note">${operation.summary}</span></summary>
<div class="activity-body">
${operation.description && markup`<p>${operation.description}</p>`}
<div class="facet"><h4>Who</h4><div><p>${who(operation)}</p></div></div>
${
  operation.parameters.length > 0 &&
  markup`<div class="facet"><h4>Parameters</h4><div><ul class="plain">${operation.parameters.map(
    (one) => markup`<li><code>${one.in === 'query' ? '?' : ''}${one.name}</code> ${one.description}</li>`,
  )}</ul></div></div>`
}
${operation.requestBody && markup`<div class="facet"><h4>Body</h4><div><p>${contents(operation.requestBody.content)}</p></div></div>`}
${answers(operation)}
</div></details>`;

/** A whole HTML document. Serve it with PAGE_CSP (page-style.ts). */
export function apiPage({ info, tags, paths, components, servers }: ApiDescription): string {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'options')
      .map(([method, operation]): Listed => ({ method: method.toUpperCase(), path, operation })),
  );
  return pageDocument({
    title: `${info.title}: API`,
    whose: 'Candour',
    kind: 'API',
    head: markup`<link rel="alternate" type="application/json" href="/openapi.json">`,
    contents: true,
    main: markup`<p class="eyebrow">API, version ${info.version}</p>
<h1>What can be asked of this service</h1>
<p>${info.description} Base address: <code>${servers[0]?.url ?? ''}</code>. The same as <a href="/openapi.json" type="application/json">OpenAPI 3.1</a>.</p>
<nav class="contents" aria-label="On this page"><p class="contents-title">On this page</p><ul>${tags.map(
      ({ name }) => markup`<li><a href="#group-${name.toLowerCase().replace(/ /g, '-')}">${name}</a></li>`,
    )}<li><a href="#schemas">Schemas</a></li></ul></nav>
${tags.map(({ name }) => {
  const id = `group-${name.toLowerCase().replace(/ /g, '-')}`;
  const listed = all.filter(({ operation }) => operation.tags[0] === name);
  return (
    listed.length > 0 &&
    markup`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>${listed.map(operationPart)}</section>`
  );
})}
<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>${Object.entries(components.schemas).map(
      ([name, schema]) => markup`<details class="activity" id="schema-${name}"><summary><h3>${name}</h3></summary>
<div class="activity-body"><pre class="proof" tabindex="0" aria-label="JSON Schema of ${name}">${JSON.stringify(schema, null, 2)}</pre></div></details>`,
    )}</section>`,
  });
}
