// The scripts that the background puts into a page when it wants something of it, beside the one that runs in every page.

/** Looks quickly: what it saw is what the script comes to. */
export const GLANCE_SCRIPT = 'content/glance.js';
/** Answers what the background asks. */
export const ANSWERS_SCRIPT = 'content/answers.js';
