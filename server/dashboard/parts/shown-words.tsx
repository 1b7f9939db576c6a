// The exact words and controls of a presentation, in the order in which they were on screen.
import type { Presentation } from '../../../shared/consent/presentation.ts';
import { plain } from '../words.ts';
import './proof.css';

export const ShownWords = ({ presentation }: { presentation: Presentation }) => (
  <>
    <p class="note">
      Language {presentation.language}, layout {presentation.layout}.{' '}
      {presentation.purposes.map(({ id, mode, default: before }) => `${plain(id)}: ${plain(mode)}, ${plain(before)}`).join('; ')}.
    </p>
    <div class="words" lang={presentation.language} tabIndex={0} role="region" aria-label="Words and controls that were shown">
      {presentation.words.map(({ id, text }, i) => (
        <p key={`${i}-${id}`} dir="auto">
          {text}
        </p>
      ))}
      <ul class="controls">
        {presentation.controls.map(({ id, kind, name }, i) => (
          <li key={`${i}-${id}`}>
            <span dir="auto">{name}</span> <span class="tag">{kind}</span>
          </li>
        ))}
      </ul>
    </div>
  </>
);
