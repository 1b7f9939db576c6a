import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { format } from 'oxfmt';
import { describe, expect, it } from 'vitest';

import formatting from '../oxfmt.config.ts';
import { HOST_PERMISSIONS, manifest, PERMISSIONS } from './manifest.ts';
import { permissionsDocument } from './permissions-document.ts';

const DOCUMENT = join(import.meta.dirname, '../docs/permissions.md');

describe('the manifest', () => {
  it.each(['chrome', 'firefox'] as const)(
    'R87 asks %s for nothing that the table does not explain, and runs no remote code',
    (browser) => {
      const built = manifest(browser, '1.2.3') as {
        permissions: string[];
        host_permissions: string[];
        content_security_policy: { extension_pages: string };
      };
      const explained = [...PERMISSIONS, ...HOST_PERMISSIONS]
        .filter(({ browsers }) => browsers.includes(browser))
        .map(({ name }) => name);
      expect([...built.permissions, ...built.host_permissions]).toEqual(explained);
      expect(built).not.toHaveProperty('optional_permissions');
      expect(built.content_security_policy.extension_pages).toMatch(/default-src 'none'; script-src 'self';/);
      expect(built).not.toHaveProperty('web_accessible_resources');
      expect(built).not.toHaveProperty('externally_connectable');
    },
  );

  it('is what docs/permissions.md says', async () => {
    const { code } = await format(DOCUMENT, permissionsDocument(), formatting);
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(code);
  });
});
