// The look that the control and the placeholders need: the tokens, the button, the control. The rest travels with the interface.
export const BASE_STYLE = `:host{all:initial;display:contents!important;color-scheme:light dark;--surface:light-dark(#fff,#171a21);--raised:light-dark(#f6f7f9,#20242d);--ink:light-dark(#161a22,#eef0f4);--line:light-dark(#dfe3e9,#343a46);--fill:light-dark(#1b2437,#e7eaf1);--on:light-dark(#fff,#12151b);--accent:light-dark(#1f4fb8,#8fb4ff);--shade:light-dark(#161e322b,#0008);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
:host([data-theme=light]){color-scheme:light}
:host([data-theme=dark]){color-scheme:dark}
button{font:inherit;font-weight:600;min-block-size:44px;padding:10px 16px;border:1px solid transparent;border-radius:10px;background:var(--fill);color:var(--on);cursor:pointer}
button:hover{box-shadow:inset 0 0 99px #8884}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.control{position:fixed;inset-block:auto 16px;inset-inline:16px auto;z-index:2147483646;font-size:13px;min-block-size:36px;padding:7px 14px;border-color:var(--line);border-radius:18px;background:var(--surface);color:var(--ink);box-shadow:0 2px 10px var(--shade)}
[role=status]{position:fixed;margin:0}
@media print{:host{display:none!important}}`;
