import { readFile, writeFile } from 'node:fs/promises';

import type { Command } from 'commander';

import { publicUrlOf } from '../config.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import type { Evidence } from '../../shared/evidence/evidence.ts';
import { evidenceHtml } from '../prove/evidence-html.ts';
import { gatherEvidence, NothingToProve } from '../prove/gather.ts';
import { BadQuestion, readQuestion } from '../prove/question.ts';
import { counted, NotHolding, say, siteNamed, withStore, WrongUse } from './outcome.ts';

interface Options {
  site: string;
  subject?: string;
  event?: string;
  receipt?: string;
  leaf?: string;
  purpose?: string;
  at?: string;
  format: string;
  out?: string;
}

async function questionOf({ subject, event, leaf, receipt: file, purpose, at }: Options) {
  try {
    const receipt: unknown = file === undefined ? undefined : JSON.parse(await readFile(file, 'utf8'));
    const given = Object.entries({ subject, event, leaf, receipt, purpose, at }).filter(([, value]) => value !== undefined);
    return readQuestion(Object.fromEntries(given));
  } catch (error) {
    if (error instanceof BadQuestion) throw new WrongUse(error.message);
    throw new WrongUse(`${file}: ${error instanceof SyntaxError ? 'is not JSON' : (error as Error).message}`);
  }
}

/** One line a choice: what held, since when, by which event, and what there is to show. */
export const answerLines = ({ question, answer, erased, attested = [] }: Evidence): string[] => [
  `${question.site}, ${question.at}: ${counted(answer.events, 'event')} received by then`,
  ...(attested.length > 0
    ? [`${attested.length} attested by the operator, on whose word the answer does not rest: --format html or json shows it`]
    : []),
  ...answer.choices.map(
    ({ id, state, chosen, since, until, event, standing, demonstrable }) =>
      `${id}\t${state}${chosen ? ` (${chosen})` : ''}\t${since ?? '-'}..${until ?? '-'}\t${event ?? '-'}\t${demonstrable ? 'demonstrable' : `not demonstrable: ${standing}`}`,
  ),
  ...(answer.beginning.kind === 'restored'
    ? [`restored: the earlier choice of ${answer.beginning.day} is out of reach, as its key is gone`]
    : []),
  ...erased.map(
    ({ index, erasure }) => `leaf ${index}: erased by ${erasure.leaf.by} at ${erasure.leaf.at} (leaf ${erasure.index})`,
  ),
  ...(answer.missing.length > 0 ? [`missing: number ${answer.missing.join(', ')}`] : []),
];

async function formOf(evidence: Evidence, format: string): Promise<string> {
  if (format === 'json') return `${JSON.stringify(evidence, null, 2)}\n`;
  if (format === 'html') return evidenceHtml(evidence);
  return `${answerLines(evidence).join('\n')}\n`;
}

const prove = (options: Options): Promise<void> =>
  withStore(async (store, config) => {
    if (!['text', 'json', 'html'].includes(options.format)) throw new WrongUse('--format takes text, json or html');
    const asked = await questionOf(options);
    const site = await siteNamed(store, options.site);
    const prover = {
      store,
      site,
      keys: await store.logKeys(site),
      service: publicUrlOf(config, config.port),
      now: new Date(),
    };
    const evidence = await gatherEvidence(prover, asked).catch((error: unknown) => {
      if (error instanceof NothingToProve)
        throw error.kind === 'unknown' ? new NotHolding(error.message) : new WrongUse(error.message);
      throw error;
    });
    await audit({ store, now: () => new Date() }, COMMAND_LINE, 'proof.read', {
      site,
      object: `${evidence.events.length} events`,
    });
    const text = await formOf(evidence, options.format);
    if (options.out === undefined) return void process.stdout.write(text);
    await writeFile(options.out, text, { mode: 0o600 });
    say(`${options.out}: check it with candour log verify --evidence ${options.out}`);
  });

export const proveCommand = (program: Command): Command =>
  program
    .command('prove')
    .description('what held for a data subject at a moment, and what shows it; as text, or as one evidence file')
    .requiredOption('--site <name>', 'the site')
    .option('--subject <thumbprint>', 'the thumbprint of the subject’s key')
    .option('--event <id>', 'an event of the subject')
    .option('--receipt <file>', 'a receipt (JSON); also finds an event that was erased')
    .option('--leaf <place>', 'a leaf of the log: its index, or <epoch>/<index>')
    .option('--purpose <id>', 'one purpose, or <activity>/<sender>/<channel>; otherwise all')
    .option('--at <moment>', 'a day (its end, UTC) or an instant; otherwise when the event was received, or now')
    .option('--format <form>', 'text, json or html', 'text')
    .option('--out <file>', 'write a file that only its owner can read')
    .action(prove);
