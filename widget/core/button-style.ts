// Buttons with a fill, and the tokens of what is raised: for each chunk that has them.
export const BUTTON_STYLE = `:host{--raised:var(--candour-raised,light-dark(#f6f7f9,#20242d));--fill:var(--candour-fill,light-dark(#1b2437,#e7eaf1));--on:var(--candour-on,light-dark(#fff,#12151b))}
button{font:inherit;font-weight:600;min-block-size:44px;padding:10px 16px;border:1px solid transparent;border-radius:var(--candour-button-radius,10px);background:var(--fill);color:var(--on);cursor:pointer;transition:box-shadow .15s}
button:hover{box-shadow:inset 0 0 99px #8884}`;
