// The look that every page needs: the small control and what it takes of the site's own theme (docs/theming.md). Buttons with a fill
// travel with what has them (button-style.ts), the rest with the interface.
export const BASE_STYLE = `:host{all:initial;display:contents!important;color-scheme:light dark;--surface:var(--candour-surface,light-dark(#fff,#171a21));--ink:var(--candour-ink,light-dark(#161a22,#eef0f4));--line:var(--candour-line,light-dark(#dfe3e9,#343a46));--accent:var(--candour-accent,light-dark(#1f4fb8,#8fb4ff));--shade:light-dark(#161e322b,#0008);color:var(--ink);font:15px/1.5 var(--candour-font,system-ui,sans-serif)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.control{position:fixed;inset-block:auto var(--candour-control-bottom,16px);inset-inline:16px auto;z-index:2147483646;font:inherit;font-size:13px;font-weight:600;min-block-size:36px;padding:6px 14px;border:1px solid var(--line);border-radius:18px;background:var(--surface);color:var(--ink);box-shadow:0 2px 10px var(--shade);cursor:pointer}
.control.end{inset-inline:auto 16px}
[role=status]{position:fixed;margin:0}
@media print{:host{display:none!important}}`;
