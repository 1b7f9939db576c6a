// Loads where an embed is held back: a placeholder in its place and of its size, which says whose content it is, with two buttons.
// "Load once" is the visitor's request for this one embed on this page: nothing of it is stored or sent. "Always allow" is a choice
// about its purposes like any other.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { DecisionDetail } from './api.ts';
import { askedPurposes, grants } from './choices.ts';
import { BUTTON_STYLE } from './button-style.ts';
import { EMBEDS_STYLE } from './embeds-style.ts';
import { fill, inside, joined } from './fill.ts';
import type { Elements } from './elements.ts';
import type { Gate } from './gate.ts';
import { placeLike } from './placeholder.ts';
import { press } from './press.ts';
import type { Actor, Screen, Widget } from './widget.ts';

export interface EmbedsHost extends Pick<Widget, 'boot' | 'details' | 'addRoot' | 'addStyle'> {
  gate: Pick<Gate, 'once' | 'mayOpen' | 'sweep'>;
  elements: Pick<Elements, 'isOpen' | 'trust'>;
  choose(purposes: Readonly<Record<string, boolean>>, screen: Screen, actor?: Actor): Promise<void>;
}

interface Shown {
  placeholder: HTMLElement;
  root: ShadowRoot;
  /** The element's own display, as its style attribute had it. */
  display: string;
}

const purposesOf = ({ dataset }: HTMLElement): string[] => (dataset.purpose ?? '').split(/\s+/).filter(Boolean);

/** Host names of what it would load. */
function hostsOf(element: HTMLElement): string {
  const parts = [element, ...element.querySelectorAll<HTMLElement>('[data-src],[data-srcset]')];
  const addresses = parts.flatMap(({ dataset: { src, srcset } }) => src ?? srcset?.trim().split(/\s/)[0] ?? []);
  const hosts = addresses.map((address) => {
    try {
      return new URL(address, document.baseURI).host;
    } catch {
      return address;
    }
  });
  return [...new Set(hosts)].join(', ');
}

/** What a placeholder says: also what is recorded when its choice is made. */
function screenOf(element: HTMLElement, boot: WidgetBoot, { words, purposes }: SpokenDetails): Screen {
  const host = hostsOf(element);
  const names = purposesOf(element);
  // A service keeps its name as it is spelt.
  const choices = purposes.flatMap(({ id, label, services = [] }) => [{ id, name: inside(label, words.language) }, ...services]);
  const labels = joined(
    choices.filter(({ id }) => names.includes(id)).map(({ name }) => name),
    words.language,
  );
  const screen: Screen = {
    language: words.language,
    layout: 'placeholder',
    words: [
      { id: 'host', text: host },
      { id: 'embed', text: fill(words.embed, { host }) },
    ],
    controls: [{ id: 'once', kind: 'button', name: words.embedOnce }],
  };
  if (boot.age !== undefined) {
    const years = { age: `${boot.age}` };
    screen.words.push({ id: 'children', text: fill(words.children, years) });
    screen.controls.unshift({ id: 'parent', kind: 'checkbox', name: fill(words.parent, years) });
  }
  // What this site asks nothing about can't be allowed for ever.
  if (!names.every((name) => boot.purposes.some(({ id }) => id === name))) return screen;
  screen.words.push({ id: 'embedPurposes', text: fill(words.embedPurposes, { always: words.embedAlways, purposes: labels }) });
  screen.controls.push({ id: 'always', kind: 'button', name: words.embedAlways });
  return screen;
}

function text(className: string, content: string): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.className = className;
  paragraph.textContent = content;
  return paragraph;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/**
 * Where Trusted Types are enforced, an object and an embed take no plain address. The site's own page named this one and the visitor
 * allowed it, which is what a policy vouches for. Throws where the page allows no such policy: the embed stays held.
 */
function trusting(): NonNullable<Elements['trust']> {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('candour-embed', { createScriptURL: (url) => url });
  return (url) => policy?.createScriptURL(url) ?? url;
}

const CAN_FOCUS = 'iframe,object,embed,[tabindex],audio[controls],video[controls]';

