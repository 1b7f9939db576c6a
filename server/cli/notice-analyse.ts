// candour notice analyse: what a notice in prose says, with the words that say it. The facts come from shared/analysis; here is the
// reading of files and the printing.
import { open } from 'node:fs/promises';

import type { Command } from 'commander';

import { analyseDocument, LONGEST_NOTICE, NoticeTooLong } from '../../shared/analysis/analyse.ts';
import type { NoticeDocument, NoticeFormat } from '../../shared/analysis/document.ts';
import { readHtml } from '../../shared/analysis/html.ts';
import { readMarkdown } from '../../shared/analysis/markdown.ts';
import { readPlainText } from '../../shared/analysis/plain-text.ts';
import type { FoundBasis, NoticeAnalysis } from '../../shared/analysis/result.ts';
import { LAWFUL_BASIS_FACTS } from '../../shared/notice/lawful-basis.ts';
import { issueWords } from '../../shared/notice/issues.ts';
import { say, WrongUse } from './outcome.ts';

const READERS: Record<NoticeFormat, (source: string) => NoticeDocument> = {
  html: readHtml,
  markdown: readMarkdown,
  text: readPlainText,
};

/** By the name's ending; standard input and unknown endings by how the text begins. */
export function formatOf(file: string, source: string): NoticeFormat {
  if (/\.x?html?$/i.test(file)) return 'html';
  if (/\.(?:md|markdown|mdown)$/i.test(file)) return 'markdown';
  if (/\.(?:txt|text)$/i.test(file)) return 'text';
  const start = source.slice(0, 4000);
  if (/<(?:!doctype|html|body|div|p|h[1-6]|article|main|section)\b/i.test(start)) return 'html';
  return /^(?:#{1,6} |={3,}$|-{3,}$|\|? ?-{3,} ?\|)|\]\(https?:|\*\*\S/m.test(start) ? 'markdown' : 'text';
}

async function bytesOf(file: string): Promise<Buffer> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > LONGEST_NOTICE) throw new NoticeTooLong();
    }
    return Buffer.concat(chunks);
  }
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size > LONGEST_NOTICE) throw new NoticeTooLong();
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Throws WrongUse, in one line with the file's name. */
async function sourceOf(file: string): Promise<string> {
  try {
    return (await bytesOf(file)).toString('utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new WrongUse(`${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}

const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;
const quoted = (quote: string): string => `“${quote.replace(/\s+/g, ' ').slice(0, 400)}”`;
const basisWords = ({ basis, evidence, rule, confidence }: FoundBasis): string =>
  `${LAWFUL_BASIS_FACTS[basis].label} (${LAWFUL_BASIS_FACTS[basis].article}): ${quoted(evidence.quote)} [${rule}, ${percent(confidence)}]`;

const STATUS_WORDS = {
  stated: 'stated here',
  document_only: 'stated for the whole document, not for this activity',
  not_stated: 'not stated',
} as const;

function* words(analysis: NoticeAnalysis): Generator<string> {
  yield `Controller: ${analysis.controller?.name ?? 'we did not find one'}`;
  yield `Supervisory authority: ${analysis.authority?.name ?? 'we did not find one'}`;
  yield `Last updated: ${analysis.lastUpdated?.date ?? 'no date given'}`;
  if (!analysis.readable)
    yield 'The language of this text is not one that we read: what is missing below was not found, which does not mean that it is not stated.';
  const general = analysis.lawfulBases.filter(({ scope }) => scope === 'document');
  yield '';
  yield general.length > 0 ? 'Lawful bases for the whole document:' : 'No lawful basis for the whole document.';
  for (const basis of general) yield `  ${basisWords(basis)}`;
  for (const activity of analysis.activities) {
    yield '';
    yield `${activity.title}: ${STATUS_WORDS[activity.lawfulBasisStatus]}`;
    for (const basis of analysis.lawfulBases.filter((each) => each.activity === activity.id)) yield `  ${basisWords(basis)}`;
    for (const { evidence } of activity.retention) yield `  kept: ${quoted(evidence.quote)}`;
  }
  yield '';
  yield `Rights: ${analysis.rights.map(({ right }) => right.replaceAll('_', ' ')).join(', ') || 'none found'}`;
  yield `Retention statements: ${analysis.retention.length}`;
  for (const code of analysis.issues) yield `Issue ${code}: ${issueWords(code).title}`;
}

interface Options {
  format?: NoticeFormat;
  lang?: string;
  printText?: boolean;
  json?: boolean;
}

/** A notice in prose from a file, or from standard input as "-". Throws WrongUse. */
export async function documentOf(file: string, format?: NoticeFormat): Promise<NoticeDocument> {
  const source = await sourceOf(file);
  return READERS[format ?? formatOf(file, source)](source);
}

async function analyse(file: string, { format, lang, printText = false, json = false }: Options): Promise<void> {
  if (format !== undefined && !Object.hasOwn(READERS, format))
    throw new WrongUse(`--format takes html, markdown or text, not ${String(format)}`);
  if (lang !== undefined && !/^[a-z]{2,3}$/.test(lang)) throw new WrongUse(`--lang takes a language such as en, not ${lang}`);
  const document = await documentOf(file, format);
  if (printText) {
    process.stdout.write(document.text);
    return;
  }
  const analysis = analyseDocument(document, lang);
  if (json) say(JSON.stringify(analysis, null, 2));
  else for (const line of words(analysis)) say(line);
}

export function noticeAnalyseCommand(notice: Command): void {
  notice
    .command('analyse')
    .argument('<file>', 'a privacy notice in prose; - for standard input')
    .description('what a notice in prose states: lawful bases with their sentences, activities, rights, retention; no network')
    .option('--format <format>', 'html, markdown or text (by default by the file’s name, else by how it begins)')
    .option('--lang <language>', 'the language it is written in (by default the one that its words show)')
    .option('--print-text', 'print the text that is analysed and that offsets count in, nothing else')
    .option('--json', 'as JSON')
    .action(analyse);
}
