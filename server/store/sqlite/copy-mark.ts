// A mark in the file's header: it is a copy, and its logs may have been signed further elsewhere.
import type Database from 'better-sqlite3';

const COPY = 1;

export const isCopy = (database: Database.Database): boolean => database.pragma('user_version', { simple: true }) === COPY;

export const markCopy = (database: Database.Database, copy: boolean): void =>
  void database.pragma(`user_version = ${copy ? COPY : 0}`);
