// A part of the preference centre that loads when somebody opens it, and says so where it cannot. Its chunk draws it by itself.
import { Component } from 'preact';

import type { Words } from '../../shared/site/words.ts';

interface SectionProps {
  name: string;
  title: string;
  words: Pick<Words, 'loading' | 'notLoaded' | 'again'>;
  /** Draws the part into the element. */
  mount: (element: HTMLElement) => Promise<void>;
}

type Progress = 'closed' | 'loading' | 'shown' | 'failed';

export class Section extends Component<SectionProps, { progress: Progress }> {
  override state: { progress: Progress } = { progress: 'closed' };
  #place: HTMLElement | null = null;

  open = (event: Event): void => {
    if ((event.currentTarget as HTMLDetailsElement).open && this.state.progress === 'closed') this.load();
  };

  load = (): void => {
    const place = this.#place;
    if (!place) return;
    this.setState({ progress: 'loading' });
    this.props.mount(place).then(
      () => this.setState({ progress: 'shown' }),
      () => this.setState({ progress: 'failed' }),
    );
  };

  override render({ name, title, words }: SectionProps, { progress }: { progress: Progress }) {
    return (
      <details class="section" data-section={name} onToggle={this.open}>
        <summary>{title}</summary>
        <p role="status">
          {progress === 'loading' && words.loading}
          {progress === 'failed' && words.notLoaded}
        </p>
        {progress === 'failed' && (
          <button type="button" class="small" onClick={this.load}>
            {words.again}
          </button>
        )}
        <div ref={(element) => void (this.#place = element)} />
      </details>
    );
  }
}
