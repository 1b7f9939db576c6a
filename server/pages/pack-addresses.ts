// The part of an access pack's page about addresses for marketing: what is kept of each, whether it may be written to and why, and
// what the operator's people stated of it.
import type { ContactDetails, PermissionAnswer } from '../../shared/marketing/api.ts';
import type { AccessPack } from '../rights/access-pack.ts';
import { markup, shown, type Markup } from './markup.ts';
import { channelWords, dateWords, instantWords, plain } from './notice-words.ts';

const WHY: Record<NonNullable<PermissionAnswer['why']>, string> = {
  ended: 'what it rested on has ended',
  suppressed: 'it is on the list of those who get no direct marketing',
  declined: 'you said no',
  unconfirmed: 'you were asked by mail to confirm, and have not',
  evidence_missing: 'a reason is stated, and evidence for it is missing',
  not_stated: 'no reason is stated',
  restricted: 'your data is only stored',
  no_address: 'the address itself is not kept',
};
const REASON: Record<NonNullable<PermissionAnswer['reason']>, string> = {
  consent: 'you said yes',
  soft_opt_in: 'you are a customer and can say no at any time (soft opt-in)',
  charity_soft_opt_in: 'you support the charity and can say no at any time (soft opt-in)',
  corporate_subscriber: 'a company or the like holds the mailbox or line',
  no_pecr_rule: 'no rule on electronic mail asks for a yes',
  not_stated: 'a reason that is not stated',
};

const since = (at: string | null): string => (at === null ? '' : ` since ${at.includes('T') ? instantWords(at) : dateWords(at)}`);

const permission = ({ channel, sender, may, reason, why, since: at, profiling }: PermissionAnswer): Markup => {
  const because = may ? reason && REASON[reason] : why && WHY[why];
  const answer = `${may ? 'May write to you' : 'May not write to you'}${since(at)}${because ? `: ${because}` : ''}.`;
  return markup`<div class="facet"><h4>${shown(sender)}, by ${channelWords(channel)}</h4><div><p>${shown(answer)}</p>
${!profiling && markup`<p>No profile of you is used for it.</p>`}</div></div>`;
};

/** A statement's fields in words: there are many kinds, and none is left out. */
const fields = (statement: object): Markup =>
  markup`<ul class="plain">${Object.entries(statement).map(
    ([name, value]) =>
      markup`<li>${plain(name.replaceAll(/([A-Z])/g, ' $1').toLowerCase())}: ${shown(typeof value === 'string' ? plain(value) : JSON.stringify(value))}</li>`,
  )}</ul>`;

const contact = (one: ContactDetails): Markup => markup`<section class="stated"><h3>${
  one.address === null ? 'An address, kept only as a keyed hash' : shown(one.address)
}</h3>
<p class="hint">Kept since ${instantWords(one.createdAt)}${one.language !== null && markup`; language ${shown(one.language)}`}; it came with ${one.mentions.length} ${one.mentions.length === 1 ? 'entry' : 'entries'} of the log</p>
${one.permissions.map(permission)}
${one.statements.map(({ at, actor, statement }) => markup`<h4>Stated on ${instantWords(at)} by ${shown(actor)}</h4>${fields(statement)}`)}</section>`;

export function addressesPart({ contacts, addresses }: AccessPack['data']): Markup {
  if (contacts.length + addresses.length === 0)
    return markup`<p>No address for marketing is kept that could be found with what is known of you.</p>`;
  return markup`${contacts.map(contact)}
${
  addresses.length > 0 &&
  markup`<p>With opt-ins from this browser came:</p><ul>${addresses.map(({ address, events }) => markup`<li>${shown(address)} <span class="hint">(${events.length} ${events.length === 1 ? 'opt-in' : 'opt-ins'})</span></li>`)}</ul>`
}`;
}
