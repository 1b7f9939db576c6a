// What Article 15(1) and (2) ask besides the data itself, from the notices that the site publishes: nothing is added, and what a
// notice does not say is "not stated".
import { LAWFUL_BASIS_FACTS } from '../../shared/notice/lawful-basis.ts';
import { retentionWords } from '../../shared/notice/retention.ts';
import { rightsThatFollow, type Right } from '../../shared/notice/rights.ts';
import {
  isNotice,
  lawfulBasisStatus,
  type Contact,
  type PrivacyNotice,
  type ProcessingActivity,
} from '../../shared/notice/schema.ts';
import type { SiteContext } from '../site-context.ts';

export const NOT_STATED = 'not stated';

export interface ActivityFacts {
  notice: { kind: PrivacyNotice['kind']; title: string; hash: string };
  activity: string;
  title: string;
  /** Purposes of the banner that belong to it: their choices are in this pack. */
  choices: string[];
  purposes: string[];
  dataCategories: string[];
  lawfulBases: { basis: string; article: string; statement: string }[];
  lawfulBasisStatus: 'stated' | 'document_only' | 'not_stated';
  recipients: string[];
  retention: string[];
  source: string;
  transfers: { to: string; safeguard: string }[];
  automatedDecisions: string;
  rights: Right[];
}

export interface ControllerFacts {
  name: string;
  contacts: string[];
  dpo: string[];
  representative: string[];
  rights: { right: Right; statement: string; route: string }[];
  complaints: { to: 'controller' | 'authority'; statement: string; contacts: string[] }[];
  authority: { name: string; contacts: string[] } | null;
}

const orNotStated = (texts: string[]): string[] => (texts.length > 0 ? texts : [NOT_STATED]);
export const contactWords = (contacts: readonly Contact[]): string[] =>
  contacts.map(({ kind, value, note }) => `${kind}: ${value ?? 'hidden by the site'}${note && value ? ` (${note})` : ''}`);

function activityFacts(context: SiteContext, notice: PrivacyNotice, hash: string, activity: ProcessingActivity): ActivityFacts {
  const bases = activity.lawfulBases.length > 0 ? activity.lawfulBases : notice.documentBases;
  const recipients = activity.recipients.length > 0 ? activity.recipients : notice.recipients;
  const transfers = activity.transfers.length > 0 ? activity.transfers : notice.transfers;
  const decisions = activity.automatedDecisions ?? notice.automatedDecisions;
  const mine = context.configuration.purposes.filter(
    (purpose) => purpose.activity.notice === notice.kind && purpose.activity.activity === activity.id,
  );
  return {
    notice: { kind: notice.kind, title: notice.title, hash },
    activity: activity.id,
    title: activity.title,
    choices: mine.map(({ id }) => id),
    purposes: orNotStated(activity.purposes.map(({ text }) => text)),
    dataCategories: orNotStated(
      activity.dataCategories.map(
        (one) => `${one.name}${one.class ? ` (${one.class})` : ''}${one.notCollected ? ': not collected' : ''}`,
      ),
    ),
    lawfulBases: bases.map(({ basis, statement }) => ({ basis, article: LAWFUL_BASIS_FACTS[basis].article, statement })),
    lawfulBasisStatus: lawfulBasisStatus(notice, activity),
    recipients: orNotStated([
      ...recipients.map(({ name, negative }) => (negative ? `not shared: ${name}` : name)),
      ...mine.flatMap((purpose) => purpose.recipients),
    ]),
    retention: orNotStated((activity.retention.length > 0 ? activity.retention : notice.retention).map(retentionWords)),
    source: activity.source ? activity.source.statement : NOT_STATED,
    transfers: transfers.map(({ to, mechanism }) => ({ to, safeguard: mechanism ?? NOT_STATED })),
    automatedDecisions: decisions ? decisions.statement : NOT_STATED,
    rights: rightsThatFollow(
      activity.lawfulBases.map(({ basis }) => basis),
      activity.marketing !== null && !activity.marketing.never,
    ),
  };
}

const current = ({ published }: SiteContext) => published.filter((entry) => entry.current && isNotice(entry.notice.kind));

/** Of every notice that the site shows now. */
export const processingFacts = (context: SiteContext): ActivityFacts[] =>
  current(context).flatMap(({ notice, hash }) =>
    notice.activities.map((activity) => activityFacts(context, notice, hash, activity)),
  );

/** From the first notice that says it. */
export function controllerFacts(context: SiteContext): ControllerFacts {
  const notices = current(context).map(({ notice }) => notice);
  const first = notices[0];
  const has = <T>(read: (notice: PrivacyNotice) => readonly T[]): readonly T[] =>
    notices.map(read).find((list) => list.length > 0) ?? [];
  const authority = notices.map((notice) => notice.authority).find((each) => each !== null) ?? null;
  return {
    name: first?.controller.legalName ?? first?.controller.name ?? context.site.name,
    contacts: orNotStated(contactWords(has(({ controller }) => controller.contacts))),
    dpo: orNotStated(contactWords(has(({ dpo }) => dpo?.contacts ?? []))),
    representative: contactWords(has(({ representative }) => representative?.contacts ?? [])),
    rights: has(({ rights }) => rights).map(({ right, statement, route }) => ({ right, statement, route: route ?? NOT_STATED })),
    complaints: has(({ complaints }) => complaints).map(({ to, statement, contacts }) => ({
      to,
      statement,
      contacts: contactWords(contacts),
    })),
    authority: authority && { name: authority.name, contacts: contactWords(authority.contacts) },
  };
}
