// The ids of requirements (R) and lint rules (L): their words in docs/requirements.json, and how a test's title names them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';

import { root } from './tool.ts';

const Section = v.strictObject({ title: v.string(), items: v.record(v.pipe(v.string(), v.regex(/^[RL]\d+$/)), v.string()) });

export type RequirementSection = v.InferOutput<typeof Section>;

export const requirements = (): RequirementSection[] =>
  v.parse(v.array(Section), JSON.parse(readFileSync(join(root, 'docs', 'requirements.json'), 'utf8')));

/** The ids that a title begins with: "R17 R18 keeps …" names two. */
export const idsOf = (title: string): string[] => (/^(?:[RL]\d+[,:]? )+/.exec(title)?.[0] ?? '').match(/[RL]\d+/g) ?? [];
