// The content script that runs in every page, and the only one that most pages get: it takes the names of what is stored at the first touch,
// finds its helper in the page's world, and hears our widget. It looks at nothing, and does not even ask the browser for its messaging
// before there is something to say: the background puts the scripts that look and answer (glance, answers) where it wants them.
import { meetPageWorld, twoRandoms } from './page-world.ts';
import { send } from './runtime.ts';
import { storedNames } from './stored-names.ts';
import { beginVisit } from './visit.ts';

/** Of which the background is told during one visit. */
const MOST_CHOICES = 20;

// The platform's own, where an element of the page may stand in a document's.
const { addEventListener, removeEventListener } = EventTarget.prototype;

/** The widget's own word that a choice reached its service: rarely more than one a visit, and never a flood. */
function watchChoices(): void {
  let told = 0;
  const hear = (): void => {
    told += 1;
    // An orphan after an update of the extension, or enough.
    const stop = (): void => removeEventListener.call(document, 'candour:sync', hear);
    if (told >= MOST_CHOICES) stop();
    send({ type: 'choice_made' }).catch(stop);
  };
  addEventListener.call(document, 'candour:sync', hear);
}

const [secret, id] = twoRandoms();
meetPageWorld(document, secret);
beginVisit({ id, secret, stored: storedNames(document) });
watchChoices();
