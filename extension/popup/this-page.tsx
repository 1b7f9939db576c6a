// The view of one tab: its notices, then the choices made there.
import { useCallback, useEffect, useState } from 'preact/hooks';

import { activitiesOnPage, alertsOnPage } from '../../shared/notice/applies.ts';
import type { ChoicesView, FoundNotice, NoticeView, SignalsView, TabView } from '../messages.ts';
import { matchPathname } from '../pathname.ts';
import { plainText } from '../plain-text.ts';
import { Choices } from './choices.tsx';
import type { Client } from './client.ts';
import { Glance } from './glance.tsx';
import { Icon, Outside } from './icon.tsx';
import { Notice } from './notice.tsx';
import { Signals } from './signals/signals.tsx';
import { say } from '../words/say.ts';

interface Props {
  tab: number;
  client: Client;
  /** Told which host is in view, as soon as it is known. */
  tellHost: (host: string) => void;
  /** What stands above the notices. */
  children?: preact.ComponentChildren;
}

const hostOf = (view: TabView | null): string => {
  const url = view?.state === 'none' || view?.state === 'found' ? view.seen.page.url : view?.state === 'reload' ? view.url : '';
  return URL.canParse(url) ? new URL(url).host : '';
};

type Read = (href: string, again?: boolean) => void;

const otherWords = ({ kind, audience, other, how }: FoundNotice): string =>
  [
    other === null
      ? audience === null
        ? say(`found.${kind}`)
        : say('notice.for', { kind: say(`found.${kind}`), audience })
      : say('others.other', { host: other }),
    say(`how.${how}`),
  ].join(' · ');

