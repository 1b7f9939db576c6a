// Reads a request's JSON body as a schema says.
import * as v from 'valibot';

import { ProblemError } from './problem.ts';
import { readJson } from './request-body.ts';

/** Throws ProblemError as readJson does, and BAD_REQUEST, whose detail names the place and what it takes, not what was sent. */
export async function readAs<T extends v.GenericSchema>(schema: T, request: Request, limit: number): Promise<v.InferOutput<T>> {
  const read = v.safeParse(schema, await readJson(request, limit));
  if (read.success) return read.output;
  const [issue] = read.issues;
  const takes = issue.expected === null ? issue.message : `takes ${issue.expected}`;
  throw new ProblemError('BAD_REQUEST', `${v.getDotPath(issue) ?? 'the body'}: ${takes}`);
}
