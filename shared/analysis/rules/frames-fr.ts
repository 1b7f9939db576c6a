// French frames, in the order in which they are tried: the first that holds decides.
import type { LawfulBasis } from '../../notice/lawful-basis.ts';
import type { Frame, Verdict } from './frame.ts';
import type { SectionKind } from './section.ts';

interface Options {
  for?: readonly LawfulBasis[];
  outside?: readonly SectionKind[];
  unless?: readonly RegExp[];
  confidence?: number;
  byNumber?: true;
}

const frame = (id: string, says: Verdict, trigger: RegExp, match: string[], not: string[], options: Options = {}): Frame => ({
  id: `${id}-fr`,
  says,
  scope: 'sentence',
  trigger,
  confidence: options.confidence ?? 0.9,
  examples: { match, not },
  ...(options.unless ? { negators: options.unless } : {}),
  ...(options.for ? { for: options.for } : {}),
  ...(options.byNumber ? { byNumber: true } : {}),
  ...(options.outside ? { outside: options.outside } : {}),
});

const CONSENT: readonly LawfulBasis[] = ['consent'];
const INTERESTS: readonly LawfulBasis[] = ['legitimate_interests'];
const BY_WORDS: readonly LawfulBasis[] = [
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests',
];
const NOT_OWN: readonly SectionKind[] = [
  'sharing',
  'transfers',
  'rights',
  'retention',
  'definitions',
  'special',
  'children',
  'automated',
  'complaints',
  'changes',
];

