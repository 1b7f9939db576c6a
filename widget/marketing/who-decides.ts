// Who decides in a form of the site's own: the visitor, unless the form has a box for it (`data-parent="the box’s name"`) in which a
// parent or guardian says that it is they. The box and its words are the owner's.
import type { Actor } from '../core/widget.ts';

/** The box that the fieldset names; null: it names none, or one that the form does not have. */
export function parentBox(fieldset: HTMLFieldSetElement, form: HTMLFormElement): HTMLInputElement | null {
  const { parent: name = '' } = fieldset.dataset;
  for (const field of name ? form.elements : [])
    if (field instanceof HTMLInputElement && field.type === 'checkbox' && (field.name === name || field.id === name))
      return field;
  return null;
}

/** As of now. One form is one act: what a parent says in one of its fieldsets is said of all. */
export const actorIn = (fieldsets: readonly HTMLFieldSetElement[], form: HTMLFormElement): Actor =>
  fieldsets.some((fieldset) => {
    const box = parentBox(fieldset, form);
    return box?.checked && !box.matches(':disabled');
  })
    ? 'parent'
    : 'self';
