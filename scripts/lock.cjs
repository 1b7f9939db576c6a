// Keeps package-lock.json installable everywhere; npm runs it after each change of node_modules (the `dependencies` script).
// npm 10 guesses from a binding.gyp that a package must be compiled and, installing from a lockfile, never learns that
// better-sqlite3 says `"gypfile": false` because it ships its binaries: without the field in the lockfile `npm ci` would need Python and make.
'use strict';

const fs = require('fs');
const path = require('path');

const file = path.join(__dirname, '..', 'package-lock.json');
const text = fs.readFileSync(file, 'utf8');
const lock = JSON.parse(text);
const sqlite = lock.packages['node_modules/better-sqlite3'];
if (sqlite) sqlite.gypfile = false;
const kept = JSON.stringify(lock, null, 2) + '\n';
if (kept !== text) fs.writeFileSync(file, kept);
