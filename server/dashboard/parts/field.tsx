// A field of a form: its label, what helps to fill it in, and what is wrong with it, tied together for everybody.
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

/** To be spread over the input, select or textarea. */
export interface FieldAttributes {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: 'true';
  required?: boolean;
}

interface FieldProps {
  label: string;
  help?: ComponentChildren;
  /** Said at once when it appears. */
  problem?: string | null | undefined;
  optional?: boolean;
  /** A filter: nothing has to be filled in. */
  bare?: boolean;
  children: (attributes: FieldAttributes) => JSX.Element;
}

export function Field({ label, help, problem, optional = false, bare = false, children }: FieldProps) {
  const id = useId();
  const described = [help ? `${id}-help` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div class="form-field">
      <label for={id}>
        {label} {optional && <span class="note">(optional)</span>}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(problem ? { 'aria-invalid': 'true' as const } : {}),
        ...(optional || bare ? {} : { required: true }),
      })}
      {help && (
        <p class="note" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
