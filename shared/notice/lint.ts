// What a publisher is told before a notice goes out: rules as data over the structured notice. Facts about the text with the place
// where they stand, never a verdict. The codes are those of issues.ts, which has their words.
import type { IssueCode } from './issues.ts';
import { LINT_RULES, type LintRuleId } from './lint-rules.ts';
import type { LawfulBasisStatement, PrivacyNotice, ProcessingActivity } from './schema.ts';
import { noticeLines, staleEvidence, type NoticeLine } from './render.ts';
import { addPeriod } from './period.ts';

export interface LintFinding {
  rule: LintRuleId;
  severity: 'error' | 'warning';
  code: IssueCode;
  /** Where it stands (render.ts): "activities/2/retention/0"; null: the notice as a whole. */
  place: string | null;
  /** The activity's id, where it is of one. */
  activity: string | null;
  statement: string;
}
type Found = Pick<LintFinding, 'code' | 'statement'> & Partial<Pick<LintFinding, 'place' | 'activity'>>;

export interface LintRule {
  id: LintRuleId;
  severity: LintFinding['severity'];
  title: string;
  /** Where the rule comes from. */
  source: string;
  find(notice: PrivacyNotice): Found[];
}

const ofUk = ({ regimes, authority }: PrivacyNotice): boolean =>
  regimes.some((regime) => /\bUK\b|United Kingdom|Data Protection Act|PECR/i.test(regime)) ||
  /Information Commissioner|\bICO\b|Information Commission/i.test(authority?.name ?? '');

const perActivity =
  (find: (activity: ProcessingActivity, at: string, notice: PrivacyNotice) => Found[]) =>
  (notice: PrivacyNotice): Found[] =>
    notice.activities.flatMap((activity, i) =>
      find(activity, `activities/${i}`, notice).map((found) => ({ place: `activities/${i}`, activity: activity.id, ...found })),
    );

const COMPLAINT = /^(complaints|authority)\b/;
const isComplaint = (notice: PrivacyNotice, { place }: NoticeLine): boolean =>
  COMPLAINT.test(place) || (place.startsWith('rights/') && notice.rights[Number(place.slice(7))]?.right === 'complaint');
const ARTICLE_77 = /\bArt(?:icle|\.)?\s?77\b/i;

const OUTDATED: readonly { pattern: RegExp; code: IssueCode; what: string }[] = [
  { pattern: ARTICLE_77, code: 'COMPLAINT_ROUTE_OUTDATED', what: 'Article 77' },
  { pattern: /\bArt(?:icle|\.)?\s?22\b/i, code: 'LAW_REPEALED', what: 'Article 22' },
  { pattern: /\b(?:Data Protection Act|DPA) (?:1984|1998)\b/i, code: 'LAW_REPEALED', what: 'a replaced Data Protection Act' },
  { pattern: /\bPrivacy Shield\b/i, code: 'TRANSFER_RULE_OUTDATED', what: 'the Privacy Shield' },
  {
    pattern: /\b(?:fifteen|15|twenty-eight|28)\s+(?:EU\s+|EEA\s+)?(?:member\s+)?(?:states|countries)\b/i,
    code: 'TRANSFER_RULE_OUTDATED',
    what: 'an earlier number of member states',
  },
];

/** Every sentence with its place, and the names that stand beside the sentences. */
const passages = (notice: PrivacyNotice): NoticeLine[] => [
  ...noticeLines(notice),
  ...notice.regimes.map((text, i): NoticeLine => ({ place: `regimes/${i}`, level: 'fact', text, start: 0, end: 0 })),
];
const activityAt = (notice: PrivacyNotice, place: string): string | null =>
  notice.activities[Number(/^activities\/(\d+)/.exec(place)?.[1] ?? Number.NaN)]?.id ?? null;

const statementsOf = (activity: ProcessingActivity): string =>
  [
    ...activity.lawfulBases.flatMap(({ statement, condition }) => [statement, condition ?? '']),
    activity.lawfulBasisNote ?? '',
    activity.marketing?.statement ?? '',
    ...activity.dataCategories.map(({ name }) => name),
  ].join('\n');

const EMPLOYED =
  /\b(?:employ(?:ee|er)s?\b|their (?:organisation|company|firm|school)|on behalf of|(?:contacts?|users?) (?:at|of) |companies)/i;
