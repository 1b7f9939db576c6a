// The look of a placeholder. It scrolls inside rather than grow: nothing around it moves. The buttons
// stay in sight.
export const EMBEDS_STYLE = `
:host{display:inline-block!important;box-sizing:border-box;container-type:size;overflow:hidden;border-radius:12px}
:host([data-block]){display:block!important}
[role=group]{box-sizing:border-box;block-size:100%;overflow:auto;display:flex;flex-direction:column;justify-content:safe center;align-items:center;gap:10px;padding:20px 20px 12px;border:1px solid var(--line);border-radius:12px;background:var(--raised);text-align:center}
p{margin:0;max-inline-size:52ch;text-wrap:pretty;overflow-wrap:anywhere}
.host{font-weight:600;font-size:17px}
.embedPurposes,.children,label{font-size:13px}
label{display:flex;gap:8px;align-items:start;text-align:start;cursor:pointer}
label input{flex:none;inline-size:18px;block-size:18px;margin:1px 0 0;accent-color:var(--accent)}
.buttons{position:sticky;inset-block-end:-12px;box-sizing:border-box;display:flex;flex-wrap:wrap;justify-content:center;gap:10px;inline-size:100%;padding-block:8px;background:var(--raised)}
@container(max-width:380px) or (max-height:270px){[role=group]{gap:6px;padding:12px 12px 4px}p{font-size:13px;line-height:1.4}.host{font-size:14px}.embedPurposes{font-size:12px}button{min-block-size:36px;padding:6px 12px;font-size:13px}.buttons{inset-block-end:-4px;gap:8px}}
@media(forced-colors:active){button{border-color:ButtonText}}`;
