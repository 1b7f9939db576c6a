// What a browser saw of a consent banner, in plain data: the checks judge this and never a page. Whoever can fill it can use the lint.

/** What a control is for, told by its name. */
export type Act = 'accept' | 'reject' | 'settings' | 'save' | 'close' | 'pay' | 'notice' | 'partners' | 'toggle' | 'other';

export interface BannerControl {
  /** Where it is: a CSS selector; ` >>> ` goes into a shadow root. */
  selector: string;
  /** As assistive technology reads it. */
  name: string;
  act: Act;
  /** Its name does not say what it does: "OK". */
  vague: boolean;
  kind: 'button' | 'link' | 'text' | 'toggle';
  /** In CSS pixels. */
  width: number;
  height: number;
  fontSize: string;
  fontWeight: string;
  border: boolean;
  fill: 'filled' | 'faint' | 'none';
  /** Of its words against what is behind them; null where that is an image. */
  contrast: number | null;
  /** Of a toggle. */
  checked: boolean;
  disabled: boolean;
  /** Whether the keyboard reaches it. */
  focusable: boolean;
  focused: boolean;
  /** It is what Enter in its form presses. */
  submits: boolean;
  href: string | null;
}

export interface Layer {
  selector: string;
  controls: readonly BannerControl[];
  text: string;
  /** Declared by it or around it; null: nowhere. */
  language: string | null;
  modal: boolean;
  /** Fields that ask for an address or a password. */
  fields: readonly string[];
}

/** A tick-box of a form in the page, outside the banner. */
export interface FormBox {
  selector: string;
  label: string;
  checked: boolean;
}

/** Strings, so that two visits can be compared: `cookie:name`, `cookie:name=value`, `local:key`, `request:https://host/path`, … */
export type Effects = readonly string[];

export interface SeenCookie {
  name: string;
  domain: string;
  /** From when it was set; null: until the browser closes. */
  days: number | null;
}

export interface Outcome {
  effects: Effects;
  cookies: readonly SeenCookie[];
}

export interface SeenLink {
  selector: string;
  text: string;
  href: string;
  /** What it leads to; null: a page. */
  problem: string | null;
}

/** Where withdrawal was looked for. */
export interface Withdrawal {
  /** Pages without a control to withdraw, of those looked at. */
  missingOn: readonly string[];
  lookedAt: readonly string[];
  selector: string | null;
  /** From the surface that the control opens; null: nothing was withdrawn. */
  clicks: number | null;
  /** What it asks for first. */
  asksFor: string | null;
}

export interface TagManagement {
  /** The regions of a default that grants, "everywhere" without any; null: none grants. */
  grantedDefault: { types: readonly string[]; regions: readonly string[] } | null;
  /** A tag began before the default; what it was. */
  beforeDefault: string | null;
  tcf: { cmpId: number | null; disclosesVendors: boolean | null } | null;
}

export interface PageDescription {
  url: string;
  pageLanguage: string | null;
  first: Layer;
  /** The layers behind it, in the order in which the settings lead to them. */
  further: readonly Layer[];
  /** The first layer on a narrow screen; null: there was no banner. */
  narrow: Layer | null;
  /** The text of the first layer a little later. */
  laterText: string | null;
  /** Clicks to accept and to refuse everything; null: no way was found. */
  clicks: { accept: number | null; reject: number | null };
  before: Outcome;
  accepted: Outcome | null;
  refused: (Outcome & { askedAgain: boolean; blocked: string | null }) | null;
  /** What leaving the banner alone did, by what was done: "close", "escape", "scroll", "wait". */
  untouched: Readonly<Record<string, Effects>>;
  /** What saving with nothing selected did; null: there is no such control. */
  savedNothing: Effects | null;
  links: readonly SeenLink[];
  boxes: readonly FormBox[];
  withdrawal: Withdrawal | null;
  tags: TagManagement;
}

/** What accepting alone brings: present after it, and neither before nor after a refusal. Empty where the two cannot be told apart. */
export function grantedEffects({ before, accepted, refused }: PageDescription): string[] {
  const others = new Set([...before.effects, ...(refused?.effects ?? [])]);
  const effects = accepted?.effects ?? [];
  // Where the value is known it is what tells: an answer of either kind may be kept under one name.
  const valued = new Set(
    effects.filter((effect) => !effect.startsWith('request:')).flatMap((effect) => effect.split('=').slice(0, -1).slice(0, 1)),
  );
  return effects.filter((effect) => !others.has(effect) && !valued.has(effect));
}
