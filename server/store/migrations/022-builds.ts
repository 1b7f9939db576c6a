// The widget's builds: what ran in the page of each visitor whose choice names it, for as long as the log.
import { postgresAppendOnly, sqliteAppendOnly, type Migration } from './migration.ts';

export const builds: Migration = {
  version: 22,
  name: 'builds of the widget are kept',
  tables: { widget_build: { of: 'reference', changes: 'none' } },
  sqlite: `
  CREATE TABLE widget_build (
    build TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    brotli BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (build, file)
  ) STRICT, WITHOUT ROWID;
  ${sqliteAppendOnly('widget_build')}
`,
  postgres: `
  CREATE TABLE widget_build (
    build text COLLATE "C" NOT NULL,
    file text COLLATE "C" NOT NULL,
    sha256 text NOT NULL,
    brotli bytea NOT NULL,
    kept_at bigint NOT NULL,
    PRIMARY KEY (build, file)
  );
  ${postgresAppendOnly('widget_build')}
`,
};
