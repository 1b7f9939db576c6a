// Die Briefe auf Deutsch; no speaker has reviewed them yet (docs/languages.md).
import type { LetterWords } from './letter-words.ts';

const AT_ONCE = 'Bitte antworten Sie unverzüglich, spätestens innerhalb eines Monats.';

export const deutsch: LetterWords = {
  itself: 'Deutsch',
  labels: {
    access: 'Auskunft über meine Daten verlangen',
    erasure: 'Meine Daten löschen lassen',
    objection: 'Einer Nutzung meiner Daten widersprechen',
    direct_marketing_objection: 'Direktwerbung an mich beenden',
    withdrawal: 'Eine Einwilligung widerrufen',
    portability: 'Meine Daten mitnehmen',
    complaint_controller: 'Beim Verantwortlichen beschweren',
    complaint_authority: 'Bei der Aufsichtsbehörde beschweren',
  },
  texts: {
    access: {
      subject: 'Antrag auf Auskunft über meine personenbezogenen Daten',
      body: [
        'ich verlange von {controller} nach {source} Auskunft über meine personenbezogenen Daten.',
        'Bitte teilen Sie mir mit, ob Sie Daten über mich verarbeiten, und senden Sie mir eine Kopie davon mit Angaben dazu, wofür sie genutzt werden, auf welcher Rechtsgrundlage, woher sie stammen, wer sie erhalten hat, wohin sie übermittelt wurden und wie lange sie gespeichert werden.',
        '{told}',
        '{about}',
        AT_ONCE,
      ],
    },
    erasure: {
      subject: 'Antrag auf Löschung meiner personenbezogenen Daten',
      body: [
        'ich verlange von {controller} nach {source} die Löschung meiner personenbezogenen Daten.',
        '{uses}',
        '{withdraw}',
        '{told}',
        'Wenn Sie einen Teil davon behalten, teilen Sie mir bitte mit, welchen, wie lange und aufgrund welcher Ausnahme. Bitte unterrichten Sie die Empfänger der Daten, und antworten Sie mir unverzüglich, spätestens innerhalb eines Monats.',
      ],
    },
    objection: {
      subject: 'Widerspruch gegen die Nutzung meiner personenbezogenen Daten',
      body: [
        'ich widerspreche der Nutzung meiner personenbezogenen Daten durch {controller} nach {source}.',
        '{uses}',
        'Die Gründe, die sich aus meiner besonderen Situation ergeben: [Ihre Gründe]',
        '{told}',
        'Bitte stellen Sie die Nutzung ein, solange Sie dies prüfen, und teilen Sie mir das Ergebnis unverzüglich mit, spätestens innerhalb eines Monats.',
      ],
    },
    direct_marketing_objection: {
      subject: 'Widerspruch gegen Direktwerbung',
      body: [
        'ich widerspreche nach {source} der Nutzung meiner personenbezogenen Daten durch {controller} für Direktwerbung, auf allen Wegen.',
        '{uses}',
        '{told}',
        'Bitte beenden Sie sie sofort und behalten Sie nur, was nötig ist, um sich diesen Widerspruch zu merken. Für diesen Widerspruch braucht es keine Begründung.',
      ],
    },
    withdrawal: {
      subject: 'Widerruf meiner Einwilligung',
      body: [
        'ich widerrufe nach {source} meine Einwilligung in die Nutzung meiner personenbezogenen Daten durch {controller}.',
        '{uses}',
        '{told}',
        'Bitte beenden Sie, was auf dieser Einwilligung beruht, unterrichten Sie die Empfänger der Daten, und bestätigen Sie mir dies.',
      ],
    },
    portability: {
      subject: 'Herausgabe meiner Daten in maschinenlesbarer Form',
      body: [
        'ich verlange von {controller} nach {source} die personenbezogenen Daten, die ich bereitgestellt habe, in einem strukturierten, gängigen und maschinenlesbaren Format.',
        '{uses}',
        '{told}',
        AT_ONCE,
      ],
    },
    complaint_controller: {
      subject: 'Beschwerde über die Nutzung meiner personenbezogenen Daten',
      body: [
        'ich beschwere mich nach {source} darüber, wie {controller} mit meinen personenbezogenen Daten umgeht.',
        'Was geschehen ist: [was, und wann]',
        'Worum ich bitte: [was geschehen soll]',
        '{told}',
        'Bitte bestätigen Sie den Eingang dieser Beschwerde innerhalb von 30 Tagen, und teilen Sie mir das Ergebnis unverzüglich mit.',
      ],
    },
    complaint_authority: {
      subject: 'Beschwerde über die Nutzung meiner personenbezogenen Daten',
      body: [
        'ich beschwere mich bei Ihnen nach {source} darüber, wie {controller} mit meinen personenbezogenen Daten umgeht.',
        'Was geschehen ist: [was, und wann]',
        'Worum ich den Verantwortlichen gebeten habe, und die Antwort: [was, und wann]',
        'Die Kontaktdaten des Verantwortlichen in seinem Dokument „{document}“: {contact}.',
        '{told}',
      ],
    },
  },
  documents: {
    privacy_notice: 'Datenschutzhinweise',
    cookie_policy: 'Cookie-Richtlinie',
    internal_policy: 'Richtlinie',
    processing_policy: 'Richtlinie',
  },
  dpo: 'Datenschutzbeauftragte Person',
  dearDpo: 'Guten Tag,',
  dear: () => 'Guten Tag,',
  dearAll: 'Guten Tag,',
  closing: 'Mit freundlichen Grüßen',
  quote: (text) => `„${text}“`,
  missing: { whole: 'nicht angegeben', not_read: 'nicht gefunden' },
  someController: (missing, document) => `dem Verantwortlichen (im Dokument „${document}“ ${missing})`,
  someSubject: (missing) => `Verantwortlicher ${missing}`,
  bases: {
    consent: 'Einwilligung',
    contract: 'Vertrag',
    legal_obligation: 'rechtliche Verpflichtung',
    vital_interests: 'lebenswichtige Interessen',
    public_task: 'Aufgabe im öffentlichen Interesse',
    recognised_legitimate_interests: 'anerkannte berechtigte Interessen',
    legitimate_interests: 'berechtigte Interessen',
  },
  article: (article) => article.replaceAll(/\((\d+)\)/g, ' Abs. $1').replaceAll(/\(([a-z]+)\)/g, ' Buchst. $1'),
  laws: { uk: 'UK GDPR', eu: 'DSGVO', unknown: 'DSGVO oder UK GDPR' },
  britishComplaint: {
    controller: 'Abschnitt 164A des britischen Data Protection Act 2018',
    authority: 'Abschnitt 165 des britischen Data Protection Act 2018',
  },
  marketing: 'Direktwerbung',
  wholeOnly: 'nur für das ganze Dokument angegeben',
  usesAre: (document) => `Es geht, in den Worten Ihres Dokuments „${document}“, um:`,
  more: (count) => `und ${count} weitere`,
  told: (document, quote, whose) =>
    `Im Dokument „${document}“ ${whose === 'its' ? 'des Verantwortlichen' : 'von Ihnen'} heißt es zu diesem Recht: ${quote}`,
  aboutAre: 'Insbesondere über:',
  basisOf: (bases) => `Rechtsgrundlage: ${bases}`,
  withdraw: 'Soweit es auf meiner Einwilligung beruht, widerrufe ich diese Einwilligung.',
  and: 'und',
  or: 'oder',
  always: 'Dieses Recht haben Sie auf jeder Grundlage.',
  complaintAlways: 'Bei einer Behörde können Sie sich auf jeder Grundlage beschweren.',
  complaintUk: 'Im Vereinigten Königreich muss der Verantwortliche Beschwerden annehmen und innerhalb von 30 Tagen bestätigen.',
  complaintEu: 'Eine Beschwerde beim Verantwortlichen mit eigener Frist kennt nur das britische Recht.',
  complaintUnknown:
    'Sie gehört nur zum britischen Recht, und das Dokument sagt nicht, welchem Recht es folgt. Wählen Sie es oben, wenn es das britische ist.',
  marketingWhy: 'Es dient der Direktwerbung, der Sie auf jeder Grundlage widersprechen können.',
  marketingWhyNot: {
    whole: 'Im Dokument steht nicht, dass dies der Direktwerbung dient.',
    not_read: 'Wir haben nicht gefunden, dass dies der Direktwerbung dient.',
  },
  follows: (bases) => `Es folgt aus: ${bases}.`,
  followsWhole: (bases) =>
    `Für das ganze Dokument angegeben, nicht für diese Nutzung: ${bases}. Wo es hier die Grundlage ist, gibt es Ihnen dieses Recht.`,
  unstated: {
    whole: 'Im Dokument steht dafür keine Rechtsgrundlage',
    not_read: 'Wir haben dafür keine Rechtsgrundlage gefunden',
  },
  depends: (unstated, giving) => `${unstated}, und davon hängt dieses Recht ab: Es folgt aus ${giving}.`,
  statesWhole: (whole, giving) => `Für das ganze Dokument ist angegeben: ${whole}. Dieses Recht folgt aus ${giving}.`,
  restsOn: (own, giving) => `Es beruht auf: ${own}. Dieses Recht folgt aus ${giving}.`,
  restsOnPortability: (own) =>
    `Es beruht auf: ${own}. Mitnehmen können Sie nur, was auf Einwilligung oder Vertrag beruht (Art. 20 Abs. 1 Buchst. a).`,
};
