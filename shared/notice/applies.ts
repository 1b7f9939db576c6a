// Which processing activities apply to the page in view: by the rules that the notice declares, and where it declares none by what
// the page is for. Each answer carries what shows it.
import { fieldKind, pageTypes, type PageFacts } from './page.ts';
import { formKind, hostsByKind, pageTopics, type PageTopic, type Shown } from './page-topics.ts';
import type { AppliesTo, FieldKind, PageType, PrivacyNotice } from './schema.ts';
import { isNamedBy, ownWords, sharedWords } from './shared-words.ts';
import { evenText, foundStem } from './stems.ts';
import { SITE_TOPICS, TOPIC_BY_ID, TOPICS, type HostKind, type SiteTopic } from './topics.ts';

export type Reason =
  | { by: 'everywhere' }
  | { by: 'url'; pattern: string }
  | { by: 'page_type'; pageType: PageType }
  | { by: 'form'; form: string; fields: FieldKind[] }
  | Shown
  /** Words of its title that stand on the page beside a form. */
  | { by: 'words'; words: string[] }
  | { by: 'hosts'; kind: HostKind; hosts: string[] }
  /** The notice is about visits or cookies, and this is a visit. */
  | { by: 'visit' }
  | { by: 'cookies'; seen: string[] };

export interface ActivityOnPage {
  activity: string;
  applies: 'here' | 'may' | 'elsewhere';
  /** Empty for "elsewhere". */
  reasons: Reason[];
}

/** Does a URLPattern pathname match the URL? Passed in, because URLPattern is the platform's. */
export type MatchPathname = (pattern: string, url: string) => boolean;

function declaredReasons(rule: AppliesTo, page: PageFacts, types: readonly PageType[], match: MatchPathname): Reason[] {
  const forms = page.forms.map((form) => ({ id: form.id, kinds: form.fields.map(fieldKind) }));
  return [
    ...(rule.everywhere ? [{ by: 'everywhere' as const }] : []),
    ...rule.urls.filter((pattern) => match(pattern, page.url)).map((pattern) => ({ by: 'url' as const, pattern })),
    ...rule.pageTypes.filter((type) => types.includes(type)).map((pageType) => ({ by: 'page_type' as const, pageType })),
    ...rule.fields.flatMap((fields) =>
      forms
        .filter(({ kinds }) => fields.every((kind) => kinds.includes(kind)))
        .map(({ id }) => ({ by: 'form' as const, form: id, fields })),
    ),
  ];
}

/** What an activity is about, as far as its words say. */
export interface ActivityClues {
  title: string;
  /** What a person wrote of its purposes and of whom it is about. */
  purposes: string;
  /** The text of the notice about it, where the notice is prose. */
  text: string;
}

/** 3: the title says so; 2: its purposes; 1: its text, where the title is about nothing that a page shows. */
type Level = 0 | 1 | 2 | 3;

