// The head of a page: its name, what it is for, and what can be done with all of it.
import type { ComponentChildren } from 'preact';

interface PageHeaderProps {
  title: string;
  /** What the page is for, in a sentence; and other words below the name. */
  children?: ComponentChildren;
  /** Buttons. */
  actions?: ComponentChildren;
}

/** The title's own direction is kept inside the line, which begins where the page's lines begin. */
export const PageHeader = ({ title, children, actions }: PageHeaderProps) => (
  <header class="page-header">
    <div>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      {children}
    </div>
    {actions && <div class="page-actions">{actions}</div>}
  </header>
);
