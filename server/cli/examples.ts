// Lines that people can copy, below the help of each command. A test holds them against the commands' real options.
import type { Command } from 'commander';

/** By the command's words; each line as it is typed after `candour`. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  serve: ['serve'],
  migrate: ['migrate'],
  backup: ['backup /backups/candour-2026-11-22'],
  restore: ['restore /backups/candour-2026-11-22', 'restore --in-place'],
  site: ['site create shop --origin https://shop.example --notice shop.notice.json', 'site list'],
  'site create': [
    'site create shop --origin https://shop.example --notice shop.notice.json',
    'site create shop --origin https://shop.example --origin https://www.shop.example --notice shop.notice.json --notice cookies.notice.json --config shop.configuration.json',
  ],
  'site list': ['site list'],
  'site pin': ['site pin shop', 'site pin shop --jurisdiction GB'],
  'site show': ['site show shop', 'site show shop --configuration > shop.configuration.json'],
  page: ['page check https://shop.example/ --site shop'],
  'page check': ['page check https://shop.example/ --site shop', 'page check index.html --site shop --url https://shop.example/'],
  notice: ['notice lint shop.notice.json', 'notice publish shop.notice.json --site shop'],
  'notice lint': ['notice lint shop.notice.json', 'notice lint --strict shop.notice.json cookies.notice.json'],
  'notice hash': ['notice hash shop.notice.json'],
  'notice analyse': ['notice analyse privacy.html', 'notice analyse policy.txt --format text --lang en --json > analysis.json'],
  'notice applies': ['notice applies shop.notice.json --html page.html --url https://shop.example/contact --json'],
  'notice publish': ['notice publish shop.notice.json --site shop'],
  'notice diff': ['notice diff old.notice.json new.notice.json', 'notice diff new.notice.json --site shop --exit-code'],
  banner: ['banner lint shop.configuration.json --notice cookies.notice.json', 'banner lint --url https://shop.example/'],
  'banner lint': [
    'banner lint shop.configuration.json --notice cookies.notice.json',
    'banner lint shop.configuration.json --site shop --url https://shop.example/',
    'banner lint --url https://shop.example/ --json > banner.json',
  ],
  key: ['key create --name "Ms Example" --role dpo', 'key list'],
  'key create': [
    'key create --name "Ms Example" --role dpo',
    'key create --name backend --role ingest --site shop --expires P1Y',
  ],
  'key list': ['key list'],
  'key revoke': ['key revoke q1w2e3r4t5y6'],
  log: ['log verify --site shop', 'log rotate-key'],
  'log verify': [
    'log verify --site shop',
    'log verify --site shop --url https://consent.example --receipt receipt.json',
    'log verify --evidence evidence.html',
  ],
  'log rotate-key': ['log rotate-key'],
  secret: ['secret rotate'],
  'secret rotate': ['secret rotate'],
  prove: ['prove --site shop --receipt receipt.json --purpose statistics --format html --out evidence.html'],
  events: ['events export --site shop --format csv'],
  'events attest': [
    'events attest --site shop --medium paper --reference case-2026/17 --purpose statistics=given --at 2026-11-22T10:00:00.000Z',
    'events attest --site shop --medium telephone --reference case-2026/18 --channel newsletter/shop/email=given --contacts contacts.jsonl --confirm',
  ],
  'events export': ['events export --site shop --format csv > events.csv'],
  processing: ['processing export --site shop'],
  'processing export': ['processing export --site shop --format csv > processing.csv'],
  marketing: [
    'marketing import list.csv --site shop --sender shop --channel email --dry-run',
    'marketing export --site shop --sender shop --channel email > list.csv',
  ],
  'marketing import': [
    'marketing import list.csv --site shop --sender shop --channel email --dry-run',
    'marketing import crm.csv --site shop --sender shop --channel email --channel sms --calling-code 44 --map Mobile=phone --problems problems.csv',
  ],
  'marketing check': ['marketing check list.csv --site shop --sender shop --channel email > answers.jsonl'],
  'marketing lint': ['marketing lint grounds.json', 'marketing lint grounds.json --subscriber company --json'],
  'marketing state': ['marketing state grounds.jsonl --site shop'],
  'marketing object': ['marketing object objections.jsonl --site shop --medium telephone'],
  'marketing export': ['marketing export --site shop --sender shop --channel email > list.csv'],
  webhook: ['webhook add --site shop --url https://shop.example/consent', 'webhook list --site shop'],
  'webhook add': [
    'webhook add --site shop --url https://shop.example/consent',
    'webhook add --site shop --url https://shop.example/consent --type consent.withdrawn --type suppression.added',
  ],
  'webhook list': ['webhook list --site shop'],
  'webhook messages': ['webhook messages --site shop --webhook wh_q1w2e3r4t5y6'],
  'webhook pause': ['webhook pause --site shop --webhook wh_q1w2e3r4t5y6'],
  'webhook resume': ['webhook resume --site shop --webhook wh_q1w2e3r4t5y6'],
  'webhook remove': ['webhook remove --site shop --webhook wh_q1w2e3r4t5y6'],
  'webhook replay': ['webhook replay --site shop --webhook wh_q1w2e3r4t5y6 --since 2026-11-22'],
  witness: ['witness run --url https://consent.example --site shop', 'witness list'],
  'witness run': ['witness run --url https://consent.example --site shop --once'],
  'witness add': ['witness add --url https://witness.example --key witness.example/w+1234abcd+AQIDBA=='],
  'witness list': ['witness list'],
  'witness remove': ['witness remove witness.example/w'],
  subject: ['subject erase --site shop --subject THUMBPRINT'],
  'subject erase': ['subject erase --site shop --subject THUMBPRINT'],
  'subject restrict': ['subject restrict --site shop --subject THUMBPRINT'],
  'subject unrestrict': ['subject unrestrict --site shop --subject THUMBPRINT'],
  rights: ['rights list --site shop', 'rights new access --site shop --email somebody@example.org'],
  'rights list': ['rights list --site shop', 'rights list --site shop --state all --json'],
  'rights show': ['rights show REQUEST --site shop'],
  'rights new': ['rights new access --site shop --received 2026-11-22 --email somebody@example.org'],
  'rights step': ['rights step REQUEST extend --site shop --reason "There is a lot to look through."'],
  'rights link': ['rights link REQUEST THUMBPRINT --site shop'],
  'rights pack': ['rights pack REQUEST --site shop --out answer.zip'],
  'rights forget': ['rights forget REQUEST --site shop'],
  retention: ['retention run --site shop --dry-run', 'retention log --site shop'],
  'retention run': ['retention run --site shop --dry-run', 'retention run'],
  'retention log': ['retention log --site shop'],
  demo: ['demo'],
};

export interface NamedCommand {
  /** Its words after `candour`: "site create". */
  words: string;
  command: Command;
}

/** Every command and subcommand, without commander's own. */
export const commandsOf = (parent: Command, before = ''): NamedCommand[] =>
  parent.commands
    .filter((command) => command.name() !== 'help')
    .flatMap((command) => {
      const words = `${before} ${command.name()}`.trim();
      return [{ words, command }, ...commandsOf(command, words)];
    });

export function addExamples(program: Command): void {
  for (const { words, command } of commandsOf(program)) {
    const lines = EXAMPLES[words] ?? [];
    const title = lines.length === 1 ? 'Example' : 'Examples';
    if (lines.length > 0) command.addHelpText('after', `\n${title}:\n${lines.map((line) => `  candour ${line}`).join('\n')}`);
  }
}
