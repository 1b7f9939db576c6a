// A piece in front of the script that comes with the banner, where the banner is a dialog: what shows it so needs no request of its own.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { showModal } from './modal.ts';

const boot = window.candourBoot as WidgetBoot | undefined;
if (boot) boot.modal = { showModal };
