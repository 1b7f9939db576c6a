// How every file is written: `npm run format`, and the documents that are made from code.
import { defineConfig } from 'oxfmt';

export default defineConfig({
  printWidth: 130,
  singleQuote: true,
  arrowParens: 'always',
  sortPackageJson: false,
  ignorePatterns: ['package-lock.json', 'docs/requirements.md'],
});
