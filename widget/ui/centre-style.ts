// How the preference centre looks.
export const CENTRE_STYLE = `
dialog{inline-size:min(680px,calc(100vw - 24px));max-inline-size:none;max-block-size:min(860px,calc(100dvh - 24px));padding:0;border:1px solid var(--line);border-radius:var(--candour-radius,18px);background:var(--surface);color:var(--ink);box-shadow:0 24px 80px -12px var(--shade);overflow:hidden;animation:rise .24s cubic-bezier(.2,.8,.2,1),fade .24s}
@keyframes fade{from{opacity:0}}
dialog::backdrop{background:rgb(12 16 26/.5)}
.centre{display:flex;flex-direction:column;max-block-size:inherit}
.centre .top{display:flex;align-items:center;gap:16px;padding-block:18px 14px;padding-inline:28px 16px;border-block-end:1px solid var(--line)}
.centre h2{flex:1;margin:0;font-size:20px;line-height:1.3;letter-spacing:-.01em;outline:none}
.close{display:grid;place-items:center;inline-size:40px;min-block-size:40px;padding:0;border-radius:20px;background:none;color:var(--soft)}
.close:hover{color:var(--ink)}
.body{position:relative;flex:1;min-block-size:0;overflow:auto;padding:20px 28px 24px;overscroll-behavior:contain}
.body>p{margin:0 0 12px}
.body [role=status]{position:static;margin:0}
.last,.signal{padding:10px 14px;border-radius:10px;background:var(--raised);color:var(--soft);font-size:14px}
.centre ul{display:grid;gap:12px;margin:0;padding:0;list-style:none}
.centre .purposes{margin:16px 0}
.purpose{min-inline-size:0;padding:18px 20px;border:1px solid var(--line);border-radius:14px}
.head{display:flex;align-items:center;gap:12px}
.head h3,.head h5{flex:1;min-inline-size:0;margin:0;font-size:16px;line-height:1.35;overflow-wrap:anywhere}
.head h5{font-size:15px}
.head label{display:block;padding-block:3px}
.note{max-inline-size:50%;padding:3px 10px;border-radius:12px;background:var(--raised);color:var(--soft);font-size:12.5px;line-height:18px}
.purpose p{margin:6px 0 12px;color:var(--soft)}
.purpose .why{margin-block-start:-4px;color:var(--ink);font-size:14px}
.purpose h4{margin:14px 0 8px;padding-block-start:14px;border-block-start:1px solid var(--line);font-size:13.5px;font-weight:600}
.service{min-inline-size:0;padding:12px 16px;border-radius:10px;background:var(--raised)}
.service p{margin:2px 0 8px}
.service dl{padding-block-start:6px;border:0}
dl{display:grid;gap:8px;margin:0 0 10px;padding-block-start:12px;border-block-start:1px solid var(--line);font-size:13.5px;line-height:1.45}
dl div{display:grid;grid-template-columns:148px minmax(0,1fr);gap:2px 16px}
dt{color:var(--soft)}
dd{min-inline-size:0;margin:0;overflow-wrap:anywhere}
table{inline-size:100%;margin:0 0 10px;border-collapse:collapse;font-size:13px;line-height:1.4}
caption{padding-block:2px 4px;color:var(--soft);font-size:13.5px;text-align:start}
th,td{padding:5px 0;padding-inline-end:12px;border-block-end:1px solid var(--line);font-weight:400;text-align:start;vertical-align:top;overflow-wrap:anywhere}
thead th{color:var(--soft);font-size:12px}
tbody th{font-family:ui-monospace,monospace;font-size:12px}
.purpose>a,.service>a{font-size:13.5px}
.service>a{display:inline-block;min-block-size:26px;padding-block:2px}
input[role=switch]{appearance:none;position:relative;flex:none;inline-size:46px;block-size:28px;margin:0;border:1px solid var(--soft);border-radius:14px;background:var(--raised);cursor:pointer;transition:background-color .15s,border-color .15s}
input[role=switch]::before{content:"";position:absolute;inset-block-start:4px;inset-inline-start:4px;inline-size:18px;block-size:18px;border-radius:9px;background:var(--soft);transition:inset-inline-start .15s}
input[role=switch]:checked{border-color:var(--accent);background:var(--accent)}
input[role=switch]:checked::before{inset-inline-start:22px;background:var(--surface)}
.centre .end{padding:16px 28px 20px;border-block-start:1px solid var(--line);background:var(--surface)}
.section,.messages{margin-block-start:18px;padding-block-start:14px;border-block-start:1px solid var(--line);font-size:14px}
.section+.section{margin-block-start:14px}
summary,.messages h3{padding-block:4px;font-size:15px;font-weight:600}
.messages h3{margin:0;outline:none}
summary{min-block-size:32px;border-radius:6px;cursor:pointer}
.section p,.messages>p{margin:6px 0 10px;color:var(--soft)}
.messages li{display:flex;flex-wrap:wrap;align-items:center;gap:6px 12px}
.messages li>:first-child{flex:1 1 180px;min-inline-size:0}
.messages small{display:block;color:var(--soft);font-size:12.5px}
.event{min-inline-size:0;padding:12px 14px;border:1px solid var(--line);border-radius:12px}
.event h4{margin:0 0 6px;font-size:14px;font-weight:600}
.centre .changes,.centre .steps{gap:2px;font-size:13.5px}
.event .sent{margin:6px 0;font-size:13px}
.event[data-sent=parked] .sent{color:light-dark(#9a1c1c,#ff9d9d)}
.steps li::before{content:"✓";display:inline-block;inline-size:1.5em}
.steps [data-result=fails]::before{content:"✗"}
.steps [data-result=unchecked]::before{content:"–"}
[data-verified]{padding:8px 12px;border-radius:8px;background:var(--raised)}
.section [data-verified]{color:var(--ink)}
.keep{display:flex;flex-wrap:wrap;gap:8px}
.keep p{flex-basis:100%;margin:6px 0 0}
.section .outcome:not(:empty){padding:10px 14px;border-radius:10px;background:var(--raised);color:var(--ink)}
.centre .small{min-block-size:32px;padding:4px 12px;border:1px solid var(--soft);border-radius:8px;background:none;color:var(--ink);font-size:13px;overflow-wrap:anywhere}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:559px){dialog{inline-size:100vw;max-block-size:100dvh;border:0;border-radius:0;margin-block-end:0}.centre .top{padding-inline:20px 10px}.body{padding:16px 20px}.purpose{padding:16px}.service{padding:10px 12px}.centre .end{padding:12px 20px 16px}dl div{grid-template-columns:minmax(0,1fr)}tr,tbody th,td{display:block}thead{display:none}tbody tr{padding-block:6px;border-block-end:1px solid var(--line)}tbody th,td{padding:1px 0;border:0}td::before{content:attr(data-head) ": ";color:var(--soft)}.purpose>.head{flex-wrap:wrap}.head>.note{order:1;flex-basis:100%;max-inline-size:none;padding:0;background:none}.centre .answers{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:8px}.centre .answers button{padding-inline:8px;font-size:14px;hyphens:auto;overflow-wrap:anywhere}.centre .answers :first-child{grid-column:1/-1}}
@media(max-height:520px){dialog{overflow:auto}.centre{max-block-size:none}.body{overflow:visible}}
@media(prefers-reduced-motion:reduce){input::before{transition:none!important}}
@media(forced-colors:active){.answers button,.centre .small{border-color:ButtonText}.note,.service,.last,.signal,[data-verified]{border:1px solid CanvasText}input[role=switch]{border-color:ButtonText}input[role=switch]::before{background:ButtonText;forced-color-adjust:none}input[role=switch]:checked{background:Highlight;forced-color-adjust:none}input[role=switch]:checked::before{background:HighlightText}}`;
