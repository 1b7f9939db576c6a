// Records of processing activities (Art. 30(1)(a)-(g) GDPR) from the notices that are published now (R67). What a notice does
// not say is "not stated": nothing is filled in.
import type { Contact, PrivacyNotice, ProcessingActivity } from '../../shared/notice/schema.ts';
import type { SiteContext } from '../site-context.ts';
import { csvRows } from './export-csv.ts';

/** What the record says of one point, and for what the notice says it. */
export interface Stated {
  scope: 'activity' | 'document' | 'not_stated';
  values: string[];
}

export interface ProcessingRecord {
  notice: string;
  title: string;
  activity: string;
  /** (a) */ controller: Stated;
  /** (a) */ representative: Stated;
  /** (a) */ dataProtectionOfficer: Stated;
  /** (b) */ purposes: Stated;
  /** (c) */ dataSubjects: Stated;
  /** (c) */ personalData: Stated;
  /** (d) */ recipients: Stated;
  /** (e) */ transfers: Stated;
  /** (f) */ erasure: Stated;
  /** (g) */ security: Stated;
  /** Not asked for by Art. 30; useful beside it. */
  lawfulBases: Stated;
}

/** The first list that says something. */
function stated(activity: readonly string[], document: readonly string[] = []): Stated {
  if (activity.length > 0) return { scope: 'activity', values: [...activity] };
  if (document.length > 0) return { scope: 'document', values: [...document] };
  return { scope: 'not_stated', values: [] };
}

const contacts = (list: readonly Contact[]): string[] =>
  list.map(({ kind, value }) => `${kind}: ${value ?? 'hidden by the site'}`);
const recipients = (list: ProcessingActivity['recipients']): string[] =>
  list.map(({ name, negative, note }) => `${negative ? 'not shared with ' : ''}${name}${note ? ` (${note})` : ''}`);
const transfers = (list: ProcessingActivity['transfers']): string[] =>
  list.map(({ to, mechanism }) => `${to}: ${mechanism ?? 'mechanism not stated'}`);

function recordOf(notice: PrivacyNotice, hash: string, activity: ProcessingActivity): ProcessingRecord {
  const { controller, representative, dpo } = notice;
  return {
    notice: hash,
    title: activity.title,
    activity: activity.id,
    controller: stated([], [controller.legalName ?? controller.name, ...contacts(controller.contacts)]),
    representative: stated([], representative ? [representative.name, ...contacts(representative.contacts)] : []),
    dataProtectionOfficer: stated([], dpo ? [dpo.role, ...contacts(dpo.contacts)] : []),
    purposes: stated(activity.purposes.map(({ text }) => text)),
    dataSubjects: stated(activity.audience === undefined ? [] : [activity.audience]),
    personalData: stated(
      activity.dataCategories.map(({ name, class: special, notCollected }) =>
        [name, special && `${special} category`, notCollected && 'not collected'].filter(Boolean).join(', '),
      ),
    ),
    recipients: stated(recipients(activity.recipients), recipients(notice.recipients)),
    transfers: stated(transfers(activity.transfers), transfers(notice.transfers)),
    erasure: stated(
      activity.retention.map(({ statement }) => statement),
      notice.retention.map(({ statement }) => statement),
    ),
    // A notice has no place for security measures (Art. 32(1)), and nothing else here knows them.
    security: stated([]),
    lawfulBases: stated(
      activity.lawfulBases.map(({ statement }) => statement),
      notice.documentBases.map(({ statement }) => statement),
    ),
  };
}

export interface ProcessingRecords {
  site: string;
  log: string;
  at: string;
  records: ProcessingRecord[];
}

export const processingRecords = ({ site, published }: SiteContext, now: Date): ProcessingRecords => ({
  site: site.id,
  log: site.log,
  at: now.toISOString(),
  records: published
    .filter(({ current }) => current)
    .flatMap(({ notice, hash }) => notice.activities.map((activity) => recordOf(notice, hash, activity))),
});

const HEADINGS: [string, (record: ProcessingRecord) => Stated | string][] = [
  ['notice', ({ notice }) => notice],
  ['activity', ({ title }) => title],
  ['(a) controller', ({ controller }) => controller],
  ['(a) representative', ({ representative }) => representative],
  ['(a) data protection officer', ({ dataProtectionOfficer }) => dataProtectionOfficer],
  ['(b) purposes', ({ purposes }) => purposes],
  ['(c) categories of data subjects', ({ dataSubjects }) => dataSubjects],
  ['(c) categories of personal data', ({ personalData }) => personalData],
  ['(d) categories of recipients', (record) => record.recipients],
  ['(e) transfers and safeguards', (record) => record.transfers],
  ['(f) time limits for erasure', ({ erasure }) => erasure],
  ['(g) security measures', ({ security }) => security],
  ['lawful bases', ({ lawfulBases }) => lawfulBases],
];

function cell(value: Stated | string): string {
  if (typeof value === 'string') return value;
  if (value.scope === 'not_stated') return 'not stated';
  return `${value.scope === 'document' ? 'For the whole document: ' : ''}${value.values.join('; ')}`;
}

export const processingRecordsCsv = ({ records }: ProcessingRecords): string =>
  csvRows([HEADINGS.map(([heading]) => heading), ...records.map((record) => HEADINGS.map(([, value]) => cell(value(record))))]);
