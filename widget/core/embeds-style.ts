// The look of a placeholder. It scrolls inside rather than grow: nothing around it moves.
export const EMBEDS_STYLE = `
:host{display:inline-block!important;box-sizing:border-box;container-type:size;overflow:hidden;border-radius:12px}
:host([data-block]){display:block!important}
[role=group]{box-sizing:border-box;block-size:100%;overflow:auto;display:grid;place-content:safe center;justify-items:center;gap:10px;padding:20px;border:1px solid var(--line);border-radius:12px;background:var(--raised);text-align:center}
p{margin:0;max-inline-size:52ch;text-wrap:pretty;overflow-wrap:anywhere}
.host{font-weight:600;font-size:17px}
.embedPurposes,.children,label{font-size:13px}
label{display:flex;gap:8px;align-items:start;text-align:start;cursor:pointer}
label input{flex:none;inline-size:18px;block-size:18px;margin:1px 0 0;accent-color:var(--accent)}
.buttons{display:flex;flex-wrap:wrap;justify-content:center;gap:10px;margin-block-start:6px}
@container(max-width:380px) or (max-height:270px){[role=group]{gap:6px;padding:12px}p{font-size:13px;line-height:1.4}.host{font-size:14px}.embedPurposes{font-size:12px}button{min-block-size:36px;padding:6px 12px;font-size:13px}.buttons{gap:8px;margin:0}}
@media(forced-colors:active){button{border-color:ButtonText}}`;
