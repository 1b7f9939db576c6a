// How the banner looks, and what it shares with the preference centre. Logical properties throughout, so that right-to-left
// pages mirror by themselves.
export const LAYER_STYLE = `
*,::before,::after{box-sizing:border-box}
:host{--soft:light-dark(#545d6c,#a9b1bf)}
.said{position:fixed;inset-block:auto 64px;inset-inline:16px auto;z-index:2147483646;max-inline-size:calc(100vw - 32px);margin:0;padding:10px 16px;border-radius:10px;background:var(--fill);color:var(--on);font-size:13px;pointer-events:none;opacity:0;animation:said 7s}
@keyframes said{0%,90%{opacity:1}}
button{transition:box-shadow .15s}
.answers{display:flex;flex-wrap:wrap;gap:10px}
.answers button{flex:1 1 120px}
.notices{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0}
a{color:var(--accent);text-underline-offset:3px;text-decoration-thickness:1px;border-radius:4px}
a:hover{text-decoration-thickness:2px}
.notices a,.purpose>a{display:inline-block;padding-block:2px;min-block-size:26px}
@keyframes rise{from{opacity:0;transform:translateY(16px)}}
@media(prefers-reduced-motion:reduce){:not(.said){animation:none!important;transition:none!important}}`;

export const BANNER_STYLE = `
.banner{position:fixed;z-index:2147483647;inset-block-end:16px;inset-inline-start:16px;inline-size:min(464px,calc(100vw - 32px));max-block-size:calc(100dvh - 32px);overflow:auto;padding:24px;border:1px solid var(--line);border-radius:16px;background:var(--surface);box-shadow:0 1px 2px var(--shade),0 16px 48px -8px var(--shade);animation:rise .28s cubic-bezier(.2,.8,.2,1)}
.banner h2{margin:0 0 8px;font-size:18px;line-height:1.3;letter-spacing:-.01em;text-wrap:balance}
.banner p{margin:0 0 8px;color:var(--soft);text-wrap:pretty}
.banner .text p:first-of-type{color:var(--ink)}
.banner .answers{margin-block-start:18px}
.banner[data-layout=corner]{inset-inline:auto 16px;inline-size:min(368px,calc(100vw - 32px))}
.banner[data-layout=corner] .answers{gap:8px}
.banner[data-layout=corner] .answers button{flex-basis:80px;padding-inline:4px}
.banner[data-layout=bar]{inset-inline:0;inset-block-end:0;inline-size:auto;max-block-size:100dvh;border-radius:0;border-width:1px 0 0;padding:20px max(24px,calc(50vw - 590px))}
@media(min-width:860px){.banner[data-layout=bar]{display:grid;grid-template-columns:1fr auto;gap:40px;align-items:center}.banner[data-layout=bar] .answers{margin:0;flex-wrap:nowrap}.banner[data-layout=bar] .answers button{flex:0 0 132px}}
@media(max-width:479px){.banner .answers{gap:8px}.banner .answers button{flex-basis:80px;padding-inline:4px;font-size:14px}.banner:not([data-layout=bar]){inset-inline:8px;inset-block-end:8px;inline-size:auto;max-block-size:calc(100dvh - 16px);padding:20px}}`;
