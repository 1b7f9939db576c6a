// The two views of the extension, as tabs: arrow keys go from one to the other, Tab goes into the one that is shown.
import { useRef } from 'preact/hooks';
import { say } from '../words/say.ts';

const VIEWS = ['page', 'mine'] as const;
export type View = (typeof VIEWS)[number];

const STEPS: Partial<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };

interface Props {
  view: View;
  choose: (view: View) => void;
}

export const Tabs = ({ view, choose }: Props) => {
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent): void => {
    const along = document.documentElement.dir === 'rtl' && event.key.endsWith('t') ? -1 : 1;
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = VIEWS[(VIEWS.indexOf(view) + by * along + VIEWS.length) % VIEWS.length] ?? 'page';
    choose(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={say('tabs')} ref={list} onKeyDown={step}>
      {VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`tab-${each}`}
          aria-selected={each === view}
          aria-controls={each === view ? `panel-${each}` : undefined}
          tabIndex={each === view ? 0 : -1}
          onClick={() => choose(each)}
        >
          {say(`tab.${each}`)}
        </button>
      ))}
    </div>
  );
};
