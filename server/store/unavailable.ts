// Which errors of a database mean "not now": nothing was acknowledged, and the same request may do later.
import { OperatorError } from '../operator-error.ts';

/** The database cannot be reached; its message is one line for people. */
export class DatabaseUnavailableError extends OperatorError {
  override name = 'DatabaseUnavailableError';
}

/** Node's codes of a connection that fails, SQLite's, and PostgreSQL's SQLSTATEs (appendix A of its manual). */
const CODES = new RegExp(
  [
    '^E(CONNREFUSED|CONNRESET|CONNABORTED|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|NOENT)$',
    '^SQLITE_(BUSY|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL)',
    // Connection exceptions; insufficient resources (disk full, too many connections); operator intervention (shutting down,
    // starting up, statement timeout); system errors; deadlock and serialisation; lock and idle timeouts; a standby takes no writes.
    '^(08...|53...|57...|58...|40...|55P03|25P03|25006)$',
    // A statement was prepared before a migration changed its table; that connection is given up.
    '^0A000$',
  ].join('|'),
);
/**
 * What is left of an error after which SQLite had rolled back by itself: it does so where it finds no room (SQLITE_FULL, SQLITE_IOERR)
 * or no memory, and the rollback that follows then fails in its place.
 */
export const ROLLED_BACK = /^cannot rollback - no transaction is active/;
/** node-postgres gives these no code. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|cannot acquire connection)/;

export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (error instanceof AggregateError && error.errors.some(isUnavailable)) return true;
  return (typeof code === 'string' && CODES.test(code)) || MESSAGES.test(error.message) || ROLLED_BACK.test(error.message);
}
