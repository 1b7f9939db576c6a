// The look that the control and the placeholders need: the tokens, the button, the control. The rest travels with the interface.
const DARK = `--surface:#171a21;--raised:#20242d;--ink:#eef0f4;--soft:#a9b1bf;--line:#343a46;--fill:#e7eaf1;--on:#12151b;--hover:#fff;--accent:#8fb4ff;--shade:0 0 0/.5;`;
const LIGHT = `--surface:#fff;--raised:#f6f7f9;--ink:#161a22;--soft:#545d6c;--line:#dfe3e9;--fill:#1b2437;--on:#fff;--hover:#2d3a56;--accent:#1f4fb8;--shade:22 30 50/.17;`;

export const BASE_STYLE = `:host{all:initial;${LIGHT}color-scheme:light;color:var(--ink);font:400 15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-font-smoothing:antialiased}
:host([data-theme=dark]){${DARK}color-scheme:dark}
@media(prefers-color-scheme:dark){:host([data-theme=system]){${DARK}color-scheme:dark}}
*,::before,::after{box-sizing:border-box}
[hidden]{display:none!important}
button{font:600 15px/20px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;min-block-size:44px;padding:11px 16px;border:1px solid transparent;border-radius:10px;background:var(--fill);color:var(--on);cursor:pointer;transition:background-color .15s}
button:hover{background:var(--hover)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.control{position:fixed;inset-block-end:16px;inset-inline-start:16px;z-index:2147483646;min-block-size:36px;padding:7px 14px;border-color:var(--line);border-radius:18px;background:var(--surface);color:var(--ink);font-size:13px;box-shadow:0 2px 10px rgb(var(--shade))}
.control:hover{background:var(--raised)}
[role=status]{position:fixed;inset-block-end:64px;inset-inline-start:16px;z-index:2147483646;max-inline-size:min(340px,calc(100vw - 32px));margin:0;padding:10px 16px;border-radius:10px;background:var(--fill);color:var(--on);font-size:14px;pointer-events:none;visibility:hidden}
.said{animation:said 7s}
@keyframes said{0%,90%{opacity:1;visibility:visible}to{opacity:0;visibility:visible}}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{:host{display:none}}
:host(candour-placeholder){box-sizing:border-box;display:grid;place-content:center;justify-items:center;gap:14px;padding:28px 20px;min-block-size:160px;border:1px solid var(--line);border-radius:12px;background:var(--raised);text-align:center}
:host(candour-placeholder) p{margin:0;max-inline-size:46ch;color:var(--soft)}`;
