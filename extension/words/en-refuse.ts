// English, continued (en.ts): "Refuse for me", its switch and what it did.
export const enRefuse = {
  refuse: 'Refuse for me',
  'refuse.what':
    'Answers consent dialogs with no to everything that is not essential, on the platforms that it knows, and tells you each time. It never says yes, never answers after you pressed something on the page, and never hides a dialog that it could not answer.',
  'refuse.switch':
    'Off: nothing of it is in any page. On: a script of about 140 KB from this extension runs in each page you open. Your browser may ask you to allow it.',
  'refuse.private': 'In private windows too',
  'refuse.privateHow':
    'Only where you let Candour run in private windows. What it did there is forgotten when the browser closes.',
  'refuse.on': 'On, from the next page that you open.',
  'refuse.off': 'Off.',
  'refuse.notAllowed': 'Your browser did not allow it, so it stays off.',
  'refuse.exceptions': 'Sites that you answer yourself',
  'refuse.again': 'Refuse here again',
  'refuse.leave': 'Leave this site to me',
  'refuse.did': 'What it did',
  'refuse.nothing': 'Nothing yet.',
  'refuse.refused': 'Candour refused here for you',
  'refuse.refused.how': 'Everything that this site does not call essential was refused in its consent dialog.',
  'refuse.failed': 'Candour could not refuse here',
  'refuse.failed.how': 'It met this site’s consent dialog and could not answer it. The answer is still yours to give.',
  'refuse.left': 'Candour left this site’s dialog to you',
  'refuse.left.how': 'You had pressed something on the page before the dialog was met, so it may be one that you opened.',
  'refuse.confirmed': 'Asked again, the dialog’s maker says the same.',
  'refuse.unconfirmed': 'Asked again, the dialog’s maker does not say so.',
  'refuse.yours': 'You answer this site’s consent dialogs yourself.',
  'refuse.quiet': 'Refuse for me is on. It met no consent dialog that it knows here.',
  'refuse.notPrivate': 'Refuse for me does nothing in this private window.',
} as const;
