// The tokens, and buttons with a fill: for each chunk that has them.
export const BUTTON_STYLE = `:host{--surface:var(--candour-surface,light-dark(#fff,#171a21));--ink:var(--candour-ink,light-dark(#161a22,#eef0f4));--line:var(--candour-line,light-dark(#dfe3e9,#343a46));--accent:var(--candour-accent,light-dark(#1f4fb8,#8fb4ff));--shade:light-dark(#161e322b,#0008);color:var(--ink);font:15px/1.5 var(--candour-font,system-ui,sans-serif);--raised:var(--candour-raised,light-dark(#f6f7f9,#20242d));--fill:var(--candour-fill,light-dark(#1b2437,#e7eaf1));--on:var(--candour-on,light-dark(#fff,#12151b))}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button{font:inherit;font-weight:600;min-block-size:44px;padding:10px 16px;border:1px solid transparent;border-radius:var(--candour-button-radius,10px);background:var(--fill);color:var(--on);cursor:pointer}
button:hover{box-shadow:inset 0 0 99px #8884}
button:active,[aria-busy]{opacity:.7}`;
