// Which processing activities apply to the page in view, by the rules that the notice declares, each with its reason.
import { fieldKind, pageTypes, type PageFacts } from './page.ts';
import type { AppliesTo, FieldKind, PageType, PrivacyNotice } from './schema.ts';

export type Reason =
  | { by: 'everywhere' }
  | { by: 'url'; pattern: string }
  | { by: 'page_type'; pageType: PageType }
  | { by: 'form'; form: string; fields: FieldKind[] };

export interface ActivityOnPage {
  activity: string;
  applies: 'here' | 'may' | 'elsewhere';
  /** Empty for "elsewhere". */
  reasons: Reason[];
}

/** Does a URLPattern pathname match the URL? Passed in, because URLPattern is the platform's. */
export type MatchPathname = (pattern: string, url: string) => boolean;

function reasonsFor(rule: AppliesTo, page: PageFacts, types: readonly PageType[], match: MatchPathname): Reason[] {
  const forms = page.forms.map((form) => ({ id: form.id, kinds: form.fields.map(fieldKind) }));
  return [
    ...(rule.everywhere ? [{ by: 'everywhere' as const }] : []),
    ...rule.urls.filter((pattern) => match(pattern, page.url)).map((pattern) => ({ by: 'url' as const, pattern })),
    ...rule.pageTypes.filter((type) => types.includes(type)).map((pageType) => ({ by: 'page_type' as const, pageType })),
    ...rule.fields.flatMap((fields) =>
      forms
        .filter(({ kinds }) => fields.every((kind) => kinds.includes(kind)))
        .map(({ id }) => ({ by: 'form' as const, form: id, fields })),
    ),
  ];
}

/** One answer per activity, in the notice's order. A form match alone says "may": other activities can use a form like it. */
export function activitiesOnPage(notice: PrivacyNotice, page: PageFacts, match: MatchPathname): ActivityOnPage[] {
  const types = pageTypes(page);
  return notice.activities.map((activity) => {
    const reasons = reasonsFor(activity.appliesTo, page, types, match);
    const sure = reasons.some((reason) => reason.by !== 'form');
    return { activity: activity.id, applies: sure ? 'here' : reasons.length > 0 ? 'may' : 'elsewhere', reasons };
  });
}

/** A reason in words for people. */
export function reasonText(reason: Reason): string {
  switch (reason.by) {
    case 'everywhere':
      return 'The notice says that this happens on every page of the site.';
    case 'url':
      return `The notice declares it for the address ${reason.pattern}.`;
    case 'page_type':
      return `The notice declares it for this kind of page (${reason.pageType.replaceAll('_', ' ')}).`;
    case 'form':
      return `A form here asks for ${reason.fields.map((field) => field.replaceAll('_', ' ')).join(', ')}.`;
  }
}
