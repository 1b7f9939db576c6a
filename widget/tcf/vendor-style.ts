// How the vendors look in the preference centre: its switches and sections are there already (ui/centre-style.ts).
export const VENDOR_STYLE = `
.vendors .find{display:flex;flex-wrap:wrap;align-items:center;gap:8px 12px;margin-block:4px 12px}
.vendors .find label{font-weight:600}
.vendors [type=search]{flex:1 1 160px;min-inline-size:0;min-block-size:36px;padding:4px 10px;border:1px solid var(--soft);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit}
.centre .vendors ul{gap:8px}
.vendor{position:relative;padding:8px 12px;border:1px solid var(--line);border-radius:10px}
.vendor>input{position:absolute;inset-block-start:11px;inset-inline-end:12px}
.vendor summary{display:list-item;padding-inline-end:56px;font-size:14px;overflow-wrap:anywhere}
.vendor .head{align-items:flex-start}
.vendor .head p{flex:1;min-inline-size:0}
.vendor p{overflow-wrap:anywhere}
.vendor input:disabled{opacity:.45;cursor:default}
@media(forced-colors:active){.vendor input:disabled{opacity:1;border-color:GrayText}}`;
