// The one control of a purpose or a service.
import type { Widget } from '../core/widget.ts';
import type { RecordedScreen } from './recorded-screen.ts';

interface SwitchProps {
  widget: Widget;
  screen: RecordedScreen;
  id: string;
  name: string;
  /** Of a service: the purpose that it serves. */
  of?: string;
}

export const Switch = ({ widget, screen, id, name, of }: SwitchProps) => (
  <input
    type="checkbox"
    role="switch"
    id={`switch-${id}`}
    name={id}
    data-of={of}
    defaultChecked={widget.mayRun(id)}
    aria-describedby={`note-${id} about-${id}`}
    data-name={screen.control(`switch-${id}`, 'switch', name)}
  />
);

/** A purpose's switch stands for all its services: on only while each of them is on. */
export function followServices({ target, currentTarget }: Event): void {
  const { name, checked, dataset } = target as HTMLInputElement;
  const of = (purpose: string): HTMLInputElement[] => [
    ...(currentTarget as HTMLElement).querySelectorAll<HTMLInputElement>(`[data-of="${CSS.escape(purpose)}"]`),
  ];
  for (const service of of(name)) service.checked = checked;
  const purpose = dataset['of'];
  const whole = purpose && (currentTarget as HTMLElement).querySelector<HTMLInputElement>(`#switch-${CSS.escape(purpose)}`);
  if (whole) whole.checked = of(purpose).every((service) => service.checked);
}