// What is about an activity and not one: "what is kept after an account is deleted", "records of consents".
const ABOUT =
  /\b(?:retention|retain|deleted|deletion|after .{0,30} (?:deleted|closed)|disclosure of|transfers? (?:at|to|of)|sharing of|international transfers?|your rights|who we share|how long|records? of consents?|children(?:'s (?:privacy|data|personal|information)| under| and minors|\W*$)|security of|aufbewahrung|speicherdauer|l\u00f6schung|weitergabe|vos droits|dur\u00e9e)\b/;
/** Words of a title that say of whom, not what: "applicants" for membership are no candidates. */
const WEAK: Record<string, RegExp> = {
  recruitment:
    /\b(?:study|studies|studying|studium|studienplatz|university|admissions?|membership|member|grant|school|places?|housing|loan|funding|visa|licen[cs]e|events?|list|training|course)\b/,
  marketing: /\bsubscription (?:plan|service)/,
  event: /\b(?:security|log|sign-in) events?\b|\bevents? (?:log|data)\b/,
  course: /\bof course\b|\bpersonal training\b|\btraining contract|kursleit/,
  support: /\bspecial assistance\b/,
  health: /\bhealth and safety\b|\bclinical (?:research|trials?|stud)|\b(?:patient|participation) (?:participation )?group\b/,
  survey: /\b(?:online|video|medical|legal|initial|free|e-?)\s?consultations?\b/,
  account:
    /\b(?:bank|savings?|current|deposit|credit|trade|rent) accounts?\b|\b(?:prospective|potential) (?:customers?|clients?)\b|\bon account of|\bwebsite users?\b|\busers? of (?:our|the|this) (?:web ?)?site\b|\baccountab|\btake into account/,
  photo: /\bprofile photo/,
  reservation: /\bappointments?\b/,
  research: /\b(?:market|consumer|customer|user|product) research\b|\bresearch and (?:product )?development\b|\bresearch enquir/,
};
const NOT_SPECIFIC = new Set(['account', 'registration', 'contact', 'purchase', 'legal-service']);

const SAYS_ONLINE = 'website, web site, our site, online, browser, ip address, cookie, internet';

interface Subject {
  levels: Map<string, Level>;
  /** For level 1: where its text comes to it, in UTF-16 units. What a section is about stands at its beginning. */
  from: Map<string, number>;
  site: Map<SiteTopic['id'], Level>;
  title: string;
  /** Its purposes or its text speak of a website. */
  isOnline: boolean;
}

/** Only of the topics that the page shows the text is asked: notices are long, and this is done for each page. */
function subjectOf({ title, purposes, text }: ActivityClues, shown: ReadonlySet<string>): Subject {
  const [evenTitle, evenPurposes, even] = [evenText(title), evenText(purposes), evenText(text)];
  const levels = new Map<string, Level>();
  const site = new Map<SiteTopic['id'], Level>();
  const from = new Map<string, number>();
  if (!ABOUT.test(evenTitle)) {
    for (const topic of TOPICS)
      if (foundStem(topic.title, evenTitle) && !WEAK[topic.id]?.test(evenTitle)) levels.set(topic.id, 3);
    for (const topic of SITE_TOPICS) if (foundStem(topic.title, evenTitle)) site.set(topic.id, 3);
    const named = levels.size > 0 || site.size > 0;
    for (const topic of TOPICS) {
      if (levels.has(topic.id) || !shown.has(topic.id)) continue;
      if (foundStem(topic.text, evenPurposes)) levels.set(topic.id, 2);
      else if (!named) {
        const words = foundStem(topic.text, even);
        if (words === null) continue;
        levels.set(topic.id, 1);
        from.set(topic.id, even.indexOf(words));
      }
    }
    for (const topic of SITE_TOPICS)
      if (!site.has(topic.id) && (foundStem(topic.text, evenPurposes) || (!named && foundStem(topic.text, even))))
        site.set(topic.id, 1);
  }
  return { levels, from, site, title: evenTitle, isOnline: foundStem(SAYS_ONLINE, `${evenPurposes} ${even}`) !== null };
}

interface Candidate {
  reasons: Reason[];
  here: boolean;
}

/** In UTF-16 units. */
const EARLY = 800;

/** A page about what is accredited is not one about what is not. */
const contradicts = (title: string, page: PageFacts): boolean => {
  const words = evenText(`${page.title} ${page.headings.slice(0, 3).join(' ')}`);
  return [...title.matchAll(/\bnon-?\s?(\p{L}{4,})/gu)].some(
    ([, word = '']) => words.includes(word) && !words.includes(`non-${word}`) && !words.includes(`non${word}`),
  );
};

const levelOf = (subject: Subject, topic: string): Level => subject.levels.get(topic) ?? 0;
const bestLevel = (subjects: readonly Subject[], topic: string): Level =>
  Math.max(0, ...subjects.map((subject) => levelOf(subject, topic))) as Level;

/** For each form the topics of its own that the notice names. */
function namedForms(subjects: readonly Subject[], topics: readonly PageTopic[]): Map<string, string[]> {
  const forms = new Map<string, string[]>();
  for (const { topic, shown } of topics)
    for (const one of shown)
      if (one.by === 'form_topic' && bestLevel(subjects, topic) >= 2 && !TOPIC_BY_ID.get(topic)?.generic)
        forms.set(one.form, [...(forms.get(one.form) ?? []), topic]);
  return forms;
}

function topicCandidates(subjects: readonly Subject[], page: PageFacts, topics: readonly PageTopic[], into: Candidate[]): void {
  const shared = sharedWords(
    subjects.map(({ title }) => title),
    [...headsOf(page), ...page.forms.map(({ submit }) => submit)].join(' . '),
  );
  const shownTopics = new Set(topics.map(({ topic }) => topic));
  const forms = namedForms(subjects, topics);
  for (const { topic: id, strength, shown } of topics) {
    const most = bestLevel(subjects, id);
    if (most === 0) continue;
    const holders = subjects.filter((subject) => levelOf(subject, id) === most).length;
    const first = Math.min(...subjects.map((subject) => subject.from.get(id) ?? Infinity));
    const taken = isTaken(id, topics, forms) || isNarrowed(id, subjects, topics);
    // "Patient surveys" is about surveys where there is "Patients" too.
    const strays = subjects.map(
      ({ levels }) => [...levels].filter(([other, level]) => level === 3 && !shownTopics.has(other)).length,
    );
    const straight = subjects.some((subject, index) => levelOf(subject, id) === 3 && strays[index] === 0);
    // Of several, the one whose own words stand on the page: "Online banking", not "Opening an account".
    const enough = TOPIC_BY_ID.get(id)?.generic || holders >= 4 ? 1 : 2;
    // All the words that it has are enough: "Comments".
    const worded = (index: number): boolean =>
      (shared[index]?.length ?? 0) >= Math.min(enough, Math.max(1, ownWords(subjects[index]?.title ?? '').length));
    // Of many, the one that is about more of what the page shows: "Registering as a patient" over a form to register.
    const many = subjects.map(
      ({ levels }) => topics.filter((each) => each.strength === 3 && levels.get(each.topic) === 3).length,
    );
    const mostShown =
      holders >= 3 ? Math.max(...subjects.map((one, at) => (levelOf(one, id) === most ? (many[at] ?? 0) : 0))) : 0;
    const hasWorded = subjects.some((subject, index) => levelOf(subject, id) === most && worded(index));
    subjects.forEach((subject, index) => {
      const level = levelOf(subject, id);
      if (level === 0) return;
      const sure =
        !taken &&
        !contradicts(subject.title, page) &&
        (!hasWorded || worded(index)) &&
        (many[index] ?? 0) >= mostShown &&
        ((strength >= 2 && level === 3 && (strays[index] === 0 || !straight)) ||
          (strength === 3 &&
            level === most &&
            (holders === 1 || (most === 1 && subject.from.get(id) === first && first < EARLY))));
      if (!sure && (level < most || (strength < 3 && level < 3))) return;
      into[index]?.reasons.push(...shown);
      if (sure && into[index]) into[index].here = true;
    });
  }
}

/** Where the notice speaks of nothing that the page is for, of what that is a kind: a gift in a will is a donation. */
function instead(subjects: readonly Subject[], topics: readonly PageTopic[]): PageTopic[] {
  const isSpokenOf = topics.some(
    ({ topic, strength }) =>
      strength >= 2 && topic !== 'marketing' && !TOPIC_BY_ID.get(topic)?.generic && bestLevel(subjects, topic) >= 2,
  );
  if (isSpokenOf) return [];
  return topics.flatMap((one) => {
    const other = TOPIC_BY_ID.get(one.topic)?.otherwise;
    // Whatever else a form is, who writes it asks for something: that is told of each form by itself.
    return other === undefined || other === 'contact' || topics.some(({ topic }) => topic === other)
      ? []
      : [{ ...one, topic: other }];
  });
}

/** A form that the notice knows under a name of its own is not also one of the kind that it looks like. */
function isTaken(id: string, topics: readonly PageTopic[], forms: ReadonlyMap<string, string[]>): boolean {
  if (!TOPIC_BY_ID.get(id)?.generic) return false;
  const own = topics.find(({ topic }) => topic === id)?.shown.filter((one) => one.by === 'form_topic') ?? [];
  const specific = (other: string): boolean => other !== 'marketing' && other !== 'payment' && !TOPIC_BY_ID.get(other)?.enquiry;
  return own.length > 0 && own.every(({ form }) => forms.get(form)?.some(specific) ?? false);
}

/** The notice has a name for the kind of it that the page shows: hiring a hall is no journey that is booked. */
const isNarrowed = (id: string, subjects: readonly Subject[], topics: readonly PageTopic[]): boolean =>
  !TOPIC_BY_ID.get(id)?.generic &&
  id !== 'marketing' &&
  topics.some(({ topic, strength }) => {
    const { otherwise, narrows } = TOPIC_BY_ID.get(topic) ?? {};
    return strength === 3 && (otherwise === id || narrows === id) && bestLevel(subjects, topic) >= 2;
  });

/** Words of a title that are nobody else's, on a page with a form of its own. */
const headsOf = (page: PageFacts): string[] => [page.title.split(/\s+[|–—·»-]\s+/)[0] ?? '', ...page.headings.slice(0, 2)];

const isAboutAnother = (subject: Subject | undefined, shown: ReadonlySet<string>): boolean => {
  const own = [...(subject?.levels ?? [])].flatMap(([topic, level]) => (level === 3 ? [topic] : []));
  const isNarrower = (topic: string): boolean => !shown.has(topic) && shown.has(TOPIC_BY_ID.get(topic)?.otherwise ?? '');
  return own.length > 0 && (!own.some((topic) => shown.has(topic)) || own.some(isNarrower));
};

/** These a form shows by what it takes, whatever it is called. */
const SHOWN_BY_FIELDS = new Set(['payment', 'marketing', 'recruitment']);

/** What a form is for stands over it or on it, not in one of its fields alone. One for a newsletter stands on each page of a site. */
const isSaid = (reason: Reason, said: string): boolean =>
  (reason.by === 'form_topic' || reason.by === 'title') &&
  !TOPIC_BY_ID.get(reason.topic)?.generic &&
  ((reason.by === 'form_topic' && reason.topic !== 'marketing' && SHOWN_BY_FIELDS.has(reason.topic)) ||
    said.includes(reason.words));

const isOnlyField = (reason: Reason, said: string): boolean =>
  (reason.by === 'form_topic' || reason.by === 'title') &&
  !SHOWN_BY_FIELDS.has(reason.topic) &&
  !said.includes(reason.words) &&
  reason.words !== 'password';

/**
 * Where the title of the page says what it is for, what is there only for a field of the form or for its button may be meant: a wedding
 * enquiry asks for a number of guests and is no stay.
 */
function yieldToNamed(heads: readonly string[], subjects: readonly Subject[], organisation: string, into: Candidate[]): void {
  const said = evenText(heads.slice(0, 2).join(' . '));
  const byTitle = sharedWords(
    subjects.map(({ title }) => title),
    said,
    organisation,
  );
  const isNamed = into.map(
    ({ here, reasons }, index) =>
      here && reasons.some((reason) => isSaid(reason, said) || (reason.by === 'words' && (byTitle[index]?.length ?? 0) > 0)),
  );
  if (!isNamed.includes(true)) return;
  into.forEach((candidate, index) => {
    if (!isNamed[index] && candidate.reasons.every((reason) => isOnlyField(reason, said))) candidate.here = false;
  });
}

function wordCandidates(
  subjects: readonly Subject[],
  page: PageFacts,
  shown: ReadonlySet<string>,
  organisation: string,
  into: Candidate[],
): void {
  const hasForm = page.forms.some((form) => formKind(form) === 'other');
  const asks = hasForm || page.forms.some((form) => formKind(form) === 'newsletter');
  const titles = subjects.map(({ title }) => title);
  const heads = headsOf(page);
  const found = sharedWords(titles, [...heads, ...page.forms.map(({ submit }) => submit)].join(' . '), organisation);
  const most = Math.max(0, ...found.map((words) => words.length));
  const said = evenText(heads.join(' . '));
  const known = into.flatMap(({ here, reasons }) => (here ? reasons.filter((reason) => isSaid(reason, said)) : []));
  // "Pet health plan" has no more of "Register your pet" than what that says of another already.
  const isSpent = (words: readonly string[]): boolean =>
    words.every((word) => known.some((reason) => 'words' in reason && reason.words.includes(word)));
  const isCalled: boolean[] = [];
  found.forEach((words, index) => {
    const [candidate, title = ''] = [into[index], titles[index]];
    if (words.length === 0 || !candidate || ABOUT.test(title) || contradicts(title, page)) return;
    // "Authenticator app" over a page, and nothing else over it.
    const named = (hasForm ? heads : heads.slice(0, 2)).some((head) => isNamedBy(head, title));
    // All that it is called stands over a form: "Join the patient participation group".
    const called =
      asks && ownWords(title).length > 1 && sharedWords([title], heads.join(' . '))[0]?.length === new Set(ownWords(title)).size;
    isCalled[index] = called;
    if (!hasForm && words.length < 2 && !named && !called) return;
    candidate.reasons.push({ by: 'words', words });
    // One word of "Medical research" does not make a form about something else one for it.
    const strays =
      words.length === 1 &&
      known.length > 0 &&
      (isAboutAnother(subjects[index], shown) || (isSpent(words) && ownWords(title).length > 1));
    if ((hasForm && words.length === most && !strays) || named || called) candidate.here = true;
  });
  yieldToNamed(heads, subjects, organisation, into);
  // Where one is called by its whole name, what is there only for a word of the title may be meant.
  if (isCalled.includes(true))
    into.forEach((candidate, index) => {
      const isLoose = (reason: Reason): boolean =>
        reason.by === 'title' ||
        reason.by === 'address' ||
        (reason.by === 'form_topic' &&
          NOT_SPECIFIC.has(reason.topic) &&
          reason.topic !== 'contact' &&
          reason.words !== 'password');
      if (!isCalled[index] && candidate.reasons.every(isLoose)) candidate.here = false;
    });
}

/** Visits of a place. */
const ELSEWHERE =
  /premises|\bhosting (?:services?|plans?|packages?|accounts?)\b|\bsite visits?\b|cctv|offices?\b|in person|buildings?\b|campus|stores?\b|showroom|school visits?\b|tours?\b/;
/** "Visitors" alone may come through a door. */
const ONLINE = /^(?!\W*(?:our |the )?visit(?:or)?s?\W*$)/;

/** Hosts that store or read something on the device in most configurations. */
const STORING: readonly HostKind[] = ['statistics', 'advertising', 'tags', 'social', 'video', 'chat', 'consent'];
/** By tag managers come statistics nearly always, and advertising: which, the page does not show. */
const BROUGHT_BY: Partial<Record<HostKind, readonly HostKind[]>> = {
  tags: ['statistics', 'advertising'],
  social: ['advertising'],
  video: ['advertising'],
};

/** `declared`: whose notice says on which pages it applies. That one visits the site says less. */
function siteCandidates(subjects: readonly Subject[], page: PageFacts, declared: readonly boolean[], into: Candidate[]): void {
  const kinds = hostsByKind(page);
  const storing = STORING.flatMap((kind) => kinds.get(kind) ?? []);
  const signals = page.signals ?? [];
  subjects.forEach(({ site, levels, title, isOnline }, index) => {
    const candidate = into[index];
    if (!candidate) return;
    const add = (reason: Reason, here: boolean): void => {
      candidate.reasons.push(reason);
      if (here) candidate.here = true;
    };
    const own = [...levels].some(([id, level]) => level === 3 && !(NOT_SPECIFIC.has(id) && id !== 'contact'));
    for (const [id, level] of site) {
      if (id === 'visit') {
        if (level === 3 && !declared[index] && !ELSEWHERE.test(title))
          add({ by: 'visit' }, !own && (isOnline || ONLINE.test(title)));
      } else if (id === 'cookies') {
        if (level === 3)
          add({ by: 'cookies', seen: [...signals, ...storing].slice(0, 6) }, storing.length > 0 || signals.length > 0);
      } else {
        const hosts = kinds.get(id) ?? [];
        if (hosts.length > 0) add({ by: 'hosts', kind: id, hosts: hosts.slice(0, 6) }, level === 3);
        else
          for (const [kind, brought] of Object.entries(BROUGHT_BY) as [HostKind, readonly HostKind[]][])
            if (level === 3 && brought.includes(id) && kinds.has(kind))
              add({ by: 'hosts', kind, hosts: (kinds.get(kind) ?? []).slice(0, 6) }, kind === 'tags' && id === 'statistics');
      }
    }
  });
}

const NONE: readonly string[] = [];
const clues = (activity: PrivacyNotice['activities'][number], text = ''): ActivityClues => ({
  title: activity.title,
  // What a machine took for a purpose is a part of the running text.
  purposes: text === '' ? [activity.audience ?? '', ...activity.purposes.map((purpose) => purpose.text)].join(' . ') : '',
  text,
});

/**
 * One answer per activity, in the notice's order. `texts`: what a notice in prose says of each activity, by its index. A declared
 * form alone says "may": other activities can use a form like it.
 */
export function activitiesOnPage(notice: PrivacyNotice, page: PageFacts, match: MatchPathname, texts = NONE): ActivityOnPage[] {
  const types = pageTypes(page);
  const topics = pageTopics(page);
  const shown = new Set(topics.flatMap(({ topic }) => [topic, TOPIC_BY_ID.get(topic)?.otherwise ?? topic]));
  const subjects = notice.activities.map((activity, index) => subjectOf(clues(activity, texts[index]), shown));
  topics.push(...instead(subjects, topics));
  const isContact = !isTaken('contact', topics, namedForms(subjects, topics));
  const found = notice.activities.map(({ appliesTo }): Candidate => {
    const reasons = declaredReasons(appliesTo, page, types, match);
    const sure = (reason: Reason): boolean =>
      reason.by !== 'form' && (isContact || reason.by !== 'page_type' || reason.pageType !== 'contact');
    return { reasons, here: reasons.some(sure) };
  });
  topicCandidates(subjects, page, topics, found);
  wordCandidates(subjects, page, shown, notice.controller.name, found);
  const declared = notice.activities.map(({ appliesTo: { urls, pageTypes, fields } }) =>
    [urls, pageTypes, fields].some((rules) => rules.length > 0),
  );
  siteCandidates(subjects, page, declared, found);
  return notice.activities.map(({ id }, index) => {
    const { reasons = [], here = false } = found[index] ?? {};
    return { activity: id, applies: here ? 'here' : reasons.length > 0 ? 'may' : 'elsewhere', reasons };
  });
}

export interface PageAlert {
  about: 'payment' | 'application';
  form: string;
}

const ALERTED: Record<PageAlert['about'], readonly string[]> = {
  payment: ['payment', 'purchase', 'donation', 'subscription'],
  application: ['recruitment'],
};

/** Forms that take a card or an application while no activity of these notices is about that. */
export function alertsOnPage(page: PageFacts, found: readonly (readonly ActivityOnPage[])[]): PageAlert[] {
  const all = found.flat().filter(({ applies }) => applies !== 'elsewhere');
  const about = (form: string, topics: readonly string[]): boolean =>
    all.some(({ applies, reasons }) =>
      reasons.some(
        (reason) =>
          ('topic' in reason && topics.includes(reason.topic)) ||
          reason.by === 'url' ||
          (reason.by === 'page_type' && (reason.pageType === 'job_posting') === (topics === ALERTED.application)) ||
          (reason.by === 'form' && reason.fields.some((field) => field === 'payment_card' || field === 'file')) ||
          // Whatever the form is for, the notice speaks of it: the booking of a dinner, with the card that pays it.
          (applies === 'here' &&
            ((reason.by === 'form_topic' && reason.form === form) || reason.by === 'structured_data') &&
            reason.topic !== 'marketing' &&
            !TOPIC_BY_ID.get(reason.topic)?.generic),
      ),
    );
  return pageTopics(page).flatMap(({ topic, strength, shown }): PageAlert[] => {
    const kind = topic === 'payment' ? 'payment' : topic === 'recruitment' ? 'application' : null;
    const form = shown.find((one) => one.by === 'form_topic');
    if (kind === null || strength < 3 || form?.by !== 'form_topic' || about(form.form, ALERTED[kind])) return [];
    return [{ about: kind, form: form.form }];
  });
}

const named = (topic: string): string => TOPIC_BY_ID.get(topic)?.name ?? topic;
const HOST_WORDS: Record<HostKind, string> = {
  statistics: 'visitor statistics',
  advertising: 'advertising',
  tags: 'tags that bring others',
  social: 'a social network',
  video: 'videos',
  map: 'maps',
  payment: 'payments',
  chat: 'a chat',
  captcha: 'protection against misuse',
  font: 'fonts and files',
  consent: 'a consent tool',
  monitoring: 'finding faults',
};

/** A reason in words for people. */
export function reasonText(reason: Reason): string {
  switch (reason.by) {
    case 'everywhere':
      return 'The notice says that this happens on every page of the site.';
    case 'url':
      return `The notice declares it for the address ${reason.pattern}.`;
    case 'page_type':
      return `The notice declares it for this kind of page (${reason.pageType.replaceAll('_', ' ')}).`;
    case 'form':
      return `A form here asks for ${reason.fields.map((field) => field.replaceAll('_', ' ')).join(', ')}.`;
    case 'form_topic':
      return `A form here is about ${named(reason.topic)}: “${reason.words}”.`;
    case 'structured_data':
      return `The page’s structured data says ${reason.type}: ${named(reason.topic)}.`;
    case 'title':
      return `The page’s title is about ${named(reason.topic)}: “${reason.words}”.`;
    case 'address':
      return `The page’s address is about ${named(reason.topic)}: “${reason.words}”.`;
    case 'words':
      return `The page and this activity share the words ${reason.words.map((word) => `“${word}”`).join(', ')}.`;
    case 'hosts':
      return `The page loads from ${reason.hosts.join(', ')}: ${HOST_WORDS[reason.kind]}.`;
    case 'visit':
      return 'It is about visits of this website, and this is one.';
    case 'cookies':
      return reason.seen.length > 0
        ? `It is about cookies, and the page loads from ${reason.seen.join(', ')}.`
        : 'It is about cookies; nothing that stores them was seen on this page.';
  }
}