const SPECIAL_CONDITION = /\bArt(?:icle|\.)?\s?(?:9|10)\b|\bexplicit(?:ly)? consent|\bSchedule 1\b|\bcondition\b/i;
const PECR_ROUTE = /\bPECR\b|Electronic Communications|soft opt-?in|corporate subscriber/i;
const ELECTRONIC = ['email', 'sms', 'push_dm', 'auto_call'];

function recognisedInterests(notice: PrivacyNotice, bases: readonly LawfulBasisStatement[], at: string): Found[] {
  return bases.flatMap((basis, i): Found[] => {
    if (basis.basis !== 'recognised_legitimate_interests' || (basis.condition && ofUk(notice))) return [];
    const statement = basis.condition
      ? 'Recognised legitimate interests exist in UK law only; no UK law is among the regimes named.'
      : 'Recognised legitimate interests are named without the condition of Annex 1 that is relied on.';
    return [{ code: 'BASIS_NOT_IN_REGIME', place: `${at}/${i}`, statement }];
  });
}

/** True where a record is looked at less often than it is to be deleted. */
const isLonger = (period: string, than: string): boolean => addPeriod('2001-01-01', period) > addPeriod('2001-01-01', than);

function retentionFindings({ retention }: Pick<ProcessingActivity, 'retention'>, at: string, notice: PrivacyNotice): Found[] {
  const reachable = notice.linkedDocuments.filter(({ href }) => href !== null).map(({ title }) => title.toLowerCase());
  return retention.flatMap(({ rule, followedBy, reviewEvery }, i): Found[] => {
    const place = `${at}/retention/${i}`.replace(/^\//, '');
    return [rule, ...(followedBy ? [followedBy] : [])].flatMap((one): Found[] => {
      const found: Found[] = [];
      // "Not kept at all" needs no beginning.
      if ((one.type === 'fixed' || (one.type === 'after_event' && one.anchor === null)) && !/^P0+[A-Z]$/.test(one.period))
        found.push({
          code: 'RETENTION_NO_ANCHOR',
          place,
          statement: `${one.period} is given without the event from which it runs.`,
        });
      if ('period' in one && reviewEvery !== undefined && isLonger(reviewEvery, one.period))
        found.push({
          code: 'RETENTION_CONFLICT',
          place,
          statement: `A review every ${reviewEvery} comes after the deletion that is due after ${one.period}.`,
        });
      if (one.type === 'reference' && !reachable.some((title) => one.to.toLowerCase().includes(title)))
        found.push({ code: 'RETENTION_REF_BROKEN', place, statement: 'The period is left to a document that is not linked.' });
      return found;
    });
  });
}

const RULES: Record<LintRuleId, Omit<LintRule, 'id'>> = {
  L49: {
    severity: 'warning',
    title: 'A UK notice does not refer to law that was replaced',
    source: 'UK GDPR and DPA 2018 as amended on 5 February and 19 June 2026',
    find: (notice) =>
      ofUk(notice)
        ? passages(notice).flatMap((line) =>
            OUTDATED.filter(
              ({ pattern, code }) =>
                pattern.test(line.text) && !(code === 'COMPLAINT_ROUTE_OUTDATED' && isComplaint(notice, line)),
            ).map(({ code, what }) => ({
              code,
              place: line.place,
              activity: activityAt(notice, line.place),
              statement: `The text refers to ${what}.`,
            })),
          )
        : [],
  },
  L50: {
    severity: 'warning',
    title: 'A UK notice says how to complain to the controller',
    source: 'DPA 2018 s. 164A',
    find: (notice) =>
      ofUk(notice) && notice.kind !== 'cookie_policy' && !notice.complaints.some(({ to }) => to === 'controller')
        ? [{ code: 'COMPLAINT_ROUTE_MISSING', statement: 'No way to complain to the controller itself is described.' }]
        : [],
  },
  L51: {
    severity: 'error',
    title: 'Recognised legitimate interests come with their condition, and in UK law only',
    source: 'UK GDPR Art. 6(1)(ea) and Annex 1',
    find: (notice) => [
      ...recognisedInterests(notice, notice.documentBases, 'documentBases'),
      ...perActivity(({ lawfulBases }, at) => recognisedInterests(notice, lawfulBases, `${at}/lawfulBases`))(notice),
    ],
  },
  L52: {
    severity: 'warning',
    title: 'A contract is with the person whose data it is about',
    source: 'GDPR Art. 6(1)(b)',
    find: perActivity(({ lawfulBases, audience, source }, at) =>
      lawfulBases.flatMap(({ basis, steps }, i): Found[] =>
        basis === 'contract' && !steps && (source?.from === 'employer' || EMPLOYED.test(audience ?? ''))
          ? [
              {
                code: 'CONTRACT_NOT_WITH_SUBJECT',
                place: `${at}/lawfulBases/${i}`,
                statement: 'The people concerned act for an organisation; the contract named is with that organisation.',
              },
            ]
          : [],
      ),
    ),
  },
  L53: {
    severity: 'warning',
    title: 'Special category and criminal offence data come with their condition',
    source: 'GDPR Arts. 9 and 10',
    find: perActivity((activity) => {
      if (SPECIAL_CONDITION.test(statementsOf(activity))) return [];
      const classes = new Set(activity.dataCategories.flatMap((data) => (data.class && !data.notCollected ? [data.class] : [])));
      return [...classes].map((one) => ({
        code: one === 'special' ? 'SPECIAL_CONDITION_MISSING' : 'CRIMINAL_CONDITION_MISSING',
        statement: `${one === 'special' ? 'Special category' : 'Criminal offence'} data is named without the condition relied on.`,
      }));
    }),
  },
  L54: {
    severity: 'warning',
    title: 'Electronic marketing on legitimate interests names the rule of PECR that it follows',
    source: 'PECR reg. 22',
    find: perActivity((activity, at) => {
      const { marketing, lawfulBases } = activity;
      const electronic = marketing !== null && !marketing.never && marketing.channels.some((one) => ELECTRONIC.includes(one));
      const bases = new Set(lawfulBases.map(({ basis }) => basis));
      if (!electronic || !bases.has('legitimate_interests') || bases.has('consent') || PECR_ROUTE.test(statementsOf(activity)))
        return [];
      return [
        {
          code: 'PECR_MARKETING_BASIS_MISSING',
          place: `${at}/marketing`,
          statement:
            'Marketing messages rest on legitimate interests; consent, soft opt-in or another rule of PECR is not named.',
        },
      ];
    }),
  },
  L55: {
    severity: 'warning',
    title: 'Retention rules can be followed',
    source: 'GDPR Art. 13(2)(a)',
    find: (notice) => [...retentionFindings(notice, '', notice), ...perActivity(retentionFindings)(notice)],
  },
  R74: {
    severity: 'warning',
    title: 'Lawful bases are stated for activities, not for the document only',
    source: 'GDPR Art. 13(1)(c)',
    find: (notice) =>
      notice.documentBases.length === 0
        ? []
        : perActivity(({ lawfulBases }) =>
            lawfulBases.length > 0
              ? []
              : [
                  {
                    code: 'BASIS_PREAMBLE_ONLY',
                    statement:
                      'The lawful bases of the whole document cover this activity without saying which of them it rests on.',
                  },
                ],
          )(notice),
  },
  R75: {
    severity: 'warning',
    title: 'A UK notice gives the complaint route that holds now',
    source: 'UK GDPR Art. 77 omitted on 19 June 2026; DPA 2018 s. 164A',
    find: (notice) =>
      ofUk(notice)
        ? passages(notice)
            .filter((line) => isComplaint(notice, line) && ARTICLE_77.test(line.text))
            .map(({ place }) => ({
              code: 'COMPLAINT_ROUTE_OUTDATED',
              place,
              statement: 'The complaint route cites Article 77.',
            }))
        : [],
  },
  R78: {
    severity: 'error',
    title: 'Evidence stands where it says',
    source: 'Candour',
    find: (notice) =>
      staleEvidence(notice).map((place) => ({
        code: 'REF_BROKEN',
        place,
        activity: activityAt(notice, place),
        statement: 'The quote does not stand at its place in the text.',
      })),
  },
};

export const lintRules: readonly LintRule[] = LINT_RULES.map((id) => ({ id, ...RULES[id] }));

/** All findings, rule by rule. What is no notice for visitors (an internal policy) is checked by the same rules. */
export const lintNotice = (notice: PrivacyNotice): LintFinding[] =>
  lintRules.flatMap(({ id, severity, find }) =>
    find(notice).map(({ place = null, activity = null, code, statement }) => ({
      rule: id,
      severity,
      code,
      place,
      activity,
      statement,
    })),
  );