/** Notices that were found and not read: one press reads one. */
const Others = ({ others, read, reading }: { others: readonly FoundNotice[]; read: Read; reading: string | null }) =>
  others.length === 0 ? null : (
    <section class="others" aria-labelledby="others">
      <h2 id="others">
        {say('others')} <span class="count">{others.length}</span>
      </h2>
      <ul class="plain">
        {others.map((found) => (
          <li key={found.href} data-found={found.how}>
            <div>
              <Outside href={found.href}>{plainText(found.title) || plainText(found.href)}</Outside>
              <p class="small muted">{otherWords(found)}</p>
            </div>
            {found.other === null && (
              <button type="button" class="small-button" disabled={reading !== null} onClick={() => read(found.href)}>
                {say(reading === found.href ? 'others.reading' : 'others.read')}
                <span class="unseen">: {plainText(found.title)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );

const Alerts = ({ view }: { view: Extract<TabView, { state: 'found' }> }) => {
  const read = view.notices.filter(({ notice }) => notice !== null);
  if (read.length === 0) return null;
  const found = read.flatMap(({ notice, prose }) =>
    notice ? [activitiesOnPage(notice, view.seen.page, matchPathname, prose?.texts)] : [],
  );
  const kinds = new Set(alertsOnPage(view.seen.page, found).map(({ about }) => about));
  return (
    <>
      {[...kinds].map((about) => (
        <div key={about} class="note warn" role="status" data-alert={about}>
          <Icon name="alert" />
          <p>{say(`alert.${about}`)}</p>
        </div>
      ))}
    </>
  );
};

const NothingFound = () => (
  <section class="empty" data-state="none">
    <Icon name="search" />
    <h2>{say('none')}</h2>
    <p>{say('none.how')}</p>
    <p class="small">{say('none.mind')}</p>
  </section>
);

const ICONS = { broken: 'alert', unsupported: 'page', no_access: 'page', reload: 'refresh' } as const;

interface MessageProps {
  state: keyof typeof ICONS;
  title: string;
  children: preact.ComponentChildren;
}

const Message = ({ state, title, children }: MessageProps) => (
  <section class="empty" data-state={state}>
    <Icon name={ICONS[state]} />
    <h2>{title}</h2>
    {children}
  </section>
);

const Loading = () => (
  <div class="loading" role="status" data-state="loading">
    <span class="unseen">{say('loading')}</span>
    <div class="skeleton" />
    <div class="skeleton tall" />
    <div class="skeleton short" />
  </div>
);

const NoAccess = ({ client, retry }: { client: Client; retry: () => void }) => {
  const [refused, setRefused] = useState(false);
  const allow = async (): Promise<void> => {
    setRefused(false);
    // Where the browser may not even ask, that is no yes either.
    const allowed = await client.allowPages().catch(() => false);
    if (allowed) retry();
    else setRefused(true);
  };
  return (
    <Message state="no_access" title={say('noAccess')}>
      <p>{say('noAccess.how')}</p>
      <button type="button" onClick={() => void allow()}>
        {say('noAccess.allow')}
      </button>
      <p class="small" role="status">
        {refused && say('noAccess.refused')}
      </p>
    </Message>
  );
};

const ORDER = ['privacy_notice', 'cookie_policy', 'processing_policy', 'internal_policy'];
const rank = ({ notice }: NoticeView): number => (notice ? ORDER.indexOf(notice.kind) : ORDER.length);

interface NoticesProps {
  view: Extract<TabView, { state: 'found' }>;
  choices: ChoicesView | null;
  read: Read;
  reading: string | null;
  saw: (href: string) => void;
}

const Notices = ({ view, choices, read, reading, saw }: NoticesProps) => {
  const notices = view.notices.toSorted((a, b) => rank(a) - rank(b));
  return (
    <>
      {notices.some(({ notice }) => notice) && <Glance seen={view.seen} notices={notices} choices={choices} />}
      <Alerts view={view} />
      {notices.map((notice, i) => (
        <Notice
          key={notice.found.href}
          view={notice}
          page={view.seen.page}
          id={`notice-${i}`}
          again={reading === null ? (href) => read(href, true) : undefined}
          saw={saw}
        />
      ))}
      <Others others={view.others} read={read} reading={reading} />
    </>
  );
};

export const ThisPage = ({ tab, client, tellHost, children }: Props) => {
  const [view, setView] = useState<TabView | null>(null);
  const [choices, setChoices] = useState<ChoicesView | null>(null);
  const [signals, setSignals] = useState<SignalsView | null>(null);
  const [broken, setBroken] = useState(false);
  const [round, setRound] = useState(0);
  const [reading, setReading] = useState<string | null>(null);
  const retry = useCallback(() => setRound((n) => n + 1), []);

  useEffect(() => {
    let current = true;
    const show = <T,>(set: (value: T) => void, value: Promise<T>): void =>
      void value.then(
        (got) => current && set(got),
        () => current && setBroken(true),
      );
    setBroken(false);
    show(setView, client.ask({ type: 'view_tab', tab }));
    show(setChoices, client.ask({ type: 'view_choices', tab }));
    show(setSignals, client.ask({ type: 'view_signals', tab }));
    return () => {
      current = false;
    };
  }, [tab, client, round]);
  useEffect(() => client.watchTab(tab, retry), [tab, client, retry]);
  useEffect(() => tellHost(hostOf(view)), [view, tellHost]);

  /** A check tells of its log, so the other receipts are read again; what it found of its own receipt stays. */
  const check = async (receipt: string): Promise<void> => {
    const checked = await client.ask({ type: 'check_receipt', tab, receipt });
    const now = await client.ask({ type: 'view_choices', tab });
    const given = now.state === 'given' ? now : choices?.state === 'given' ? choices : { receipts: [], left: 0, unsourced: 0 };
    const receipts = given.receipts.map((other) => (other.raw === checked.raw ? checked : other));
    setChoices({ ...given, state: 'given', receipts });
  };

  const askSignals = async (): Promise<void> => {
    setSignals(null);
    setSignals(await client.ask({ type: 'view_signals', tab }).catch((): SignalsView => ({ state: 'no_page' })));
  };

  const saw = async (href: string): Promise<void> => {
    await client.ask({ type: 'saw_changes', tab, href });
    const told = (one: NoticeView): NoticeView =>
      one.found.href === href && one.changed ? { ...one, changed: { ...one.changed, told: true } } : one;
    setView((now) => (now?.state === 'found' ? { ...now, notices: now.notices.map(told) } : now));
  };

  /** Puts what was read in the place of what stood there; a notice that was only listed joins the ones above. */
  const read = async (href: string, again = false): Promise<void> => {
    setReading(href);
    try {
      const one = await client.ask({ type: 'read_notice', tab, href, again });
      setView((now) => {
        if (now?.state !== 'found') return now;
        const known = now.notices.some(({ found }) => found.href === one.found.href);
        const notices = known
          ? now.notices.map((each) => (each.found.href === one.found.href ? one : each))
          : [...now.notices, one];
        return { ...now, notices, others: now.others.filter((other) => other.href !== one.found.href) };
      });
    } catch {
      // The page in view is another one by now.
      retry();
    } finally {
      setReading(null);
    }
  };

  const page = view?.state === 'none' || view?.state === 'found';
  return (
    <>
      <main aria-busy={view === null && !broken}>
        {broken && (
          <Message state="broken" title={say('broken')}>
            <p>{say('broken.how')}</p>
            <button type="button" onClick={retry}>
              <Icon name="refresh" /> {say('tryAgain')}
            </button>
          </Message>
        )}
        {!view && !broken && <Loading />}
        {view?.state === 'unsupported' && (
          <Message state="unsupported" title={say('unsupported')}>
            <p>{say('unsupported.how')}</p>
          </Message>
        )}
        {view?.state === 'no_access' && <NoAccess client={client} retry={retry} />}
        {view?.state === 'reload' && (
          <Message state="reload" title={say('reload')}>
            <p>{say('reload.how')}</p>
          </Message>
        )}
        {page && children}
        {view?.state === 'none' && <NothingFound />}
        {view?.state === 'found' && (
          <Notices
            view={view}
            choices={choices}
            read={(href, again) => void read(href, again)}
            reading={reading}
            saw={(href) => void saw(href)}
          />
        )}
        {page && <Choices view={choices} check={check} />}
        {page && <Signals view={signals} notices={view.state === 'found' ? view.notices : []} again={() => void askSignals()} />}
      </main>
      {page && (
        <footer class="foot">
          {say('foot')}{' '}
          {say(
            view.state === 'found' && view.notices.some(({ found }) => found.how !== 'this_page') ? 'foot.fetched' : 'foot.quiet',
          )}
        </footer>
      )}
    </>
  );
};
