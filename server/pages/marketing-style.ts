// The style of the pages about messages: one card for each kind of message, its button where a thumb finds it.
export const marketingStyle = `
.tongues { list-style: none; padding: 0; margin: 0 0 0.5rem; display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; }
.tongues a { display: inline-block; padding-block: 0.3rem; }
.tongues [aria-current] { color: var(--ink); font-weight: 650; text-decoration: none; }
.messages { list-style: none; padding: 0; display: grid; gap: 0.8rem; }
.message { background: var(--surface); border: 1px solid var(--line); border-inline-start: 4px solid var(--edge); border-radius: 8px; padding: 0.9rem 1.1rem 1rem; }
.message.on { border-inline-start-color: var(--given); }
.message h2, .message h3 { margin: 0 0 0.35rem; font: 650 1.08rem/1.3 var(--sans); }
.message dl { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr); gap: 0.15rem 1rem; margin-block: 0 0.8rem; }
.message dt { padding-block-start: 0.15rem; }
.message dd { grid-column: 2; font-weight: 400; }
.message .now { font-weight: 650; }
.message form, .stop-all form { margin: 0; }
.small-send { font: inherit; font-weight: 650; color: var(--accent); background: var(--surface); border: 2px solid var(--accent); border-radius: 8px; padding: 0.45rem 1.1rem; min-block-size: 2.75rem; cursor: pointer; justify-self: start; }
.small-send:hover { background: var(--accent-soft); }
.stop-all { background: var(--sunken); border-radius: 8px; padding: 1rem 1.2rem 1.2rem; margin-block: 1.5rem; }
.stop-all h2 { margin-block: 0 0.5rem; }
.said { background: var(--good-soft); border-inline-start: 5px solid var(--good); border-radius: 8px; padding: 0.9rem 1.1rem; margin-block: 0 1.25rem; font-weight: 600; }
.asked { padding-inline-start: 1.3rem; }
@media (max-width: 30rem) { .message dl { display: block; } .message dd { margin-block-end: 0.35rem; } .small-send, .request .send { inline-size: 100%; } }
@media (forced-colors: active) { .said, .stop-all { border: 1px solid; } }
@media print { .small-send, .tongues { display: none; } }`;
