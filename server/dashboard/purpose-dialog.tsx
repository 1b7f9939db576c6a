// Changing one purpose of a site: its words, who receives data, how it is asked for, and whether its meaning changed.
import { useState } from 'preact/hooks';

import type { Mode, Purpose } from '../../shared/site/configuration.ts';
import { MODES } from '../../shared/site/mode.ts';
import { Dialog, DialogActions } from './parts/dialog.tsx';
import { Field } from './parts/field.tsx';
import { MODE_WORDS } from './settings-words.ts';
import { InlineFailure } from './states.tsx';
import type { SiteSaving } from './use-site-change.ts';

interface PurposeDialogProps {
  purpose: Purpose;
  saving: SiteSaving;
  save: (changed: Purpose) => void;
  close: () => void;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export function PurposeDialog({ purpose, saving, save, close }: PurposeDialogProps) {
  const [label, setLabel] = useState(purpose.label);
  const [description, setDescription] = useState(purpose.description);
  const [recipients, setRecipients] = useState(purpose.recipients.join('\n'));
  const [mode, setMode] = useState<Mode>(purpose.modes['unknown'] ?? 'opt_in');
  const [meaning, setMeaning] = useState(false);
  const elsewhere = Object.entries(purpose.modes).filter(([place]) => place !== 'unknown');
  const submit = (event: Event): void => {
    event.preventDefault();
    save({
      ...purpose,
      label: label.trim(),
      description: description.trim(),
      recipients: lines(recipients),
      modes: mode === (purpose.modes['unknown'] ?? 'opt_in') ? purpose.modes : { ...purpose.modes, unknown: mode },
      revision: purpose.revision + (meaning ? 1 : 0),
    });
  };
  return (
    <Dialog title={`Purpose: ${purpose.label}`} close={close}>
      <form onSubmit={submit}>
        <Field label="Name" help="As visitors read it.">
          {(attributes) => (
            <input
              {...attributes}
              dir="auto"
              maxLength={300}
              value={label}
              onInput={(event) => setLabel(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="What it does">
          {(attributes) => (
            <textarea
              {...attributes}
              dir="auto"
              maxLength={2000}
              value={description}
              onInput={(event) => setDescription(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Recipients" optional help="One a line.">
          {(attributes) => (
            <textarea
              {...attributes}
              dir="auto"
              rows={2}
              value={recipients}
              onInput={(event) => setRecipients(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field
          label="How it is asked for"
          help={
            elsewhere.length > 0
              ? `Where nothing else is set. ${elsewhere.map(([place, one]) => `${place}: ${MODE_WORDS[one].name.toLowerCase()}`).join('; ')}.`
              : MODE_WORDS[mode].what
          }
        >
          {(attributes) => (
            <select {...attributes} value={mode} onChange={(event) => setMode(event.currentTarget.value as Mode)}>
              {MODES.map((one) => (
                <option key={one} value={one}>
                  {MODE_WORDS[one].name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <label class="option">
          <input type="checkbox" checked={meaning} onChange={(event) => setMeaning(event.currentTarget.checked)} />
          <span>
            <strong>Its meaning changed</strong>
            <span class="note">Visitors are asked again. Leave it off for a typo or better words.</span>
          </span>
        </label>
        {saving.failure && <InlineFailure failure={saving.failure} />}
        <DialogActions deed="Save" busy={saving.busy} close={close} />
      </form>
    </Dialog>
  );
}
