// The retention engine: what is over goes, what cannot be computed is said, and nothing is guessed (R57, R58). A dry run and a
// run find the same; a run leaves rule, count and the log's head behind, and nothing of what went.
import { addPeriod, isoDay } from '../../shared/notice/period.ts';
import {
  CANNOT_COMPUTE,
  retentionAnchor,
  retentionEnd,
  retentionWords,
  type CannotCompute,
} from '../../shared/notice/retention.ts';
import { daysBetween } from '../../shared/rights/clock.ts';
import type { Keeping } from '../../shared/site/configuration.ts';
import { attestedSubject } from '../attest/attested-subject.ts';
import type { LogWriter } from '../log/writer.ts';
import type { SiteContext } from '../site-context.ts';
import type { KeptEvent, RetentionRun } from '../store/retention.ts';
import type { Store } from '../store/store.ts';
import { choiceAnchors } from './choices.ts';
import { namedRule, RECORDS, recordRule, type RecordRule, type RecordType } from './records.ts';

export interface RecordPlan {
  record: RecordType;
  /** In words; null: the configuration has none. */
  rule: string | null;
  /** How many records are over: events, or requests whose person is erased. */
  due: number;
  /** Those that are not over although they are old enough, by the reason. */
  kept: Partial<Record<'restricted' | CannotCompute, number>>;
  note: string | null;
}

/** A rule of a published notice. The service holds no record of its activity but choices; the controller's other systems do. */
export interface NoticeRule {
  notice: string;
  /** Where the rule stands in the notice: `activities/2/retention/0`. */
  place: string;
  rule: string;
  /** The event whose day decides it; null where no day would help. */
  anchor: string | null;
  /** Why no end can be computed even if everything is known; null: it can be. */
  cannotCompute: string | null;
  /** This is how the service keeps that record. */
  governs: RecordType | null;
}

export interface RetentionPlan {
  day: string;
  records: RecordPlan[];
  notices: NoticeRule[];
}

export interface RetentionSetting {
  store: Store;
  log: LogWriter;
  now: () => Date;
}

const PAGE = 2000;
const SUBJECTS_A_LEAF = 200;
const REQUESTS = 1000;
/** Months differ by three days, leap years by one: far more than that. */
const MARGIN_DAYS = 40;

interface Due {
  plan: RecordPlan;
  remove(): Promise<number>;
}

function withoutRule(record: RecordType, keeping: Keeping | undefined): string {
  const named = namedRule(record, keeping);
  if (!named) return 'The site’s configuration does not say how long this is kept (keeping): nothing is purged.';
  return `The site’s configuration: ${named}, and the current notice has none: nothing is purged until one is published, or keeping says a period.`;
}

const none = (record: RecordType, keeping: Keeping | undefined): Due => ({
  plan: { record, rule: null, due: 0, kept: {}, note: withoutRule(record, keeping) },
  remove: () => Promise.resolve(0),
});

const count = (kept: RecordPlan['kept'], reason: keyof RecordPlan['kept']): void => void (kept[reason] = (kept[reason] ?? 0) + 1);

/** What began after this day cannot be over today. Null: no record can be over. */
function youngest(rule: RecordRule, today: string): string | null {
  const end = rule.end({ choice: today, end: today });
  if ('cannotCompute' in end) return null;
  return isoDay(Date.parse(today) - (daysBetween(today, end.day) - MARGIN_DAYS) * 86_400_000);
}

/** Subjects with an event that is old enough, in the log's order. The log grows with time: behind a page that is younger nothing older follows. */
async function* oldSubjects(store: Store, { site }: SiteContext, before: string): AsyncGenerator<Set<string>> {
  const limit = Date.parse(before) + 86_400_000;
  const seen = new Set<string>();
  let after: KeptEvent | null = null;
  for (;;) {
    const page: KeptEvent[] = await store.retention.keptEvents(site, after, PAGE);
    const old = page.filter(({ receivedAt }) => receivedAt < limit);
    const fresh = new Set(old.map(({ subject }) => subject).filter((subject) => !seen.has(subject)));
    for (const subject of fresh) seen.add(subject);
    if (fresh.size > 0) yield fresh;
    after = page.at(-1) ?? null;
    if (page.length < PAGE || old.length === 0) return;
  }
}

async function dueChoices({ store, log, now }: RetentionSetting, context: SiteContext, rule: RecordRule): Promise<Due> {
  const { site, configuration } = context;
  const today = isoDay(now().getTime());
  const plan: RecordPlan = { record: 'choices', rule: rule.words, due: 0, kept: {}, note: null };
  const subjects = new Map<string, number>();
  const before = youngest(rule, today);
  const restricted = new Set(
    (await store.rights.restrictions(site)).flatMap(({ subject }) => [
      subject,
      attestedSubject(site.log, { kind: 'subject', subject }),
    ]),
  );
  for await (const group of before === null ? [] : oldSubjects(store, context, before))
    for (const subject of group) {
      const logged = await store.subjectEvents(site, subject);
      const end = rule.end(choiceAnchors(logged, configuration.validity));
      if ('cannotCompute' in end) count(plan.kept, end.cannotCompute);
      else if (end.day > today) continue;
      else if (restricted.has(subject)) count(plan.kept, 'restricted');
      else {
        subjects.set(subject, logged.length);
        plan.due += logged.length;
      }
    }
  return {
    plan: before === null ? { ...plan, note: cannotWords(rule) } : plan,
    async remove() {
      let removed = 0;
      const all = [...subjects];
      for (let from = 0; from < all.length; from += SUBJECTS_A_LEAF) {
        const part = new Map(all.slice(from, from + SUBJECTS_A_LEAF));
        removed += (await log.purge(site, { subjects: part, at: now() })).erased;
      }
      return removed;
    },
  };
}

