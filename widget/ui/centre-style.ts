// How the preference centre looks.
export const CENTRE_STYLE = `
dialog{inline-size:min(680px,calc(100vw - 24px));max-inline-size:none;max-block-size:min(860px,calc(100dvh - 24px));padding:0;border:1px solid var(--line);border-radius:18px;background:var(--surface);color:var(--ink);box-shadow:0 24px 80px -12px var(--shade);overflow:hidden;animation:rise .24s cubic-bezier(.2,.8,.2,1)}
dialog::backdrop{background:rgb(12 16 26/.5)}
.centre{display:flex;flex-direction:column;max-block-size:inherit}
.centre .top{display:flex;align-items:center;gap:16px;padding:18px 16px 14px 28px;padding-inline:28px 16px;border-block-end:1px solid var(--line)}
.centre h2{flex:1;margin:0;font-size:20px;line-height:1.3;letter-spacing:-.01em;outline:none}
.close{display:grid;place-items:center;inline-size:40px;min-block-size:40px;padding:0;border-radius:20px;background:none;color:var(--soft)}
.close:hover{color:var(--ink)}
.body{position:relative;flex:1;min-block-size:0;overflow:auto;padding:20px 28px 24px;overscroll-behavior:contain}
.body>p{margin:0 0 12px}
.last,.signal{padding:10px 14px;border-radius:10px;background:var(--raised);color:var(--soft);font-size:14px}
.purposes{display:grid;gap:12px;margin:16px 0;padding:0;list-style:none}
.purpose{padding:18px 20px;border:1px solid var(--line);border-radius:14px}
.head{display:flex;align-items:center;gap:12px}
.head h3{flex:1;margin:0;font-size:16px;line-height:1.35}
.head label{display:block;padding-block:3px}
.note{flex:none;max-inline-size:50%;padding:3px 10px;border-radius:12px;background:var(--raised);color:var(--soft);font-size:12.5px;line-height:18px}
.purpose p{margin:6px 0 14px;color:var(--soft)}
dl{display:grid;gap:8px;margin:0 0 10px;padding-block-start:12px;border-block-start:1px solid var(--line);font-size:13.5px;line-height:1.45}
dl div{display:grid;grid-template-columns:148px 1fr;gap:2px 16px}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.item{display:block}
.purpose>a{font-size:13.5px}
input[role=switch]{appearance:none;position:relative;flex:none;inline-size:46px;block-size:28px;margin:0;border:1px solid var(--soft);border-radius:14px;background:var(--raised);cursor:pointer;transition:background-color .15s,border-color .15s}
input[role=switch]::before{content:"";position:absolute;inset-block-start:4px;inset-inline-start:4px;inline-size:18px;block-size:18px;border-radius:9px;background:var(--soft);transition:inset-inline-start .15s}
input[role=switch]:checked{border-color:var(--accent);background:var(--accent)}
input[role=switch]:checked::before{inset-inline-start:22px;background:var(--surface)}
.centre .end{padding:16px 28px 20px;border-block-start:1px solid var(--line);background:var(--surface)}
.receipts{margin-block-start:20px;padding-block-start:14px;border-block-start:1px solid var(--line);font-size:14px}
summary{padding-block:4px;font-weight:600;cursor:pointer}
.receipts p{margin:6px 0;color:var(--soft)}
.receipts ul{display:grid;gap:6px;margin:10px 0 0;padding:0;list-style:none}
.receipts li{display:flex;flex-wrap:wrap;align-items:center;gap:8px 12px}
.receipts li>:first-child{flex:1 1 200px}
.small{min-block-size:30px;padding:4px 12px;border-color:var(--line);border-radius:8px;background:none;color:var(--ink);font-size:13px}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:559px){dialog{inline-size:100vw;max-block-size:100dvh;border:0;border-radius:0;margin-block-end:0}.centre .top{padding-inline:20px 10px}.body{padding:16px 20px}.purpose{padding:16px}.centre .end{padding:12px 20px 16px}dl div{grid-template-columns:1fr}.centre .answers{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:8px}.centre .answers:has(:nth-child(4)){grid-template-columns:repeat(2,minmax(0,1fr))}.centre .answers button{padding-inline:0;font-size:clamp(12px,3.8vw,14px);hyphens:auto;overflow-wrap:anywhere}}
@media(max-height:520px){dialog{overflow:auto}.centre{max-block-size:none}.body{overflow:visible}}
@media(prefers-reduced-motion:reduce){input::before{transition:none!important}}
@media(forced-colors:active){input[role=switch]{border-color:ButtonText}input[role=switch]::before{background:ButtonText;forced-color-adjust:none}input[role=switch]:checked{background:Highlight;forced-color-adjust:none}input[role=switch]:checked::before{background:HighlightText}}`;
