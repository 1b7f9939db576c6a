// What whoever runs the service can put right: a setting, a file, a document, a database that does not answer. A command that meets one
// says it in words for people and ends with 2; every other error is a fault of the program's own.

export class OperatorError extends Error {
  override name = 'OperatorError';
  /** All that is wrong, a line each. */
  readonly problems: readonly string[];

  /** `message`: one line. */
  constructor(message: string, { cause, problems = [message] }: { cause?: unknown; problems?: readonly string[] } = {}) {
    super(message, { cause });
    this.problems = problems;
  }
}

/** Of one document, as many as are said. */
export const MAX_PROBLEMS = 50;

/** A list that somebody can work through, and how much more there is. */
export const boundedProblems = (problems: readonly string[]): string[] =>
  problems.length <= MAX_PROBLEMS
    ? [...problems]
    : [...problems.slice(0, MAX_PROBLEMS), `… and ${problems.length - MAX_PROBLEMS} more`];
