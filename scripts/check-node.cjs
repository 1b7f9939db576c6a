// First step of every npm script and entry point: one plain line where Node is too old to run this project.
// Written for the oldest Node there is, so that it can say so there: only syntax and functions that every Node has.
'use strict';

var needed = [22, 18];
var found = process.versions.node.split('.').map(Number);

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error(
    'Candour needs Node ' +
      needed.join('.') +
      ' or later (24 is best) and found ' +
      process.version +
      ': install it from https://nodejs.org/ or with your version manager (nvm install 24), then run npm ci again.',
  );
  process.exit(1);
}
