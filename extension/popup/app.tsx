// The view of one tab: its notices, then the choices made there. Popup and side panel show the same.
import { useCallback, useEffect, useState } from 'preact/hooks';

import type { ChoicesView, DeclaredLink, NoticeView, TabView } from '../messages.ts';
import { plainText } from '../plain-text.ts';
import { Choices } from './choices.tsx';
import type { Client } from './client.ts';
import { Glance } from './glance.tsx';
import { Icon, Mark, Outside } from './icon.tsx';
import { Notice } from './notice.tsx';

interface Props {
  tab: number;
  client: Client;
  /** The side panel is beside the page already. */
  beside?: boolean;
}

const hostOf = (view: TabView | null): string => {
  const url =
    view?.state === 'none' || view?.state === 'declared' ? view.seen.page.url : view?.state === 'reload' ? view.url : '';
  return URL.canParse(url) ? new URL(url).host : '';
};

const Top = ({ host, tab, client, beside }: Props & { host: string }) => (
  <header class="top">
    <Mark />
    <div class="top-words">
      <h1>
        Candour<span class="unseen">{host ? ` on ${host}` : ''}</span>
      </h1>
      {host && (
        <p class="host" aria-hidden="true">
          {host}
        </p>
      )}
    </div>
    {!beside && (
      <button type="button" class="quiet" title="Open beside the page" onClick={() => void client.openBeside(tab)}>
        <Icon name="panel" />
        <span class="unseen">Open beside the page</span>
      </button>
    )}
    <button type="button" class="quiet" title="What is stored, and settings" onClick={() => void client.openOptions()}>
      <Icon name="gear" />
      <span class="unseen">What is stored, and settings</span>
    </button>
  </header>
);

const Prose = ({ links }: { links: readonly DeclaredLink[] }) =>
  links.length === 0 ? null : (
    <div class="prose">
      <p class="small">It does name a page for people as its privacy policy. Candour has not read it:</p>
      <ul class="plain">
        {links.map(({ href, title }) => (
          <li key={href}>
            <Outside href={href}>{plainText(title) || plainText(href)}</Outside>
          </li>
        ))}
      </ul>
    </div>
  );

const NothingDeclared = ({ links }: { links: readonly DeclaredLink[] }) => (
  <section class="empty" data-state="none">
    <h2>This page declares no privacy notice</h2>
    <p>
      That does not mean there is none: the site may have one as an ordinary page, which Candour can’t read as data. So nothing
      can be said here about lawful bases.
    </p>
    <Prose links={links} />
  </section>
);

const Message = ({ state, title, children }: { state: string; title: string; children: preact.ComponentChildren }) => (
  <section class="empty" data-state={state}>
    <h2>{title}</h2>
    {children}
  </section>
);

const Loading = () => (
  <div class="loading" role="status" data-state="loading">
    <span class="unseen">Reading what this page declares…</span>
    <div class="skeleton" />
    <div class="skeleton tall" />
    <div class="skeleton short" />
  </div>
);

const NoAccess = ({ client, retry }: { client: Client; retry: () => void }) => (
  <Message state="no_access" title="Candour may not read this site">
    <p>To find a declared notice it has to see the page. Nothing that it sees leaves your device.</p>
    <button type="button" onClick={() => void client.allowPages().then((allowed) => allowed && retry())}>
      Allow on all sites
    </button>
  </Message>
);

const ORDER = ['privacy_notice', 'cookie_policy', 'processing_policy', 'internal_policy'];
const rank = ({ notice }: NoticeView): number => (notice ? ORDER.indexOf(notice.kind) : ORDER.length);

const Notices = ({ view, choices }: { view: Extract<TabView, { state: 'declared' }>; choices: ChoicesView | null }) => {
  const notices = view.notices.toSorted((a, b) => rank(a) - rank(b));
  return (
    <>
      {notices.some(({ notice }) => notice) && <Glance seen={view.seen} notices={notices} choices={choices} />}
      {notices.map((notice, i) => (
        <Notice key={notice.href} view={notice} page={view.seen.page} id={`notice-${i}`} />
      ))}
    </>
  );
};

export const App = ({ tab, client, beside }: Props) => {
  const [view, setView] = useState<TabView | null>(null);
  const [choices, setChoices] = useState<ChoicesView | null>(null);
  const [broken, setBroken] = useState(false);
  const [round, setRound] = useState(0);
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
    return () => {
      current = false;
    };
  }, [tab, client, round]);
  useEffect(() => client.watchTab(tab, retry), [tab, client, retry]);

  /** A check tells of its log, so the other receipts are read again; what it found of its own receipt stays. */
  const check = async (receipt: string): Promise<void> => {
    const checked = await client.ask({ type: 'check_receipt', tab, receipt });
    const now = await client.ask({ type: 'view_choices', tab });
    const receipts = (now.state === 'given' ? now : choices?.state === 'given' ? choices : { receipts: [] }).receipts;
    setChoices({
      state: 'given',
      left: now.state === 'given' ? now.left : 0,
      receipts: receipts.map((other) => (other.raw === checked.raw ? checked : other)),
    });
  };

  const page = view?.state === 'none' || view?.state === 'declared';
  return (
    <>
      <Top tab={tab} client={client} beside={beside} host={hostOf(view)} />
      <main aria-busy={view === null && !broken}>
        {broken && (
          <Message state="broken" title="Candour did not answer">
            <p>Nothing was lost. Try again; if it stays like this, restart the browser.</p>
            <button type="button" onClick={retry}>
              <Icon name="refresh" /> Try again
            </button>
          </Message>
        )}
        {!view && !broken && <Loading />}
        {view?.state === 'unsupported' && (
          <Message state="unsupported" title="This is a page of the browser">
            <p>Candour reads web pages only. Open it on one.</p>
          </Message>
        )}
        {view?.state === 'no_access' && <NoAccess client={client} retry={retry} />}
        {view?.state === 'reload' && (
          <Message state="reload" title="Reload the page once">
            <p>It was open before Candour was, or the browser does not let extensions read it.</p>
          </Message>
        )}
        {view?.state === 'none' && <NothingDeclared links={view.seen.prose} />}
        {view?.state === 'declared' && <Notices view={view} choices={choices} />}
        {page && <Choices view={choices} check={check} />}
      </main>
      {page && (
        <footer class="foot">
          Worked out on this device.{' '}
          {view.state === 'declared'
            ? 'The declared notice was fetched without cookies or referrer. Nothing else leaves unless you press “Check”.'
            : 'No request was made for this.'}
        </footer>
      )}
    </>
  );
};
