// How the banner looks, and what it shares with the preference centre. Logical properties throughout, so that right-to-left
// pages mirror by themselves. Pages set --candour-… (docs/theming.md); the other names are our own.
import { BUTTON_STYLE } from '../core/button-style.ts';

export const LAYER_STYLE = `${BUTTON_STYLE}
*,::before,::after{box-sizing:border-box}
:host{--soft:var(--candour-soft,light-dark(#545d6c,#a9b1bf))}
.said{position:fixed;inset-block:auto 64px;inset-inline:16px auto;z-index:2147483646;max-inline-size:calc(100vw - 32px);margin:0;padding:10px 16px;border-radius:10px;background:var(--fill);color:var(--on);font-size:13px;pointer-events:none;opacity:0;animation:said 7s}
@keyframes said{0%,90%{opacity:1}}
.answers{display:flex;flex-wrap:wrap;gap:10px}
.answers button{flex:1 1 120px}
.notices{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0}
.parent{display:flex;gap:10px;align-items:start;padding-block:6px;color:var(--ink);cursor:pointer}
.parent input{flex:none;inline-size:20px;block-size:20px;margin:2px 0 0;accent-color:var(--accent)}
a{color:var(--accent);text-underline-offset:3px;text-decoration-thickness:1px;border-radius:4px}
a:hover{text-decoration-thickness:2px}
.notices a,.purpose>a{display:inline-block;padding-block:2px;min-block-size:26px}
@keyframes rise{from{transform:translateY(16px)}}
@media(prefers-reduced-motion:reduce){:not(.said){animation:none!important;transition:none!important}}`;

export const BANNER_STYLE = `
.banner{--edge:16px;position:fixed;z-index:2147483647;inset-block:auto var(--edge);inset-inline:var(--edge) auto;display:flex;flex-direction:column;inline-size:min(464px,100vw - 2*var(--edge));max-inline-size:none;max-block-size:72dvh;margin:0;padding:24px;overflow:auto;border:1px solid var(--line);border-radius:var(--candour-radius,16px);background:var(--surface);color:var(--ink);box-shadow:0 1px 2px var(--shade),0 16px 48px -8px var(--shade);animation:rise .28s cubic-bezier(.2,.8,.2,1)}
h2{margin:0 0 8px;font-size:18px;line-height:1.3;letter-spacing:-.01em;text-wrap:balance}
h2:focus{outline:0}
p{margin:0 0 8px;color:var(--soft);text-wrap:pretty}
h2+p{color:var(--ink)}
.notices+p{margin-block-start:10px}
.text{min-block-size:4em;margin:-4px;padding:4px;overflow:auto}
.answers{margin-block-start:18px}
.corner{inset-inline:auto var(--edge);inline-size:min(368px,100vw - 2*var(--edge))}
.modal{inset:0;inline-size:min(560px,100vw - 2*var(--edge));max-block-size:calc(100dvh - 2*var(--edge));margin:auto;padding:32px}
.modal::backdrop{background:#0c101a80}
.inline{position:static;inline-size:auto;max-block-size:none;box-shadow:none;animation:none}
.bar{--edge:0px;inline-size:auto;inset-inline:0;border-radius:0;border-width:1px 0 0;padding:20px max(24px,50vw - 590px)}
@media(min-width:860px){.bar{flex-direction:row;gap:40px;align-items:center}.bar .text{flex:1}.bar .answers{margin:0}:is(.bar,.inline) .answers{inline-size:440px}}
@media(max-width:479px){.banner{padding:16px}.banner:not(.bar){--edge:8px}.answers{gap:6px}.answers button{flex-basis:max(82px,33.3% - 4px);padding-inline:5px;font-size:14px}}
@media(max-height:400px){.banner:not(.inline){padding:12px 16px}.answers{margin-block-start:8px}.answers button{padding-block:0}}`;
