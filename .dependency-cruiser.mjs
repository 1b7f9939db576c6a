// Who may import whom (docs/architecture.md), as rules over the real module graph. Each rule is seen failing in test/architecture.test.ts.
// The parser is swc because dependency-cruiser can't use TypeScript 7 and then silently sees no module at all.

/** @type {(name: string, comment: string, from: object, to: object) => import('dependency-cruiser').IForbiddenRuleType} */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const isTest = '\\.test\\.tsx?$';
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/|^(${names.join('|')})(/|$)`;

export default {
  forbidden: [
    forbid(
      'shared-is-pure',
      'shared/ is the domain: it imports itself, valibot, canonicalize, the calendar and the parsers of notices, nothing else',
      { path: '^shared/', pathNot: isTest },
      { pathNot: ['^shared/', npm('valibot', 'canonicalize', 'temporal-polyfill', 'htmlparser2', 'markdown-it')] },
    ),
    forbid(
      'widget-alone',
      'the widget is served to pages: it sees shared/ and itself',
      { path: '^widget/', pathNot: isTest },
      { path: '^(server|extension|demo|scripts|test)/' },
    ),
    forbid(
      'server-alone',
      'the service knows the widget and the extension only as built files',
      { path: '^server/', pathNot: [isTest, '^server/cli/demo'] },
      { path: '^(widget|extension|demo|scripts|test)/' },
    ),
    forbid(
      'demo-command-sees-demo',
      'the demo command starts the demo sites; it too never imports the widget, the extension or a test',
      { path: '^server/cli/demo', pathNot: isTest },
      { path: '^(widget|extension|scripts|test)/' },
    ),
    forbid(
      'extension-alone',
      'the extension works on pages with and without our widget: it sees shared/ and itself',
      { path: '^extension/', pathNot: isTest },
      { path: '^(widget|server|demo|scripts|test)/' },
    ),
    forbid(
      'demo-alone',
      'the demo sites embed the widget by its documented tag, as a stranger would; only start.ts, which is the demo command, knows the service',
      { path: '^demo/', pathNot: [isTest, '^demo/start\\.ts$'] },
      { path: '^(widget|server|extension|scripts|test)/' },
    ),
    forbid(
      'demo-start-sees-service',
      'the demo command starts service and demo sites; it too never imports the widget, the extension or a test',
      { path: '^demo/start\\.ts$' },
      { path: '^(widget|extension|scripts|test)/' },
    ),
    forbid(
      'nothing-imports-tests',
      'tests see everything, nothing sees tests',
      { pathNot: '^test/|\\.test\\.tsx?$' },
      { path: `^test/|${isTest}` },
    ),
    forbid(
      'core-without-interface',
      'the interface is loaded on demand: core reaches it by import() only',
      { path: '^widget/(core/|marketing/)', pathNot: isTest },
      { path: '^widget/ui/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    ),
    forbid(
      'first-chunk-is-small',
      'what the first chunk imports statically, every visitor loads on every page',
      { path: '^widget/index\\.ts$' },
      {
        path: ['^widget/(ui|marketing|messages)/', npm('preact', 'idb', 'valibot')],
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    ),
    forbid(
      'dashboard-talks-http',
      'the dashboard knows the service through shared/api.ts, and who may do what from the same table as the service',
      { path: '^server/dashboard/', pathNot: [isTest, '^server/dashboard/vite\\.ts$'] },
      { path: '^server/(?!dashboard/|permissions\\.ts$)' },
    ),
    forbid(
      'service-without-dashboard',
      'the service serves the built dashboard as files',
      { path: '^server/(?!dashboard/)', pathNot: isTest },
      { path: '^server/dashboard/' },
    ),
    forbid(
      'engines-behind-the-store',
      'routes and rules see store/store.ts; only the start and the commands choose an engine',
      {
        path: '^server/(routes|pages|log|rights|marketing|retention|export)/|^server/(accept-events|app)\\.ts$',
        pathNot: isTest,
      },
      { path: '^server/store/(sqlite|postgres)/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'sql-in-the-store',
      'one place owns SQL',
      { path: '^(?!server/store/)', pathNot: ['^test/', isTest] },
      { path: npm('kysely', 'better-sqlite3', 'pg') },
    ),
    forbid(
      'idb-in-the-ledger',
      'one file owns IndexedDB',
      { path: '^widget/', pathNot: [isTest, '^widget/core/ledger\\.ts$'] },
      { path: npm('idb') },
    ),
    forbid(
      'browser-in-one-file',
      'one file owns browser.*',
      { path: '^extension/', pathNot: [isTest, '^extension/browser\\.ts$'] },
      { path: npm('webextension-polyfill'), dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'no-node-in-browsers',
      'what runs in a page has no node: modules; the build settings beside it do',
      {
        path: '^(shared|widget|extension|server/dashboard)/',
        pathNot: [isTest, '/vite\\.ts$', '^extension/manifest\\.ts$', '^extension/icons/draw\\.ts$'],
      },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'no-cycles',
      'a cycle has no first module',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    ),
    forbid('resolvable', 'every import leads to a file or an installed package', {}, { couldNotResolve: true }),
    forbid(
      'declared-packages',
      'what runs in production stands in dependencies',
      // Whoever uses the React binding brings React. evidence.ts writes the notices, draw.ts the icons, one-script.ts builds, and the contracts are the suites of every store: none is part of what runs.
      {
        path: '^(shared|widget|server|extension|demo)/',
        pathNot: [
          isTest,
          '/vite\\.ts$',
          '\\.d\\.ts$',
          '^demo/notices/evidence\\.ts$',
          '^widget/react/',
          '^extension/(icons/draw|one-script)\\.ts$',
          '^server/store/[a-z-]*contract\\.ts$',
        ],
      },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
