// Deutsch; no speaker has reviewed it yet (docs/languages.md).
import type { MarketingWords } from './words.ts';

export const de: MarketingWords = {
  skip: 'Zum Inhalt springen',
  madeWith: 'Diese Seite führt kein Skript aus und setzt kein Cookie.',
  kind: 'Nachrichten an Sie',
  languages: 'Sprachen',
  notTranslated: 'Namen und Beschreibungen stehen so da, wie {site} sie geschrieben hat.',

  email: 'E-Mail',
  sms: 'SMS',
  push_dm: 'Push- oder Direktnachricht',
  live_call: 'Telefonanruf',
  auto_call: 'Automatischer Anruf',
  post: 'Brief',
  from: '{channel} von {sender}',

  confirmSubject: 'Bitte bestätigen: Nachrichten von {sender}',
  confirmAsked: 'Am {date} wurde auf {site} diese Adresse eingetragen, und diese Kästchen wurden angekreuzt:',
  confirmHow: 'Zum Bestätigen öffnen Sie diese Seite und drücken Sie den Knopf. Sie haben Zeit bis {date}.',
  confirmLink: 'Bestätigen',
  confirmNot:
    'Waren Sie das nicht, tun Sie nichts. Ohne Ihre Bestätigung wird Ihnen keine solche Nachricht geschickt, und Sie werden nicht erinnert.',
  linkSubject: 'Ihre Seite für Nachrichten von {site}',
  linkAsked:
    'Jemand, wahrscheinlich Sie, hat am {date} um die Seite gebeten, auf der Sie wählen, welche Nachrichten Sie von {site} bekommen.',
  linkHow: 'Hier öffnen Sie sie. Geben Sie den Link nicht weiter: Wer ihn hat, kann Ihre Wahl ändern. Er gilt bis {date}.',
  linkOpen: 'Ihre Wahl',
  linkNot: 'Waren Sie das nicht, tun Sie nichts: Es ändert sich nichts.',
  footWho: 'Diese Nachricht ist von {identity}.',
  footWhy: 'Sie bekommen sie einmal, wegen etwas, das auf {site} getan wurde. Sie ist keine Werbung.',
  footStop: 'Sie wollen von {site} keine Nachrichten, weder jetzt noch später? Hier beenden Sie sie:',
  stopLink: 'Nachrichten beenden',

  askTitle: 'Welche Nachrichten Sie von {site} bekommen',
  askIntro:
    'Geben Sie Ihre E-Mail-Adresse ein. Dorthin kommt eine Nachricht mit einem Link zu Ihrer eigenen Seite, auf der Sie alles sehen und ändern.',
  address: 'Ihre E-Mail-Adresse',
  addressWrong: 'Geben Sie eine E-Mail-Adresse ein, etwa name@example.org.',
  nothingSent: 'Es wurde noch nichts geschickt.',
  send: 'Link schicken',
  cannotSend: 'Diese Seite kann zurzeit keinen Link schicken, weil hier kein Mailversand eingerichtet ist.',
  noMailNeeded: 'Auch in jeder Nachricht ist ein Link, der sie beendet.',
  sentTitle: 'Sehen Sie jetzt in Ihre Mail',
  sentText: 'Wenn an diese Adresse Nachrichten hierzu gehen können, ist eine unterwegs.',
  sentHint:
    'Nichts angekommen? Sehen Sie bei unerwünschter Post nach, oder versuchen Sie es morgen noch einmal: An eine Adresse wird höchstens einige Male am Tag geschrieben.',

  confirmTitle: 'Bestätigen Sie, dass Sie Nachrichten wollen',
  confirmText:
    'Sie haben auf {site} angekreuzt, dass Sie Nachrichten bekommen wollen, und eine Mail hat Sie hierher geführt. Drücken Sie den Knopf, um es zu bestätigen.',
  confirmOther: 'Waren Sie das nicht, schließen Sie diese Seite: Es geschieht nichts.',
  confirmButton: 'Ja, schreiben Sie mir',
  confirmedTitle: 'Bestätigt',
  confirmedText: 'Von jetzt an bekommen Sie:',
  confirmedStop: 'Sie können das jederzeit beenden, mit dem Link in jeder Nachricht oder hier.',
  goneTitle: 'Dieser Link gilt nicht mehr',
  goneText:
    'Ein Link bestätigt einmal, und nur einige Tage lang. Haben Sie den Knopf schon gedrückt, ist es bestätigt, und es ist nichts zu tun.',
  brokenTitle: 'Dieser Link gilt nicht',
  brokenText: 'Er ist nicht vollständig oder zu alt. Bitten Sie um einen neuen Link zu Ihrer eigenen Seite:',
  askAgain: 'Um einen neuen Link bitten',

  stopTitle: 'Diese Nachrichten beenden?',
  stopText: 'Drücken Sie den Knopf, und es ist sofort zu Ende. Sie müssen nicht sagen, warum.',
  stopButton: 'Beenden',
  stoppedTitle: 'Beendet',
  stoppedText: 'Von jetzt an bekommen Sie nicht mehr:',
  stoppedStay:
    'Es bleibt ein Vermerk, dass Ihnen nicht geschrieben werden darf. Er enthält nicht Ihre Adresse, nur einen daraus gebildeten Code.',
  allChoices: 'Ihre ganze Wahl',

  choicesTitle: 'Welche Nachrichten Sie von {site} bekommen',
  choicesIntro: 'Jede Art von Nachricht ist eine eigene Wahl. Eine Änderung gilt sofort.',
  whatFor: 'Wofür',
  how: 'Wie oft',
  howNot: 'nicht angegeben',
  howToStop: 'Wie beenden',
  state: 'Jetzt',
  isOn: 'Sie bekommen sie, seit {date}.',
  isOff: 'Sie bekommen sie nicht.',
  isStopped: 'Sie bekommen sie nicht: Sie haben sie am {date} beendet.',
  isWaiting: 'Sie bekommen sie noch nicht: Der Link in der Mail vom {date} ist noch zu bestätigen.',
  isUnsent:
    'Sie bekommen sie nicht: Die Mail vom {date}, die Sie um eine Bestätigung bitten sollte, konnte nicht gesendet werden. Bitten Sie später noch einmal darum.',
  isAsked:
    'Sie haben am {date} Ja dazu gesagt. Sie geht an eine andere Nummer oder Adresse; ob sie dort ankommt, steht hier nicht.',
  isElsewhere:
    'Sie geht an eine andere Nummer oder Adresse. Ob sie dort ankommt, steht hier nicht; beenden können Sie sie trotzdem.',
  because: 'Warum',
  consent: 'Sie haben zugestimmt',
  soft_opt_in: 'Sie sind Kunde und haben es nicht abgelehnt',
  charity_soft_opt_in: 'Sie unterstützen die Organisation und haben es nicht abgelehnt',
  corporate_subscriber: 'die Adresse gehört einer Organisation',
  no_pecr_rule: 'dafür ist keine Einwilligung nötig; Sie können widersprechen',
  stopOne: 'Beenden',
  startOne: 'Das will ich',
  stopNamed: 'Beenden: {what}',
  startNamed: 'Das will ich: {what}',
  startHint: 'Nach „Das will ich“ bittet eine Mail um Ihre Bestätigung. Erst dann beginnt es.',
  startNot: 'Bestellen können Sie es in einem Formular der Website, mit der Adresse, an die es geht.',
  allTitle: 'Gar keine Werbung',
  allText:
    'Sie können jeder Direktwerbung widersprechen: auf jedem Weg, von jedem Absender, und der Verwendung Ihrer Daten, um Werbung auf Sie zuzuschneiden. Niemand kann das ablehnen, und es gilt sofort.',
  allButton: 'Alle Werbung beenden',
  allDone: 'Sie haben am {date} widersprochen: keinerlei Werbung.',
  saidStop: 'Beendet: {what}.',
  saidStart: 'Eine Mail ist zu Ihnen unterwegs. Bestätigen Sie dort, und Sie bekommen: {what}.',
  saidAll: 'Alle Werbung ist beendet, auch für die Zukunft.',
  linkUntil: 'Diese Seite ist nur für Sie: Wer ihren Link hat, kann diese Wahl ändern. Der Link gilt bis {date}.',
  noneYet: 'Zurzeit wird nichts angeboten.',
};
