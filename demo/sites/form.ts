// Forms as data: each field with its label, name, type and autocomplete token, and the marketing opt-in left for the widget.
import { html } from 'hono/html';

import type { Content, Field, Form } from './page.ts';

/** Where every form but a search ends. */
export const THANK_YOU = '/thank-you';

function control(field: Field, id: string): Content {
  const autocomplete = field.autocomplete ? html`autocomplete="${field.autocomplete}"` : '';
  if (field.type === 'textarea') return html`<textarea id="${id}" name="${field.name}" rows="5" ${autocomplete}></textarea>`;
  if (field.type === 'select')
    return html`<select id="${id}" name="${field.name}" ${autocomplete}>
      <option value="">Please choose</option>
      ${(field.options ?? []).map((option) => html`<option>${option}</option>`)}
    </select>`;
  return html`<input id="${id}" name="${field.name}" type="${field.type}" ${autocomplete} />`;
}

/** A form field with its label; the id is unique in the page because form ids are. */
function labelled(form: Form, field: Field): Content {
  const id = `${form.id}-${field.name}`;
  return html`<p class="field">
    <label for="${id}">${field.label}</label>
    ${control(field, id)}
  </p>`;
}

/** Which of the form's fields hold what a channel reaches. */
function contactFields({ fields }: Form): Content[] {
  const named = {
    email: fields.find(({ type }) => type === 'email'),
    phone: fields.find(({ type }) => type === 'tel'),
    post: fields.find(({ autocomplete }) => autocomplete === 'street-address'),
  };
  return Object.entries(named).flatMap(([kind, field]) => (field ? [html`data-contact-${kind}="${field.name}" `] : []));
}

export function formContent(form: Form): Content {
  const uploads = form.fields.some(({ type }) => type === 'file');
  return html`<form
    id="${form.id}"
    class="form"
    action="${form.search ?? THANK_YOU}"
    method="${form.search ? 'get' : 'post'}"
    ${uploads ? 'enctype=multipart/form-data' : ''}
  >
    ${form.fields.map((field) => labelled(form, field))}
    ${
      form.marketing
        ? html`<fieldset data-candour="marketing" data-activity="${form.marketing}" ${contactFields(form)}></fieldset>`
        : ''
    }
    <p class="submit"><button type="submit">${form.submit}</button></p>
  </form>`;
}
