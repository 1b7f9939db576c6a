// Something to be taken elsewhere: shown whole, copied by a button.
import { useState } from 'preact/hooks';

export function Copy({ text, what }: { text: string; what: string }) {
  const [told, setTold] = useState('');
  const copy = (): void => {
    // Absent outside a secure context, whatever the type says.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const written = clipboard ? clipboard.writeText(text) : Promise.reject(new Error('no clipboard'));
    written.then(
      () => setTold('Copied'),
      () => setTold('Select it and copy it yourself: this browser does not allow it here.'),
    );
  };
  return (
    <div class="copy">
      <code tabIndex={0} role="textbox" aria-readonly="true" aria-label={what}>
        {text}
      </code>
      <button type="button" class="button small" onClick={copy}>
        Copy<span class="hidden"> {what}</span>
      </button>
      <span class="note" role="status">
        {told}
      </span>
    </div>
  );
}
