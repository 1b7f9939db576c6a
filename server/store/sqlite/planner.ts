// Tells SQLite's planner how the big tables are filled. Left alone it takes a site for ten rows, as it knows nothing of any index,
// and reads the whole log rather than look up thirty subjects. Fixed figures, so that a plan never changes under an operator.
import type Database from 'better-sqlite3';

/** As ANALYZE would write them (sqlite_stat1): rows, then rows for each value of the first column, of the first two, … */
const FIGURES: readonly (readonly [table: string, index: string, figures: string])[] = [
  ['leaf', 'leaf', '10000000 10000000 10000000 1'],
  ['node', 'node', '10000000 10000000 10000000 500000 1'],
  ['checkpoint', 'checkpoint', '1000000 1000000 1000000 1'],
  ['subject', 'subject', '5000000 5000000 1'],
  ['subject', 'subject_thumbprint', '5000000 5000000 1'],
  ['event_body', 'sqlite_autoindex_event_body_1', '10000000 10000000 10000000 1'],
  ['event_body', 'event_body_id', '10000000 10000000 1 1'],
  ['event_body', 'event_body_seq', '10000000 10000000 2 1'],
  ['tombstone', 'tombstone', '100000 100000 1'],
  ['contact', 'contact', '1000000 1000000 1'],
  ['contact', 'contact_lookup', '1000000 1000000 1'],
  ['contact_key', 'contact_key', '1000000 1000000 1'],
  ['contact_mention', 'contact_mention', '1000000 1000000 2 1 1'],
  ['contact_mention', 'contact_mention_subject', '1000000 1000000 2'],
  ['contact_statement', 'contact_statement', '1000000 1000000 2 1'],
  ['suppression', 'suppression', '1000000 1000000 1'],
  ['suppression', 'suppression_entry', '1000000 1000000 6 1 1 1 1'],
  ['presentation', 'sqlite_autoindex_presentation_1', '1000 1000 1'],
];

/** Writes only where the figures are not there yet. Connections that open later know them. */
export function teachPlanner(database: Database.Database): void {
  const kept = (): string =>
    database
      .prepare('SELECT tbl, idx, stat FROM sqlite_stat1')
      .raw()
      .all()
      .map((row) => (row as string[]).join(' '))
      .sort()
      .join();
  const wanted = FIGURES.map((row) => row.join(' '))
    .sort()
    .join();
  const there = database.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'").pluck().get() === 1;
  if (there && kept() === wanted) return;
  database
    .transaction(() => {
      // Makes the table where it is not there.
      database.exec('ANALYZE migration; DELETE FROM sqlite_stat1');
      const insert = database.prepare('INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)');
      for (const row of FIGURES) insert.run(...row);
    })
    .immediate();
  database.exec('ANALYZE sqlite_schema');
}
