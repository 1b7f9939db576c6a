// Les lettres en français ; no speaker has reviewed them yet (docs/languages.md).
import type { LetterWords } from './letter-words.ts';

const AT_ONCE = 'Je vous prie de me répondre dans les meilleurs délais, et au plus tard dans un délai d’un mois.';

export const french: LetterWords = {
  itself: 'Français',
  labels: {
    access: 'Accéder à mes données',
    erasure: 'Faire effacer mes données',
    objection: 'M’opposer à une utilisation de mes données',
    direct_marketing_objection: 'Faire cesser la prospection',
    withdrawal: 'Retirer un consentement',
    portability: 'Récupérer mes données',
    complaint_controller: 'Me plaindre auprès du responsable du traitement',
    complaint_authority: 'Me plaindre auprès de l’autorité de contrôle',
  },
  texts: {
    access: {
      subject: 'Demande d’accès à mes données personnelles',
      body: [
        'Je demande à {controller} l’accès à mes données personnelles, en vertu de : {source}.',
        'Je vous prie de m’indiquer si vous traitez des données me concernant et de m’en envoyer une copie, en précisant à quoi elles servent, sur quelle base juridique, d’où elles viennent, qui les a reçues, où elles ont été transférées et combien de temps elles sont conservées.',
        '{told}',
        '{about}',
        AT_ONCE,
      ],
    },
    erasure: {
      subject: 'Demande d’effacement de mes données personnelles',
      body: [
        'Je demande à {controller} d’effacer mes données personnelles, en vertu de : {source}.',
        '{uses}',
        '{withdraw}',
        '{told}',
        'Si vous en conservez une partie, je vous prie de m’indiquer laquelle, pour combien de temps et en vertu de quelle exception. Je vous prie d’en informer les destinataires et de me répondre dans les meilleurs délais, au plus tard dans un délai d’un mois.',
      ],
    },
    objection: {
      subject: 'Opposition à l’utilisation de mes données personnelles',
      body: [
        'Je m’oppose à l’utilisation de mes données personnelles par {controller}, en vertu de : {source}.',
        '{uses}',
        'Les raisons tenant à ma situation particulière : [vos raisons]',
        '{told}',
        'Je vous prie de cesser cette utilisation pendant votre examen, et de m’en indiquer le résultat dans les meilleurs délais, au plus tard dans un délai d’un mois.',
      ],
    },
    direct_marketing_objection: {
      subject: 'Opposition à la prospection',
      body: [
        'Je m’oppose à l’utilisation de mes données personnelles par {controller} à des fins de prospection, par quelque moyen que ce soit, en vertu de : {source}.',
        '{uses}',
        '{told}',
        'Je vous prie d’y mettre fin immédiatement et de ne garder que ce qui est nécessaire pour vous souvenir de cette opposition. Elle n’a pas à être motivée.',
      ],
    },
    withdrawal: {
      subject: 'Retrait de mon consentement',
      body: [
        'Je retire mon consentement à l’utilisation de mes données personnelles par {controller}, en vertu de : {source}.',
        '{uses}',
        '{told}',
        'Je vous prie de mettre fin à ce qui repose sur ce consentement, d’en informer ceux qui ont reçu les données et de me le confirmer.',
      ],
    },
    portability: {
      subject: 'Demande de mes données dans un format lisible par machine',
      body: [
        'Je demande à {controller} les données personnelles que j’ai fournies, dans un format structuré, couramment utilisé et lisible par machine, en vertu de : {source}.',
        '{uses}',
        '{told}',
        AT_ONCE,
      ],
    },
    complaint_controller: {
      subject: 'Plainte concernant l’utilisation de mes données personnelles',
      body: [
        'Je me plains de la manière dont {controller} traite mes données personnelles, en vertu de : {source}.',
        'Ce qui s’est passé : [quoi, et quand]',
        'Ce que je demande : [ce qui devrait être fait]',
        '{told}',
        'Je vous prie d’accuser réception de cette plainte dans un délai de 30 jours et de m’en indiquer le résultat dans les meilleurs délais.',
      ],
    },
    complaint_authority: {
      subject: 'Réclamation concernant l’utilisation de mes données personnelles',
      body: [
        'Je vous adresse une réclamation sur la manière dont {controller} traite mes données personnelles, en vertu de : {source}.',
        'Ce qui s’est passé : [quoi, et quand]',
        'Ce que j’ai demandé au responsable du traitement, et sa réponse : [quoi, et quand]',
        'Les coordonnées du responsable du traitement dans son document « {document} » : {contact}.',
        '{told}',
      ],
    },
  },
  documents: {
    privacy_notice: 'Politique de confidentialité',
    cookie_policy: 'Politique relative aux cookies',
    internal_policy: 'Politique',
    processing_policy: 'Politique',
  },
  dpo: 'Délégué à la protection des données',
  dearDpo: 'Madame, Monsieur,',
  dear: () => 'Madame, Monsieur,',
  dearAll: 'Madame, Monsieur,',
  closing: 'Je vous prie d’agréer, Madame, Monsieur, mes salutations distinguées.',
  quote: (text) => `« ${text} »`,
  missing: { whole: 'non indiqué', not_read: 'non trouvé' },
  someController: (missing, document) => `le responsable du traitement (${missing} dans le document « ${document} »)`,
  someSubject: (missing) => `responsable du traitement ${missing}`,
  bases: {
    consent: 'consentement',
    contract: 'contrat',
    legal_obligation: 'obligation légale',
    vital_interests: 'intérêts vitaux',
    public_task: 'mission d’intérêt public',
    recognised_legitimate_interests: 'intérêts légitimes reconnus',
    legitimate_interests: 'intérêts légitimes',
  },
  article: (article) =>
    article
      .replace('Art. ', 'art. ')
      .replaceAll(/\((\d+)\)/g, ', par. $1')
      .replaceAll(/\(([a-z]+)\)/g, ', point $1)'),
  laws: { uk: 'UK GDPR', eu: 'RGPD', unknown: 'RGPD ou UK GDPR' },
  britishComplaint: {
    controller: 'article 164A du Data Protection Act 2018 britannique',
    authority: 'article 165 du Data Protection Act 2018 britannique',
  },
  marketing: 'prospection',
  wholeOnly: 'indiqué pour l’ensemble du document seulement',
  usesAre: (document) => `Il s’agit, selon les termes de votre document « ${document} », de :`,
  more: (count) => `et ${count} autres`,
  told: (document, quote, whose) => `${whose === 'its' ? 'Son' : 'Votre'} document « ${document} » dit de ce droit : ${quote}`,
  aboutAre: 'En particulier sur :',
  basisOf: (bases) => `base juridique : ${bases}`,
  withdraw: 'Dans la mesure où cela repose sur mon consentement, je retire ce consentement.',
  and: 'et',
  or: 'ou',
  always: 'Vous avez ce droit quelle que soit la base juridique.',
  complaintAlways: 'Vous pouvez saisir une autorité quelle que soit la base juridique.',
  complaintUk:
    'Au Royaume-Uni, le responsable du traitement doit recevoir les plaintes et en accuser réception dans les 30 jours.',
  complaintEu: 'Une plainte auprès du responsable du traitement, avec un délai propre, n’existe qu’en droit britannique.',
  complaintUnknown:
    'Elle n’existe qu’en droit britannique, et le document ne dit pas quel droit il suit. Choisissez-le ci-dessus si c’est celui du Royaume-Uni.',
  marketingWhy: 'Cela sert à la prospection, à laquelle vous pouvez vous opposer quelle que soit la base juridique.',
  marketingWhyNot: {
    whole: 'Le document ne dit pas que cela sert à la prospection.',
    not_read: 'Nous n’avons pas trouvé que cela sert à la prospection.',
  },
  follows: (bases) => `Cela découle de : ${bases}.`,
  followsWhole: (bases) =>
    `Indiqué pour l’ensemble du document, pas pour cette utilisation : ${bases}. Là où c’est la base ici, cela vous donne ce droit.`,
  unstated: {
    whole: 'Le document n’indique pas de base juridique pour cela',
    not_read: 'Nous n’avons pas trouvé de base juridique pour cela',
  },
  depends: (unstated, giving) => `${unstated}, et ce droit en dépend : il découle de ${giving}.`,
  statesWhole: (whole, giving) => `Pour l’ensemble du document est indiqué : ${whole}. Ce droit découle de ${giving}.`,
  restsOn: (own, giving) => `Cela repose sur : ${own}. Ce droit découle de ${giving}.`,
  restsOnPortability: (own) =>
    `Cela repose sur : ${own}. La portabilité ne découle que du consentement ou d’un contrat (art. 20, par. 1, point a)).`,
};
