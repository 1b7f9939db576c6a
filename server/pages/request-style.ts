// The style of the page on which a visitor sends a request: fields that are large enough to touch and plain to read.
export const requestStyle = `
.request { display: grid; gap: 1.5rem; max-inline-size: 40rem; }
.request fieldset { border: 1px solid var(--line); border-radius: 8px; background: var(--surface); padding: 0.9rem 1.1rem; margin: 0; min-inline-size: 0; }
.request legend { font-weight: 650; padding-inline: 0.3rem; }
.choice { display: grid; grid-template-columns: 1.5rem minmax(0, 1fr); gap: 0.1rem 0.6rem; padding-block: 0.55rem; }
.choice + .choice { border-block-start: 1px solid var(--line); }
.choice input { inline-size: 1.25rem; block-size: 1.25rem; margin: 0.15rem 0 0; accent-color: var(--accent); }
.choice label { font-weight: 600; cursor: pointer; }
.choice .hint { grid-column: 2; }
.field { display: grid; gap: 0.3rem; }
.field label { font-weight: 650; }
.hint { color: var(--muted); font-size: 0.92rem; margin: 0; }
.field input, .field textarea { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--edge); border-radius: 6px; padding: 0.6rem 0.75rem; inline-size: 100%; box-sizing: border-box; min-block-size: 2.75rem; }
.field textarea { min-block-size: 8rem; resize: vertical; }
.field [aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
.wrong { color: var(--bad); font-weight: 600; margin: 0; }
.problems { border-inline-start: 5px solid var(--bad); background: var(--bad-soft); border-radius: 8px; padding: 0.9rem 1.1rem; margin-block-end: 1.25rem; }
.problems ul { margin: 0.3rem 0 0; }
.send { font: inherit; font-weight: 650; color: var(--paper); background: var(--accent); border: 2px solid var(--accent); border-radius: 8px; padding: 0.7rem 1.4rem; min-block-size: 2.75rem; cursor: pointer; justify-self: start; }
.request + .hint { margin-block-start: 0.75rem; }
.send:hover { filter: brightness(1.1); }
.hush { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
@media print { .send { display: none; } }`;