function cannotWords(rule: RecordRule): string {
  const end = rule.end({ choice: '2000-01-01', end: '2000-01-01' });
  return 'cannotCompute' in end ? CANNOT_COMPUTE[end.cannotCompute] : '';
}

async function dueRequests({ store, now }: RetentionSetting, context: SiteContext, rule: RecordRule): Promise<Due> {
  const { site } = context;
  const today = isoDay(now().getTime());
  const plan: RecordPlan = { record: 'requests', rule: rule.words, due: 0, kept: {}, note: null };
  const before = youngest(rule, today);
  if (before === null) return { plan: { ...plan, note: cannotWords(rule) }, remove: () => Promise.resolve(0) };
  const closed = await store.rights.closedWithKey(site, Date.parse(addPeriod(before, 'P1D')), REQUESTS);
  const ids = closed.flatMap(({ id, receivedAt, closedAt }) => {
    const end = rule.end({ choice: isoDay(receivedAt), end: closedAt === null ? null : isoDay(closedAt) });
    if ('cannotCompute' in end) count(plan.kept, end.cannotCompute);
    return 'day' in end && end.day <= today ? [id] : [];
  });
  return {
    plan: { ...plan, due: ids.length },
    async remove() {
      let removed = 0;
      for (const id of ids) if (await store.rights.eraseKey(site, id)) removed++;
      return removed;
    },
  };
}

async function dueOf(setting: RetentionSetting, context: SiteContext): Promise<Due[]> {
  const found: Due[] = [];
  for (const record of RECORDS) {
    const rule = recordRule(context, record);
    if (!rule) found.push(none(record, context.configuration.keeping?.[record]));
    else found.push(await (record === 'choices' ? dueChoices : dueRequests)(setting, context, rule));
  }
  return found;
}

/** Would the rule's end follow if the day of its event were known? */
function noticeRules({ published, configuration }: SiteContext): NoticeRule[] {
  const current = published.filter((entry) => entry.current).map(({ notice }) => notice);
  return current.flatMap((notice) => {
    const lists = [
      { place: 'retention', activity: null, rules: notice.retention },
      ...notice.activities.map(({ id, retention }, i) => ({
        place: `activities/${i}/retention`,
        activity: id,
        rules: retention,
      })),
    ];
    return lists.flatMap(({ place, activity, rules }) =>
      rules.map((rule, i): NoticeRule => {
        const end = retentionEnd(rule, '2000-01-01');
        const governs = RECORDS.find((record) => {
          const keeping = configuration.keeping?.[record];
          if (!keeping || 'period' in keeping || keeping.notice !== notice.kind || keeping.activity !== activity) return false;
          return keeping.covers === undefined ? i === 0 : rule.covers === keeping.covers;
        });
        return {
          notice: notice.title,
          place: `${place}/${i}`,
          rule: retentionWords(rule),
          anchor: retentionAnchor(rule),
          cannotCompute: 'cannotCompute' in end ? CANNOT_COMPUTE[end.cannotCompute] : null,
          governs: governs ?? null,
        };
      }),
    );
  });
}

const planOf = ({ now }: RetentionSetting, context: SiteContext, due: readonly Due[]): RetentionPlan => ({
  day: isoDay(now().getTime()),
  records: due.map(({ plan }) => plan),
  notices: noticeRules(context),
});

/** A dry run: changes nothing. */
export async function planRetention(setting: RetentionSetting, context: SiteContext): Promise<RetentionPlan> {
  return planOf(setting, context, await dueOf(setting, context));
}

/** Removes what a dry run at this moment would show, and logs it: one row a rule, with how much went and the head of the log after. */
export async function runRetention(
  setting: RetentionSetting,
  context: SiteContext,
): Promise<RetentionPlan & { removed: Partial<Record<RecordType, number>>; run: number | null }> {
  const { store, now } = setting;
  const { site } = context;
  const due = await dueOf(setting, context);
  const removed: Partial<Record<RecordType, number>> = {};
  const rows: Omit<RetentionRun, 'number'>[] = [];
  for (const { plan, remove } of due) {
    if (plan.rule === null) continue;
    const gone = await remove();
    removed[plan.record] = gone;
    rows.push({ record: plan.record, rule: plan.rule, at: now().getTime(), count: gone, head: await store.head(site) });
  }
  return {
    ...planOf(setting, context, due),
    removed,
    run: rows.length > 0 ? await store.retention.addRun(site, rows) : null,
  };
}