export const FRAMES_FR: readonly Frame[] = [
  frame(
    'lawful-only-if',
    'general',
    /\bn'est licite que\b[^]{0,260}\u25c6|\bl'un des fondements (?:suivants|ci-dessous|ci-apr\u00e8s)\b[^]{0,260}\u25c6/i,
    ["Un traitement n'est licite que s'il y a ◆ ou ◇."],
    ['Nous nous fondons sur ◆.'],
    { unless: [/\bnous (?:nous )?(?:fondons|appuyons|traitons)\b/i] },
  ),
  frame(
    'cannot-be-invoked',
    'general',
    /\u25c6 ne (?:peut|peuvent|saura(?:it|ient))\b[^.;\u25c6]{0,30}\binvoqu/i,
    ["L'◆ ne peut être invoqué par une mairie."],
    ["L'◆ est invoqué ici."],
  ),
  frame(
    'bound-by-contract',
    'general',
    /\bli(?:\u00e9|\u00e9e|\u00e9s|\u00e9es) (?:\u00e0 nous )?par (?:un |le )?\u25c6/i,
    ['Nos prestataires, liés par ◆, les voient.'],
    ['Nous les utilisons pour ◆.'],
    { for: ['contract'] },
  ),
  frame(
    'has-as-basis',
    'applied',
    /\b(?:a|ont|ayant) pour (?:base|fondement)(?: l\u00e9gale?| juridique)? (?:l'|la |le |votre |notre )?\u25c6|^\W*(?:bases?|fondements?) ?: [^\u25c6]{0,160}\u25c6/i,
    ['Cet envoi a pour base votre ◆.', 'Base : le règlement du port et ◆ RGPD.'],
    ['Le ◆ est libre.'],
    {
      confidence: 0.92,
      outside: ['rights', 'definitions'],
      unless: [/\b(?:si|lorsque|lorsqu'|quand)\b[^.;]{0,60}\bpour (?:base|fondement)/i],
    },
  ),
  frame(
    'consent-by-box',
    'applied',
    /\u25c6,? (?:qui est )?recueilli\w* (?:au moyen|par|via|\u00e0 l'aide|dans)\b/i,
    ["Nous vous écrivons avec votre ◆, recueilli au moyen d'une case."],
    ['Le ◆ est recueilli.'],
    { for: CONSENT, confidence: 0.75, outside: NOT_OWN.concat('cookies') },
  ),
  frame(
    'set-only-if',
    'applied',
    /\b(?:d\u00e9pos\u00e9e?s?|install\u00e9e?s?|activ\u00e9e?s?|charg\u00e9e?s?|lus?|plac\u00e9e?s?) (?:uniquement |seulement )(?:si|apr\u00e8s que|lorsque) vous (?:y )?(?:avez )?\u25c6/i,
    ['Traceurs du compteur : déposés seulement si vous y avez ◆.'],
    ['Ils sont déposés sans ◆.'],
    { for: CONSENT, confidence: 0.66, outside: ['rights', 'definitions', 'transfers'] },
  ),
  frame(
    'cookies-on-consent',
    'applied',
    /\b(?:cookies?|traceurs?)\b[^.;\u25c6]{0,120}\b(?:d\u00e9pos\u00e9s?|install\u00e9s?|activ\u00e9s?|utilis\u00e9s?|lus?|plac\u00e9s?)\b[^.;\u25c6]{0,40}\b(?:apr\u00e8s|avec|moyennant|sous r\u00e9serve|si)\b[^.;\u25c6]{0,40}\u25c6/i,
    ["Les cookies d'audience ne sont déposés qu'après ◆."],
    ['Les cookies de session sont déposés sans ◆.'],
    { for: CONSENT, confidence: 0.62, unless: [/\bsans\b[^.;\u25c6]{0,30}\u25c6/i] },
  ),
  frame(
    'consent-thing',
    'general',
    /\b(?:recueil|gestion|plateforme|outil|bandeau|exemption|preuve|exempt\w*)\b[^\u25c6.;]{0,24}\u25c6/i,
    ['Un outil de gestion du ◆ est en place.'],
    ['La base est le ◆.'],
    { for: CONSENT, unless: [/\bbase l\u00e9gale|\bfond/i] },
  ),
  frame(
    'means',
    'definition',
    /^\W*(?:le |la |un |l')?["']?\u25c6["']?(?: de la personne concern\u00e9e)? ?(?::? ?toute manifestation|d\u00e9signe|signifie|s'entend|doit \u00eatre)/i,
    ['Le ◆ désigne une manifestation de volonté.'],
    ['Le ◆ est la base légale.'],
  ),
  frame(
    'withdrawn',
    'right',
    /\b(?:retir(?:er|ez|ant|\u00e9)|retrait|r\u00e9vo(?:quer|cation)|revenir sur)\b[^\u25c6.;]{0,50}\u25c6|\u25c6[^\u25c6.;]{0,40}\b(?:peut \u00eatre|pouvez|\u00eatre) (?:\w+ ){0,3}(?:retir|r\u00e9vo)/i,
    ['Vous pouvez retirer votre ◆ à tout moment.', 'Le retrait du ◆ vaut pour la suite.'],
    ['Nous agissons sur la base du ◆.'],
    { for: CONSENT, unless: [/(?:base l\u00e9gale|fond\u00e9|repose|sur la base)[^\u25c6.]{0,50}\u25c6/i] },
  ),
  frame(
    'when-then-right',
    'right',
    /^\W*(?:lorsque?|si|d\u00e8s lors|quand|dans (?:le cas|les cas|la mesure)|pour (?:les|tout) traitements?)\b[^\u25c6]{0,140}\u25c6[^]{0,200}\b(?:droit|retirer|opposer|pouvez|opposition)\b/i,
    ['Lorsque le traitement est fondé sur le ◆, vous pouvez le retirer.'],
    ['Le traitement est fondé sur le ◆.'],
  ),
  frame(
    'right-to',
    'right',
    /\b(?:droits?|s'opposer|vous opposer|opposition|portabilit\u00e9)\b[^\u25c6]{0,220}\u25c6/i,
    ["Un droit de s'opposer à un traitement fondé sur ◆."],
    ['La base légale est le ◆.'],
    { unless: [/\bbase l\u00e9gale|\btraitement des demandes/i, /\bconform\u00e9ment au droit|\ben droit\b/i] },
  ),
  frame(
    'law-allows',
    'general',
    /\b(?:rgpd|loi|r\u00e8glement|r\u00e9glementation|l\u00e9gislation)\b[^\u25c6]{0,50}\b(?:autorise|permet|pr\u00e9voit|exige|impose)\b[^]{0,220}\u25c6/i,
    ["Le RGPD autorise un traitement s'il y a ◆."],
    ['Nous le faisons sur la base du ◆.'],
    { unless: [/\bfond\u00e9|\bbase l\u00e9gale/i] },
  ),
  frame(
    'one-of-these',
    'general',
    /\b(?:l'une|au moins une|une) (?:au moins )?des (?:\w+ ){0,2}(?:conditions|bases|situations|hypoth\u00e8ses|raisons)(?: (?:suivantes|ci-dessous|ci-apr\u00e8s|l\u00e9gales|juridiques|est|sont|remplies?|s'applique)){0,4}\b[^]{0,260}\u25c6/i,
    ["Le responsable traite les données si l'une des conditions suivantes est remplie : ◆."],
    ['La base légale est ◆.'],
  ),
  frame(
    'will-clarify',
    'general',
    /\b(?:pr\u00e9ciser|clarifier|indiquer|expliquer)\b[^\u25c6.;]{0,60}\b(?:base (?:l\u00e9gale|juridique)|fondement)\b[^]{0,200}\u25c6/i,
    ['Vous pouvez nous demander de préciser la base légale et si le traitement est prévu par ◆.'],
    ['Nous précisons ici : la base est ◆.'],
  ),
  frame(
    'special',
    'special',
    /\b(?:donn\u00e9es (?:sensibles|de sant\u00e9)|cat\u00e9gories particuli\u00e8res|article 9)\b[^]{0,200}\u25c6/i,
    ['Les données sensibles ne sont traitées que sur ◆.'],
    ['Le ◆ suffit.'],
    { for: CONSENT },
  ),
  frame(
    'not',
    'negated',
    /\b(?:sans|sauf|aucun|hors|\u00e0 d\u00e9faut de|en l'absence de|pas|ni|jamais)(?: [^\s,;.:()\u25c6]+){0,5} ?\u25c6/i,
    ['Rien sans votre ◆.', "Nous n'avons pas besoin de votre ◆."],
    ['Nous agissons avec votre ◆.'],
    { unless: [/\bpas (?:seulement|uniquement)\b/i] },
  ),
  frame(
    'basis-label',
    'applied',
    /(?:^|[.;:|(] ?)\W*(?:(?:la|les|notre|nos) ){0,2}(?:bases? (?:l\u00e9gales?|juridiques?)|fondements? (?:l\u00e9ga(?:l|ux)|juridiques?)|fondements?)(?: (?:du|des|de|pour|l\u00e9ga(?:l|ux))\b[^:\u25c6.]{0,90})? ?(?::|-|=|\|)[^\u25c6]{0,200}\u25c6/i,
    ['Base légale : ◆', 'Fondement juridique du traitement : ◆'],
    ['Sans base légale, pas de ◆.'],
    { confidence: 0.97 },
  ),
  frame(
    'basis-is',
    'applied',
    /\b(?:bases? (?:l\u00e9gales?|juridiques?)|fondements? (?:l\u00e9ga(?:l|ux)|juridiques?)|fondements?)\b[^]{0,260}\u25c6/i,
    ['La base légale de ce traitement est le ◆.'],
    ['Le ◆ est recueilli.'],
    { confidence: 0.95, unless: [/\b(?:sans|aucune|autre|une) base l\u00e9gale/i] },
  ),
  frame(
    'is-basis',
    'applied',
    /\u25c6[^.]{0,100}\b(?:constitue|est|comme)\b[^.]{0,30}\b(?:base (?:l\u00e9gale|juridique)|fondement)/i,
    ['Le ◆ constitue la base légale.'],
    ['Le ◆ est libre.'],
    { confidence: 0.92 },
  ),
  frame(
    'kept-for',
    'retention',
    /\b(?:conserv\w+|supprim\w+|archiv\w+|dur\u00e9e)\b[^\u25c6;]{0,200}\u25c6/i,
    ['Elles sont conservées pour répondre à nos ◆.'],
    ['Elles servent nos ◆.'],
    { unless: [/\bbase l\u00e9gale|\bfond\u00e9/i] },
  ),
  frame(
    'stored-until-withdrawn',
    'retention',
    /\u25c6[^]{0,160}\b(?:stock|conserv)[^]{0,60}\bjusqu'\u00e0 ce qu/i,
    ["Les données traitées sur la base d'un ◆ sont conservées jusqu'à ce que vous le retiriez."],
    ['Nous agissons sur la base du ◆.'],
  ),
  frame(
    'shared-when',
    'general',
    /\b(?:partag\w*|communiqu\w*|transmis\w*|transf\u00e9r\w*|divulgu\w*|tiers|autorit\u00e9s)\b[^\u25c6]{0,240}\u25c6/i,
    ["Elles ne sont transmises qu'avec votre ◆."],
    ['Elles servent au ◆.'],
    {
      unless: [
        /\bint\u00e9r\u00eats? l\u00e9gitimes? (?:de|d'un) tiers|\bbase l\u00e9gale|\bfond\u00e9/i,
        /\bautorit\u00e9 publique/i,
      ],
    },
  ),
  frame(
    'based-on',
    'applied',
    /\b(?:fond\u00e9e?s?|bas\u00e9e?s?|repos(?:e|ent|ant)|(?:se )?fond(?:e|ent|ons|ant)|appu(?:ie|yons|yant))\b[^\u25c6.;]{0,40}\bsur\b[^\u25c6.;]{0,100}\u25c6|\bsur (?:la |le )?(?:base|fondement)(?: l\u00e9gale?| juridique)?\b[^\u25c6.;]{0,80}\u25c6|\b(?:en vertu|au titre|en application) (?:de |du |d')[^\u25c6.;]{0,40}\u25c6|\bfond\u00e9e?s?\b[^\u25c6.;]{0,60}\bsur\b/i,
    ['Ce traitement est fondé sur votre ◆.', 'Nous agissons sur la base de votre ◆.'],
    ['Le ◆ est libre.'],
    { confidence: 0.92, outside: ['rights', 'definitions', 'transfers'] },
  ),
  frame(
    'article',
    'applied',
    /\b(?:selon|conform\u00e9ment|au sens|par|en vertu|de|l'|vu)\s?(?:\u00e0 |de |l'|au ){0,2}\u25c6|[([] ?\W{0,3}(?:cf\.?|voir)? ?\u25c6/i,
    ["Cela se fait conformément à l'◆.", 'Nous protégeons le site (◆ du RGPD).'],
    ['◆ énumère les bases.'],
    {
      byNumber: true,
      confidence: 0.85,
      outside: ['rights', 'definitions'],

      for: ['consent', 'contract', 'legal_obligation', 'public_task', 'legitimate_interests', 'vital_interests'],
    },
  ),
  frame(
    'necessary-for',
    'applied',
    /\bn\u00e9cessaires?\b[^\u25c6.;]{0,100}\u25c6/i,
    ["Il est nécessaire à l'◆."],
    ['Il est utile.'].concat("C'est notre ◆."),
    { for: BY_WORDS, confidence: 0.87, outside: NOT_OWN },
  ),
  frame(
    'interest-in',
    'applied',
    /\b(?:notre|nos|un|l'|leur|son|avons|dans|\u00e0 des fins d'|pour|cadre de)\s?(?:l'|notre |nos |de |un )?\u25c6/i,
    ['Nous avons un ◆ à protéger le site.', 'Cela relève de notre ◆.'],
    ['Contre ◆.'],
    { for: INTERESTS, confidence: 0.8, outside: NOT_OWN },
  ),
  frame(
    'with-consent',
    'applied',
    /\b(?:avec|apr\u00e8s|sous r\u00e9serve d[eu]|moyennant|sur)(?: (?:votre|le|son|leur|obtention|recueil|du|de)){0,3} \u25c6|\b(?:si|lorsque|d\u00e8s lors que) vous\b[^.;]{0,60}\u25c6/i,
    ['Avec votre ◆, nous vous envoyons la lettre.'],
    ['Le ◆ est un mot.'],
    { for: CONSENT, confidence: 0.7, outside: NOT_OWN, unless: [/\bque\b[^.;]{0,10}\u25c6|\bqu'avec/i] },
  ),
  frame(
    'consent-behind-purpose',
    'applied',
    /^[^.:;()?]{3,90} ?: (?:vous (?:y )?avez |vous nous avez donn\u00e9 |le |votre ){0,1}\u25c6\W*$/i,
    ['Pour vous adresser des annonces : vous y avez ◆.', 'Lettre : votre ◆'],
    ['Droits : retirer ◆.'],
    { for: CONSENT, confidence: 0.86, outside: NOT_OWN },
  ),
  frame(
    'named-behind-purpose',
    'applied',
    /\b(?:nous|pour|servent|afin|\u00e0)\b[^.;()?]{0,200}\((?:l'|la |le |notre |votre )?\u25c6\)|^[^.:;()?]{3,60} : (?:l'|la |le |notre |votre )?\u25c6\W*$/i,
    ['Vos nom et adresse servent à traiter vos commandes (◆).', 'Commandes : ◆.'],
    ['Le ◆ est un mot.'],
    { for: BY_WORDS, confidence: 0.75, outside: NOT_OWN },
  ),
];
