// The part of autoconsent's rules that says how a platform is known by what stands in a page, as plain lists of selectors. The build runs
// this over the rules (vite.ts), the tests run it too.

/** One of each list has to stand in the page. */
export interface PlatformRule {
  id: string;
  all: string[][];
}

interface Step {
  exists?: string | string[];
  visible?: string | string[];
  any?: Step[];
}
/** As far as detection goes. */
export interface FullRule {
  name: string;
  detectCmp?: unknown;
  cosmetic?: boolean;
  runContext?: { urlPattern?: string };
}

/** Null where a step needs more than a selector: a script, or a way through frames and shadow roots. */
function selectorsOf(step: Step): string[] | null {
  if (step.any) {
    const each = step.any.map((one) => selectorsOf(one));
    return each.every((one) => one !== null) ? each.flat() : null;
  }
  const selector = step.exists ?? step.visible;
  return typeof selector === 'string' && !selector.startsWith('xpath') ? [selector] : null;
}

/** Rules of platforms that many sites use, and of sites' own dialogs; not those made by machine for one address each. */
export function detectionRules(rules: readonly FullRule[]): PlatformRule[] {
  return rules.flatMap(({ name, detectCmp, runContext }) => {
    if (name.startsWith('auto_') || /^test page/i.test(name) || runContext?.urlPattern || !Array.isArray(detectCmp)) return [];
    const all = (detectCmp as Step[]).map((step) => selectorsOf(step));
    return all.length > 0 && all.every((one) => one !== null) ? [{ id: name, all }] : [];
  });
}
