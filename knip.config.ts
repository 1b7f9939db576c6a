// Unused files, exports and dependencies are errors; what looks unused from here and is not stands below with its reason.
import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    // npm scripts and the command.
    'scripts/*.{ts,cjs}',
    'server/main.ts',
    // What Vite builds starts here; the modes are functions, which knip does not call.
    'widget/{index,first-visit,pinned}.ts',
    'widget/core/signals-*.ts',
    'widget/tcf/{stub,tcf}.ts',
    'widget/ui/ui.ts',
    'widget/core/recorder.ts',
    'widget/marketing/marketing.ts',
    'widget/storage/storage-table.ts',
    'widget/moving/{moving,left-behind}.ts',
    'widget/ui/modal-banner.ts',
    'widget/module/load-candour.ts',
    'widget/react/candour-react.ts',
    'extension/manifest.ts',
    'extension/{background,page-world,refuse}/index*.ts',
    'extension/content/*.iife.ts',
    'extension/{popup,sidepanel,options}/*.tsx',
    'server/dashboard/main.tsx',
    'test/support/provision.ts',
    'test/support/tcf-platform.iife.ts',
    'test/support/property-cases.ts',
    'test/store-screenshots.ts',
    'extension/store-listing.ts',
    '{shared,widget,server,extension,demo,scripts,test}/**/*.test.{ts,tsx}',
  ],
  project: ['{shared,widget,server,extension,demo,scripts,test}/**/*.{ts,tsx,mjs}'],
  ignoreExportsUsedInFile: true,
  // Programs of the machine.
  ignoreBinaries: ['apt-get', 'mktemp', 'mount', 'prlimit', 'strace', 'umount'],
  ignoreDependencies: [
    // Oxlint loads it for the rules that need types.
    'oxlint-tsgolint',
    // Run through scripts/tool.ts, which knip does not follow.
    'oxlint',
    'web-ext',
    // Read as files and given to a browser by its tests.
    '@hotwired/turbo',
    'vanilla-cookieconsent',
    // Its package has no types of its own; only the compiler asks for them.
    '@types/smtp-server',
  ],
};

export default config;
