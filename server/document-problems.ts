// All that is wrong with a document that somebody wrote by hand, at once: the place, what stands there, what it takes.
import * as v from 'valibot';

import { nearest } from './nearest.ts';
import { MAX_PROBLEMS } from './operator-error.ts';
import { issueText } from './schema-issue.ts';

export interface DocumentProblem {
  /** From the document's root, as notice findings have it: "activities/0/purposes/1/kind"; empty: the whole. */
  place: string;
  /** What stands there; null: nothing. */
  got: string | null;
  /** What the place takes. */
  takes: string;
}

type Key = string | number;
const keysOf = (issue: v.BaseIssue<unknown>): Key[] => (issue.path ?? []).map(({ key }) => key as Key);

/** The parts of schemas that lead to the schema of a place. */
type Node = v.GenericSchema & {
  wrapped?: Node;
  item?: Node;
  value?: Node;
  entries?: Record<string, Node>;
  options?: readonly Node[];
  pipe?: readonly (Node & { kind: string; description?: string })[];
};

/** `value` is what stands at the place of `schema`: it decides between the forms of a variant. */
function entriesOf(schema: Node, value: unknown): Record<string, Node> {
  if (schema.wrapped) return entriesOf(schema.wrapped, value);
  if (schema.entries) return schema.entries;
  const type = (value as { type?: unknown } | null)?.type;
  const forms = (schema.options ?? []).filter((form) => typeof form === 'object' && form.entries);
  const fitting = forms.find(({ entries }) => entries?.['type'] && v.is(entries['type'], type));
  return fitting?.entries ?? Object.assign({}, ...forms.map(({ entries }) => entries));
}

function child(schema: Node | undefined, key: Key, value: unknown): Node | undefined {
  if (!schema) return undefined;
  if (schema.wrapped) return child(schema.wrapped, key, value);
  return schema.item ?? schema.value ?? entriesOf(schema, value)[key];
}

function descriptionOf(schema: Node | undefined): string | undefined {
  const own = schema?.pipe?.findLast(({ type }) => type === 'description')?.description;
  return own ?? (schema?.wrapped ? descriptionOf(schema.wrapped) : undefined);
}

const shortened = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function gotWords(value: unknown): string | null {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return printable(shortened(JSON.stringify(value), 60));
}

/** Valibot's names of types, for people. */
const TYPES: Record<string, string> = {
  Object: 'an object {…}',
  strict_object: 'an object {…}',
  variant: 'an object {…}',
  Array: 'a list […]',
  array: 'a list […]',
  string: 'a text in quotes',
  number: 'a number',
  boolean: 'true or false',
};

const mayBeNull = (schema: Node): boolean =>
  schema.type === 'nullable' || (schema.wrapped !== undefined && mayBeNull(schema.wrapped));
const innermost = (schema: Node): Node => (schema.wrapped ? innermost(schema.wrapped) : schema);

/** `("a" | "b" | null)` as a list. */
const expectedWords = (expected: string): string =>
  expected
    .replace(/^\(|\)$/g, '')
    .split(' | ')
    .map((one) => TYPES[one] ?? one)
    .join(', ');

/** The keys of each form that an object may have: `an object {period, from} or {notice, activity, covers}`. */
function formsWords(schema: Node | undefined): string | null {
  const forms = (schema && innermost(schema).options?.flatMap(({ entries }) => (entries ? [Object.keys(entries)] : []))) ?? [];
  return forms.length > 1 ? `an object ${forms.map((keys) => `{${keys.join(', ')}}`).join(' or ')}` : null;
}

function takesWords(issue: v.BaseIssue<unknown>, schema: Node | undefined): string {
  const isList = Array.isArray(issue.input);
  if (issue.type === 'min_length') return isList ? 'at least one' : 'some text';
  if (issue.type === 'max_length') return `at most ${String(issue.requirement)} ${isList ? 'items' : 'characters'}`;
  if (issue.kind !== 'schema') return issueText(issue).replace(/^must be /, '');
  if (issue.input !== undefined) return formsWords(schema) ?? expectedWords(issue.expected ?? '');
  if (!schema) return 'a value';
  const { type, expects } = innermost(schema);
  const what = `${TYPES[type] ?? expectedWords(expects)}${mayBeNull(schema) ? ' or null' : ''}`;
  const about = descriptionOf(schema);
  return about === undefined ? what : `${what}: ${about.replace(/\.$/, '')}`;
}

/** Neither place nor value may steer a terminal. */
const printable = (text: string): string => text.replaceAll(/\p{C}/gu, '\uFFFD');

const UNKNOWN_KEY = 'a key that is not known here';

function problemOf(issue: v.BaseIssue<unknown>, schema: v.GenericSchema, input: unknown): DocumentProblem {
  const keys = keysOf(issue);
  let at: Node | undefined = schema as Node;
  let parent: Node | undefined = at;
  let value: unknown = input;
  let parentValue: unknown = input;
  for (const key of keys) {
    [parent, parentValue] = [at, value];
    at = child(at, key, value);
    value = (value as Record<Key, unknown> | null | undefined)?.[key];
  }
  const place = printable(keys.join('/'));
  if (issue.expected !== 'never') return { place, got: gotWords(value), takes: takesWords(issue, at) };
  const known = parent ? Object.keys(entriesOf(parent, parentValue)) : [];
  const near = nearest(String(keys.at(-1)), known);
  return { place, got: UNKNOWN_KEY, takes: near ? `did you mean ${near}?` : `known are ${known.join(', ')}` };
}

/** A copy without what stands at these keys. */
function without(input: unknown, [key, ...rest]: readonly Key[]): unknown {
  if (key === undefined || typeof input !== 'object' || input === null) return input;
  const copy = (Array.isArray(input) ? [...(input as unknown[])] : { ...input }) as Record<Key, unknown>;
  if (rest.length > 0) copy[key] = without(copy[key], rest);
  else delete copy[key];
  return copy;
}

/** All that is wrong with a document, in its order. Empty: nothing, as far as its form goes. */
export function documentProblems(schema: v.GenericSchema, input: unknown): DocumentProblem[] {
  const found = new Map<string, DocumentProblem>();
  let left = input;
  // Valibot tells of one unknown key of an object only: each is taken away, and the rest looked at again.
  for (let round = 0; round <= MAX_PROBLEMS; round += 1) {
    const read = v.safeParse(schema, left);
    if (read.success) break;
    const unknown = read.issues.filter(({ expected, path }) => expected === 'never' && path);
    for (const issue of read.issues) {
      const problem = problemOf(issue, schema, input);
      const key = `${problem.place}\n${problem.takes}`;
      if (!found.has(key)) found.set(key, problem);
    }
    if (unknown.length === 0) break;
    for (const issue of unknown) left = without(left, keysOf(issue));
  }
  return [...found.values()];
}

export const problemWords = ({ place, got, takes }: DocumentProblem): string =>
  `${place === '' ? 'the whole' : place}: ${got === null ? 'is missing' : `is ${got}`}; ${got === UNKNOWN_KEY ? takes : `it takes ${takes}`}`;
