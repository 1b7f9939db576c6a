// The look that every page needs: the small control, in the browser's own colours unless the site has a theme (docs/theming.md). The
// tokens, and buttons with a fill, travel with what has them (button-style.ts), the rest with the interface.
export const BASE_STYLE = `:host{all:initial;display:contents!important;color-scheme:light dark}.control{position:fixed;bottom:var(--candour-control-bottom,16px);inset-inline:16px auto;z-index:2147483647;font:600 13px/20px var(--candour-font,system-ui,sans-serif);padding:7px 14px;border:1px solid var(--candour-line,#8886);border-radius:16px;background:var(--candour-surface,Canvas);color:var(--candour-ink,CanvasText);cursor:pointer}.end{inset-inline:auto 16px}@media print{:host{display:none!important}}`;
/**
 * The page's own: neither its end nor what is focused stays under the control. Two boxes without a look, behind the body and, as a body
 * may be lower than what is in it, behind all that is in it; no layout of the site's own sees either. A rule of the page goes over it.
 */
export const ROOM_STYLE = `@media screen{:where(html){scroll-padding-bottom:64px}html::after,candour-choices::after{content:"";display:block;padding:32px}candour-choices::after{position:absolute}}`;
