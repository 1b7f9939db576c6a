// The look that every page needs: the small control, in the browser's own colours unless the site has a theme (docs/theming.md). The
// tokens, and buttons with a fill, travel with what has them (button-style.ts), the rest with the interface.
export const BASE_STYLE = `:host{all:initial;display:contents!important;color-scheme:light dark}
.control{position:fixed;bottom:var(--candour-control-bottom,16px);inset-inline:16px auto;z-index:2147483646;font:600 13px/20px var(--candour-font,system-ui,sans-serif);padding:7px 14px;border:1px solid var(--candour-line,#8886);border-radius:16px;background:var(--candour-surface,Canvas);color:var(--candour-ink,CanvasText);box-shadow:0 2px 10px #0003;cursor:pointer}
.end{inset-inline:auto 16px}
@media print{:host{display:none!important}}`;