export function openEmbeds(host: EmbedsHost): { show(element: HTMLElement): Promise<void> } {
  const { gate, elements } = host;
  const all = new Map<HTMLElement, Shown>();

  function remove(element: HTMLElement): void {
    const shown = all.get(element);
    if (!shown) return;
    all.delete(element);
    const hadFocus = document.activeElement === shown.placeholder;
    shown.placeholder.remove();
    element.style.display = shown.display;
    if (!hadFocus || !element.isConnected) return;
    if (!element.matches(CAN_FOCUS)) element.tabIndex = -1;
    element.focus();
  }

  async function answer(element: HTMLElement, id: string, screen: Screen, actor?: Actor): Promise<void> {
    if (id === 'once') {
      gate.once.add(element);
      gate.sweep();
    } else {
      // Of what nobody is asked about there is no choice.
      const asked = askedPurposes(host.boot).filter(({ id }) => purposesOf(element).includes(id));
      const given = Object.fromEntries(asked.map(({ id }) => [id, true]));
      await host.choose(given, screen, actor).catch(() => undefined);
    }
  }

  /** In place of what it said in another language, if it did. */
  function say(placeholder: HTMLElement, root: ShadowRoot, element: HTMLElement, details: SpokenDetails): void {
    const screen = screenOf(element, host.boot, details);
    placeholder.lang = details.words.language;
    placeholder.dir = details.words.direction;
    const group = document.createElement('div');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', screen.words[0]?.text ?? '');
    const buttons = document.createElement('div');
    buttons.className = 'buttons';
    const parent = document.createElement('input');
    parent.type = 'checkbox';
    parent.checked = root.querySelector('input')?.checked ?? false;
    const label = document.createElement('label');
    for (const { id, kind, name } of screen.controls) {
      if (kind === 'checkbox') {
        label.append(parent, name);
        continue;
      }
      const button = document.createElement('button');
      button.textContent = name;
      const actor = (): Actor => (parent.checked ? 'parent' : 'self');
      button.addEventListener('click', () => void press(button, () => answer(element, id, screen, actor())));
      buttons.append(button);
    }
    group.append(...screen.words.map((one) => text(one.id, one.text)), ...(parent.parentNode ? [label] : []), buttons);
    const controls = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('input,button')];
    const focused = controls().findIndex((one) => one === root.activeElement);
    root.replaceChildren(group);
    controls()[focused]?.focus();
  }

  function add(element: HTMLElement, details: SpokenDetails): void {
    const placeholder = document.createElement('candour-placeholder');
    placeLike(element, placeholder);
    const root = host.addRoot(placeholder);
    host.addStyle(root, BUTTON_STYLE + EMBEDS_STYLE);
    say(placeholder, root, element, details);
    all.set(element, { placeholder, root, display: element.style.display });
    element.style.setProperty('display', 'none', 'important');
    element.before(placeholder);
  }

  // What the page takes out, or moves, takes its placeholder with it.
  new MutationObserver(() => {
    for (const [element, { placeholder }] of all) {
      if (!element.isConnected) remove(element);
      else if (placeholder.parentNode !== element.parentNode) element.before(placeholder);
    }
  }).observe(document, { childList: true, subtree: true });

  // Who refuses or withdraws means what was loaded once as well.
  document.addEventListener('candour:decision', (event) => {
    const { purposes } = (event as CustomEvent<DecisionDetail>).detail;
    for (const element of gate.once)
      if (purposesOf(element as HTMLElement).some((id) => purposes[id] && !grants(purposes[id]))) gate.once.delete(element);
    gate.sweep();
  });

  return {
    async show(element) {
      const details = await host.details();
      if (gate.mayOpen(element) && !elements.isOpen(element)) {
        elements.trust ??= trusting();
        gate.sweep();
      }
      // It may be open by now.
      if (elements.isOpen(element) || !element.isConnected) return remove(element);
      const shown = all.get(element);
      if (!shown) add(element, details);
      // A page without reloads may be read on in another language.
      else if (shown.placeholder.lang !== details.words.language) say(shown.placeholder, shown.root, element, details);
    },
  };
}
