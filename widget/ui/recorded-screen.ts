// Words and controls are noted while they are rendered, so that what is recorded as shown and what was shown cannot differ.
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Screen } from '../core/widget.ts';

type ControlKind = Presentation['controls'][number]['kind'];

/** One rendering. Made anew each time, so that it holds the last one only. */
export interface RecordedScreen extends Screen {
  /** A text, noted under an id. */
  say(id: string, text: string): string;
  /** A control's accessible name, noted with its kind. */
  control(id: string, kind: ControlKind, name: string): string;
}

export function recordedScreen(language: string, layout: string): RecordedScreen {
  const words: Screen['words'] = [];
  const controls: Screen['controls'] = [];
  return {
    language,
    layout,
    words,
    controls,
    say(id, text) {
      words.push({ id, text });
      return text;
    },
    control(id, kind, name) {
      controls.push({ id, kind, name });
      return name;
    },
  };
}

/** Without the functions: what goes into the presentation. */
export const screenOf = ({ language, layout, words, controls }: RecordedScreen): Screen => ({
  language,
  layout,
  words,
  controls,
});
