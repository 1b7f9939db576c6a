// What the codes of notices say in words for operators.
import type { CHANGED_PARTS, NoticeChange } from '../../shared/notice/diff.ts';
import type { NoticeKind } from '../../shared/notice/schema.ts';
import { plain } from './words.ts';

const KINDS: Record<NoticeKind | 'configuration', string> = {
  privacy_notice: 'Privacy notice',
  cookie_policy: 'Cookie policy',
  internal_policy: 'Internal policy',
  processing_policy: 'Processing policy',
  configuration: 'Configuration',
};
export const kindWords = (kind: NoticeKind | 'configuration'): string => KINDS[kind];

const PARTS: Partial<Record<(typeof CHANGED_PARTS)[number], string>> = {
  data: 'data category',
  source: 'source of the data',
  applies_to: 'where it applies',
  document: 'document',
};
export const partWords = (part: NoticeChange['part']): string => PARTS[part] ?? plain(part);
