// The files in deploy/ and the program they deploy say the same: settings, versions, what is copied.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { SETTINGS } from '../server/settings.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const dockerfile = read('deploy/Dockerfile');
const compose = read('deploy/compose.yaml');
const unit = read('deploy/candour.service');
/** Of the database's roles: made by deploy/postgres-roles.sh, no settings of the service. */
const PASSWORDS = ['CANDOUR_OWNER_PASSWORD', 'CANDOUR_SERVICE_PASSWORD'];

describe('deploy/', () => {
  it('names no setting that the service does not read', () => {
    const known = [...SETTINGS.map(({ name }): string => name), ...PASSWORDS];
    const named = readdirSync(join(root, 'deploy')).flatMap((file) => read(`deploy/${file}`).match(/CANDOUR_[A-Z_]+/g) ?? []);
    expect(named.length).toBeGreaterThan(10);
    expect([...new Set(named)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('copies into the image what is there, and never the whole tree', () => {
    const [, , last = ''] = dockerfile.split(/^FROM .*$/m).slice(1);
    const copied = [...last.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
    expect(copied).toContain('server');
    expect(copied.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(copied).not.toContain('.');
    const image = mkdtempSync(join(tmpdir(), 'candour-image-'));
    try {
      for (const file of copied) cpSync(join(root, file), join(image, file), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(image, 'node_modules'));
      const run = (...args: string[]) =>
        spawnSync(process.execPath, [join(image, 'server/cli/candour.mjs'), ...args], { encoding: 'utf8' });
      expect(run('serve', '--help'), 'all that the service is made of is in it').toMatchObject({ status: 0, stderr: '' });
      const demo = run('demo');
      expect(demo).toMatchObject({ status: 2, stdout: '' });
      expect(demo.stderr).toMatch(/^candour demo: the demonstration is not part of this installation[^\n]*\n$/);
    } finally {
      rmSync(image, { recursive: true });
    }
    expect(read('deploy/Dockerfile.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['.git', '.data', '**/node_modules']),
    );
  });

  // The compiler would stay in memory, once in each thread.
  it('runs what was built of the program without a compiler, and a file that is newer than the build as it is', () => {
    expect(dockerfile).toContain('scripts/plain-sources.ts dist/server\n');
    expect(dockerfile).toContain('COPY --from=build /build/dist/server dist/server\n');
    const image = mkdtempSync(join(tmpdir(), 'candour-plain-'));
    try {
      for (const file of ['package.json', 'shared', 'server']) cpSync(join(root, file), join(image, file), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(image, 'node_modules'));
      const told = 'process.on("exit", () => console.error(process.moduleLoadList.some((one) => one.includes("amaro"))))';
      const run = (file: string, ...args: string[]) =>
        spawnSync(process.execPath, ['--import', `data:text/javascript,${told}`, join(image, file), ...args], {
          encoding: 'utf8',
          env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
        });
      const help = (): ReturnType<typeof run> => run('server/cli/candour.mjs', 'serve', '--help');
      expect(help(), 'nothing was built').toMatchObject({ status: 0, stderr: 'true\n' });
      const script = join(root, 'scripts/plain-sources.ts');
      spawnSync(process.execPath, [script, join(image, 'dist/server')]);
      expect(help()).toMatchObject({ status: 0, stderr: 'false\n' });
      expect(run('server/event-checks-thread.mjs'), 'a thread').toMatchObject({ status: 0, stderr: 'false\n' });
      appendFileSync(join(image, 'server/cli/serve.ts'), "console.error('changed' satisfies string);\n");
      expect(help(), 'a file that was changed since').toMatchObject({ status: 0, stderr: 'changed\ntrue\n' });
    } finally {
      rmSync(image, { recursive: true });
    }
  });

  it('builds with the binaries that the builder needs, and runs without tools, as a user of its own', () => {
    const [build = '', modules = '', last = ''] = dockerfile.split(/^FROM .*$/m).slice(1);
    expect(build).toMatch(/^RUN npm ci$/m);
    expect(modules).toContain('--omit=dev --omit=optional');
    for (const stage of [build, modules])
      expect(stage, 'npm runs it after an installation').toContain('COPY scripts/lock.cjs scripts/');
    expect(last).not.toMatch(/npm (ci|install)/);
    expect(last).toMatch(/^USER node$/m);
    const secret = /(SECRET|PASSWORD)(=|: +)(?![$ ])\S/;
    expect(
      [dockerfile, compose, unit].filter((text) => text.split('\n').some((line) => !line.startsWith('#') && secret.test(line))),
    ).toEqual([]);
  });

  it('backs up with the tools of the database that it starts, and runs the Node that the project names', () => {
    const server = /image: postgres:(\d+)/.exec(compose)?.[1];
    expect(dockerfile).toContain(`postgresql-client-${server} `);
    const { optionalDependencies } = JSON.parse(read('package.json')) as { optionalDependencies: { node: string } };
    const major = optionalDependencies.node.split('.')[0];
    expect(dockerfile.match(/^FROM \S+/gm)).toEqual(Array(3).fill(`FROM node:${major}-bookworm-slim`));
  });

  it('passes every setting of a service on that the operator may have, and keeps erasures for a restore', () => {
    const own = ['CANDOUR_HOST', 'CANDOUR_PORT', 'CANDOUR_LOG_KEY', 'CANDOUR_PG_BIN', 'CANDOUR_DEMO_PORT'];
    const missing = SETTINGS.map(({ name }) => name).filter(
      (name) => !own.includes(name) && !compose.includes(`      ${name}: `),
    );
    expect(missing).toEqual([]);
    expect(compose).toContain('CANDOUR_KEPT_LIST: /data/');
  });

  it('gives the container a read-only root, no rights, and one volume', () => {
    for (const line of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true', 'volumes: [keys:/data]'])
      expect(compose).toContain(line);
    for (const line of ['ProtectSystem=strict', 'NoNewPrivileges=yes', 'CapabilityBoundingSet='])
      expect(unit.split('\n')).toContain(line);
  });
});
