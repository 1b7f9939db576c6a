// A piece in front of the first chunk, where another platform's stored choices are taken over: is there anything of it?
import type { WidgetBoot } from '../../shared/site/boot.ts';

const boot = window.candourBoot as WidgetBoot | undefined;
if (boot)
  boot.isLeftBehind = () => {
    try {
      return Object.values(boot.movingIn?.stores ?? {}).some(
        (name) => document.cookie.includes(`${name}=`) || localStorage.getItem(name) !== null,
      );
    } catch {
      // Storage that is blocked throws at a look: nothing of it can be read.
      return false;
    }
  };
