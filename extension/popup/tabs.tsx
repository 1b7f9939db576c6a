// The two views of the extension, and the way from one to the other.
import { say } from '../words/say.ts';

const VIEWS = ['page', 'mine'] as const;
export type View = (typeof VIEWS)[number];

interface Props {
  view: View;
  choose: (view: View) => void;
}

export const Tabs = ({ view, choose }: Props) => (
  <nav class="tabs" aria-label={say('tabs')}>
    {VIEWS.map((each) => (
      <button key={each} type="button" aria-current={each === view ? 'page' : undefined} onClick={() => choose(each)}>
        {say(`tab.${each}`)}
      </button>
    ))}
  </nav>
);
