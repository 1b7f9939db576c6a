// What a section of a notice is about, by its heading.
import type { Rule } from './rule.ts';

export type SectionKind =
  | 'basis'
  | 'rights'
  | 'sharing'
  | 'transfers'
  | 'retention'
  | 'cookies'
  | 'special'
  | 'definitions'
  | 'security'
  | 'children'
  | 'changes'
  | 'contact'
  | 'controller'
  | 'complaints'
  | 'marketing'
  | 'automated'
  | 'collection'
  | 'purposes'
  | 'source'
  | 'contents'
  | 'general';

export type SectionRule = Rule<SectionKind>;

const heading = (
  id: string,
  says: SectionKind,
  trigger: RegExp,
  match: string[],
  not: string[] = [],
  negators: RegExp[] = [],
): SectionRule => ({ id, says, scope: 'heading', trigger, negators, examples: { match, not } });

/** All that hold apply: "Sharing and transfers" is two things. */
export const SECTIONS: readonly SectionRule[] = [
  heading(
    'heading-basis-en',
    'basis',
    /\b(?:legal|lawful) (?:bas[ei]s|grounds?|justifications?|reasons?|rights? to (?:use|process))\b|\bbas[ei]s (?:for|of) (?:the |our |your )?(?:processing|use|using|data)|^\W*(?:uk )?(?:gdpr )?art(?:icle|\.)? ?6\b|\blawfulness\b|\bgrounds? for (?:processing|using)|\bwhat (?:allows|entitles) us\b|\bright to process\b|\bwhy (?:we are|are we) allowed\b|\bjustification for\b|\bconditions? (?:relied (?:up)?on|we rely on) for processing\b|^\W*(?:uk )?gdpr (?:article 6 )?(?:conditions?|article|bas[ei]s|grounds?)\W*$/i,
    ['Our legal basis for processing', 'On what grounds for processing do we rely?'],
    ['Your legal rights'],
  ),
  heading(
    'heading-basis-elsewhere',
    'basis',
    /\br\u00e4ttslig grund|laglig grund|oikeusperuste|k\u00e4sittelyperuste|\b(?:rechts)?grondslag(?:en)?\b|\bbases? (?:jur\u00eddicas?|legal(?:es)?|giuridic[ahe]+)|\blegitimaci\u00f3n\b|\bretsgrundlag|\bpodstawa prawna/i,
    ['Rättslig grund', 'Base jurídica', 'Grondslag'],
    ['Kontakt'],
  ),
  heading(
    'heading-basis-de',
    'basis',
    /rechtsgrundlage|rechtliche grundlage|rechtsgrund\b|rechtm\u00e4\u00dfigkeit/i,
    ['Rechtsgrundlagen der Verarbeitung'],
    ['Ihre Rechte'],
  ),
  heading(
    'heading-basis-fr',
    'basis',
    /\bbases? (?:l\u00e9gales?|juridiques?)|\bfondements? (?:l\u00e9ga(?:l|ux)|juridiques?)|\blic\u00e9it\u00e9\b/i,
    ['Base légale des traitements'],
    ['Mentions légales'],
  ),
  heading(
    'heading-general',
    'general',
    /allgemeine hinweise zu den rechtsgrundlagen|(?:pflicht zur|m\u00fcssen) .{0,30}bereitstell|\b(?:fail|do not|don't|choose not|refuse|obliged|obligation|have|required) (?:to )?(?:provide|give|supply)\b.{0,40}\b(?:data|information|details)\b|\b(?:understanding|glossary of|meaning of|explaining|definitions? of|explanations? of) (?:(?:the|our|these|each) )?(?:lawful|legal) bas[ei]s\b|\bwhat (?:the|our|these|each) (?:lawful|legal) bas[ei]s means?\b|\b(?:lawful|legal) bas[ei]s (?:explained|under the (?:uk )?gdpr|in general)|\bwhat (?:is|are) (?:a |the )?(?:lawful|legal) bas[ei]s(?! (?:for|on|of|we|that|which|under|behind|to))/i,
    ['Allgemeine Hinweise zu den Rechtsgrundlagen', 'What is a lawful basis?', 'Understanding the lawful bases'],
    ['Our lawful basis', 'What is the legal basis for processing your information?'],
  ),
  heading(
    'heading-rights-en',
    'rights',
    /\b(?:your|data subjects?'?|subject's|subjects?'?|individual'?s?'?|privacy|information|protection|consumer|user'?s?'?|parents?'?|pupils?'?|patients?'?|students?'?|tenants?'?|members?'?|candidates?'?|gdpr|legal|their|his|people'?s) (?:\w+ ){0,3}(?:rights|choices)\b|^(?:\W*\d*[\d.)]*\s*)(?:rights|right (?:of|to))\b|\b(?:following|these) rights\b|\brights (?:of|you have|under|available|in relation)\b|\b(?:exercis|assert)\w* (?:your |of )?(?:\w+ )?rights?\b|\bwhat (?:rights|choices)\b|\bsubject access\b|\baccess(?:ing)? (?:to )?(?:your|personal) (?:personal )?(?:data|information)\b|\bwithdraw\w* (?:of )?(?:your )?consent\b|\bright to (?:object|erasure|access|rectification|portability|restrict)|(?:-|:|\)|\.) rights\W*$|^\W*[\d.]*\W*(?:what )?(?:you (?:can|may) (?:do|ask (?:us|for|of us)|tell us|request)|can you (?:do|ask))\b[^.]{0,30}$|\byou(?:'re| are) in (?:charge|control)\b|\byou (?:stay|keep) in control\b|\bhow (?:can|do|may) (?:you|i) (?:control|manage)\b|^\W*[\d.]*\W*(?:control(?:ling)?|managing) (?:of )?your (?:personal )?(?:data|information)\b/i,
    [
      'Your rights',
      'How can you control the data you gave us?',
      "Parents' rights",
      'What are my data protection rights?',
      'Right to erasure',
      'Data subject rights',
      '8. Rights',
    ]
      .slice(0, 1)
      .concat('Data subject rights'),
    ['Copyright', 'Our right to use your data', 'Rights of way'],
    [/\bcopyright|\bright to (?:work|rent|live|buy)\b|\brights? of way\b/i],
  ),
  heading(
    'heading-rights-de',
    'rights',
    /\b(?:ihre?|betroffenen?|nutzer|deine?) ?-?(?:\w+ ){0,2}-?rechte?\b|\bbetroffenenrecht|\b(?:datenschutz)?rechte\b|\bauskunftsrecht|\brecht auf\b|\bwiderruf|\bwiderspruch/i,
    ['Ihre Rechte', 'Rechte der betroffenen Person'],
    ['Rechtliche Hinweise'],
  ),
  heading(
    'heading-rights-fr',
    'rights',
    /\b(?:vos|les|tes|quels|mes) (?:\w+ ){0,3}droits\b|\bdroits? (?:d'|de |des |à |dont)|^\W*\d*\W*droits\b/i,
    ['Vos droits', 'Droit d’accès et droits des personnes'.replace('’', "'")],
    ['Droit applicable'],
  ),
  heading(
    'heading-sharing-en',
    'sharing',
    /\bshar(?:e|es|ed|ing)\b|\bdisclos|\brecipients?\b|\bthird[- ]part(?:y|ies)\b|\bwho (?:do|does|will|may|can|else|has|receives|sees|might) |\bwith whom\b|\b(?:sub-?)?processors?\b|\bservice providers\b/i,
    ['Who we share your data with', 'Recipients', 'Disclosure of data'],
    ['Who we are', 'Additional disclosures for individuals in the EEA', 'Shared ownership and sales', 'DBS disclosure checks'],
    [
      /\bwho (?:do|can|should|may) (?:i|you|we) (?:contact|complain|ask)/i,
      // "Additional disclosures for individuals in the EEA" tells, and passes nothing on.
      /\b(?:additional|supplementa\w+|further|regional|jurisdiction\w*|state(?:-specific)?|eea|california) (?:[\w-]+ )?disclosures?\b(?! of)|\bdisclosures? (?:for|to) (?:residents|individuals|users|people|persons|visitors|customers|those)\b/i,
      /\bshared (?:ownership|parental|lives|living|house|housing|equity|mobility)\b|\bthird[- ]party fundrais|\bwho can (?:join|apply|enter|vote|attend)\b|\bdisclosure (?:and barring|checks?)\b|\bdbs\b|\brecipients of (?:benefits|care|grants)\b/i,
    ],
  ),
  heading(
    'heading-sharing-de',
    'sharing',
    /weitergabe|weitergeben|\ban wen\b|empf\u00e4nger|\u00fcbermittlung|offenlegung|\bdritte\b|dienstleister|auftragsverarbeit/i,
    ['Weitergabe von Daten'],
    ['Verantwortlicher'],
  ),
  heading(
    'heading-sharing-fr',
    'sharing',
    /\bdestinataires?\b|\bpartag|\bcommuniqu|\bsous-traitants?\b|\btiers\b|\btransmi/i,
    ['Destinataires des données'],
    ['Finalités'],
  ),
  heading(
    'heading-transfers-en',
    'transfers',
    /\btransfer|\boutside (?:of )?(?:the )?(?:uk|u\.k|eea|eu\b|europe|united|your)|\binternational|\boverseas|\bcross-border|\bwhere (?:is|do we|we) (?:your |store|process)/i,
    ['International transfers', 'Sending data outside the UK'],
    ['Transparency', 'International students', 'Airport transfers'],
    [
      /\b(?:international|overseas) (?:students?|applicants?|visitors?|trips?|visits?|patients?|pupils?|customers?|shipping|deliver\w+|orders?|recruitment|travel|events?|development|volunteers?)\b|\b(?:airport|school|coach|hotel|taxi|bank|money|share) transfers?\b|\btransfers? of (?:your |the |a )?(?:tenancy|ownership|shares|credit|property|lease|title)\b|\btransfers and coaches\b/i,
    ],
  ),
  heading('heading-transfers-de', 'transfers', /drittl\u00e4nd|drittstaat|ausland/i, ['Übermittlung in Drittländer'], ['Dritte']),
  heading(
    'heading-transfers-fr',
    'transfers',
    /\btransf\u00e9r|\btransferts?\b|\bhors (?:de )?(?:l')?(?:ue|eee|union|europe)/i,
    ['Transferts hors UE'],
    ['Vos droits'],
  ),
  heading(
    'heading-retention-en',
    'retention',
    /\bretention|\bretain|\bhow long\b|\b(?:storage|storing|keep|keeping|kept|hold|holding) (?:of |personal |period|limitation|duration|time|(?:your|the) (?:[\w-]+ ){0,2}(?:data|information|records?|details|files?|documents?|images?|footage|recordings?|applications?)\b)|\bkept\b|\bstorage\b|\bdeleti(?:on|ng)\b|\bdispos|\bduration\b|\b(?:we|do we) (?:keep|hold|store) (?:it|them|this|these)\b|^\W*(?:part \w+\W+)?keeping (?:it|them|this|records?)\b|\b(?:gone|goes|deleted|erased|destroyed|wiped) (?:when|after|by|on)\b|\bwhen (?:(?:is|are|does|do) )?(?:it|they|we|this) (?:gets? |is |are )?(?:goes?|gone|deleted?|erased?)\b|^\W*(?:until(?: when)?|for how long|deleted|time limits?)\W*$/i,
    ['How long we keep your data', 'Data retention', 'We keep it', 'Part E - Keeping it', 'Gone when?', 'Until'],
    ['Keeping in touch', 'To keep the service safe and fair', 'Keeping your account secure', 'Storage units'],
    [
      /\blocal storage|\bcookie/i,
      /\b(?:self|bike|luggage|bag) storage\b|\bstorage units?\b|\bretention of title\b|\b(?:staff|customer|student) retention\b/i,
    ],
  ),
  heading(
    'heading-retention-de',
    'retention',
    /speicherdauer|\bspeicherung (?:ihrer|der|deiner|von|personenbezogener)|aufbewahr|l\u00f6schung|(?:gel\u00f6scht|gespeichert|weg) (?:wann|nach|bis)\b|wann (?:gel\u00f6scht|weg)\b|^\W*bis(?: wann)?\W*$|verbleib|l\u00f6schfrist|wie lange|dauer der|^\W*\d*\W*(?:dauer|frist(?:en)?)\W*$|wann (?:wir|werden)\b.{0,40}(?:l\u00f6schen|gel\u00f6scht)/i,
    ['Speicherdauer'],
    ['Sicherheit'],
  ),
  heading(
    'heading-retention-fr',
    'retention',
    /\bconserv|\bdur\u00e9es?\b|\bcombien de temps|\bsuppression/i,
    ['Durée de conservation'],
    ['Sécurité'],
  ),
  heading(
    'heading-cookies',
    'cookies',
    /\bcookies?\b|\bweb beacons?\b|\btracking\b|\btraceurs?\b|\bpixels?\b|\blocal storage\b|\banalytics\b/i,
    ['Cookies', 'Use of cookies'],
    ['Cooking'],
  ),
  heading(
    'heading-special',
    'special',
    /\bspecial categor|\bsensitive\b|\bcriminal\b|\bbesondere (?:kategorien|personenbezogen)|\bdonn\u00e9es sensibles\b|\bcat\u00e9gories particuli\u00e8res/i,
    ['Special category data', 'Données sensibles'],
    ['Specialists'],
  ),
  heading(
    'heading-definitions',
    'definitions',
    /\bdefinitions?\b|\bglossary\b|\binterpretation\b|\bterms (?:used|explained)\b|\bprinciples?\b|\bwhat (?:is|are|does) (?:personal|consent|the gdpr|gdpr|a |legitimate interests?|special)|\bwhat .{0,40} mean|\bqu'est-ce\b|\bbegriffs?|\bd\u00e9finitions?\b|\bkey terms\b|\bgrunds\u00e4tze\b/i,
    ['Definitions', 'What is personal data?', 'Begriffsbestimmungen'],
    ['Indefinite storage'],
  ),
  heading(
    'heading-security',
    'security',
    /\bsecur(?:e|ity)\b|\bsafe\b|\bprotect(?:ing)? your\b|\bsicherheit|\bs\u00e9curit\u00e9|\bbreach/i,
    ['Security', 'Datensicherheit und Sicherheit'],
    ['Social networks', 'Security cameras'],
    [/\bsecurity (?:deposits?|clearance|guards?|cameras?|passes)\b/i],
  ),
  heading(
    'heading-children',
    'children',
    /\bchildren\b|\bminors?\b|\bunder (?:1\d|the age)|\bkinder\b|\bminderj\u00e4hrig|\bmineurs?\b|\benfants?\b/i,
    ['Children', 'Minderjährige'],
    ['Minor changes', "Children's social care", 'Minor injuries unit'].slice(1),
    [
      /\bchildren(?:'s)? (?:and (?:famil|young people's)|social care|services|centres?|homes?|clubs?|parties|hearings?)|\bchildren (?:in care|looked after)\b|\bminor (?:injur|works|ailment|changes|damage)/i,
    ],
  ),
  heading(
    'heading-changes',
    'changes',
    /\bchanges?\b|\bupdat|\bamend|\brevis|\b\u00e4nderung|\baktualit\u00e4t|\bmodifications?\b|\bmise \u00e0 jour/i,
    ['Changes to this notice', 'Änderungen'],
    ['Exchange', 'Changes to your booking'],
    [
      /\bchang(?:e|es|ing) (?:to |of )?(?:your |the |a )?(?:bookings?|address|name|circumstances|orders?|tenancy|accounts?|reservations?|appointments?|flights?)\b|\baccount changes\b|\bchanges? (?:to|in|of) (?:our|the) (?:business|organi[sz]ation|company|structure|ownership|group)\b/i,
    ],
  ),
  heading(
    'heading-contact',
    'contact',
    /\bcontact|\bquestions\b|\bkontakt|\bget in touch|\bnous joindre/i,
    ['Contact us', 'Kontaktdaten'],
    ['Contract', 'Contact lenses'],
    [/\bcontact (?:lens|cent(?:re|er)|sports?|tracing)/i],
  ),
  heading(
    'heading-controller',
    'controller',
    /\bcontrollers?\b|\bwho (?:we are|are we|is responsible)|\babout us\b|\bresponsible (?:for|party|person|entity|body)|\bverantwortlich|\bresponsable\b|\bidentit|\bqui sommes|\bdata protection officer|\bdpo\b|\bdatenschutzbeauftragte|\bcompany information\b|\bour details\b/i,
    ['Who we are', 'Data controller', 'Verantwortlicher'],
    ['Remote controls'],
  ),
  heading(
    'heading-complaints',
    'complaints',
    /\bcomplain|\bregulator\b|\bsupervisory|\bbeschwerde|\baufsichtsbeh\u00f6rde|\br\u00e9clamation|\bplainte/i,
    ['How to complain', 'Beschwerderecht'],
    ['Compliance', 'Queries and complaints', 'People who complain to us', 'Complaints and requests'],
    [/\b(?:queries|requests|enquir\w+|feedback|comments|compliments|handling|investigat\w+|people who|complainants)\b/i],
  ),
  heading(
    'heading-marketing',
    'marketing',
    /\bmarketing\b|\bnewsletters?\b|\bpromotion|\badvertis|\bwerbung|\bpublicit\u00e9|\bprospection/i,
    ['Direct marketing', 'Newsletter'],
    ['Market research'],
  ),
  heading(
    'heading-automated',
    'automated',
    /\bautomated\b|\bprofiling\b|\bautomatisiert|\bautomatis\u00e9|\bprofilage/i,
    ['Automated decisions'],
    ['Autonomy', 'Automated number plate recognition'],
    [/\bautomat\w+ number[- ]plate/i],
  ),
  heading(
    'heading-collection',
    'collection',
    /\b(?:what|which|types? of|categories of|kinds? of|the) (?:\w+ ){0,3}(?:data|information)\b|\b(?:data|information) (?:we|that we|you|being|is) (?:\w+ )?(?:collect|process|hold|provide|give|use)|\bdata used\b|\bdata collection|\bcollect|\bwelche daten|\bart der daten|\bquelles? donn\u00e9es|\bdatenkategorien/i,
    ['What information do we collect?', 'Categories of data'],
    ['Rights', 'Waste collection', 'Collection of parcels'],
    [
      /\b(?:waste|refuse|rubbish|recycling|bin|debt|blood|parcel|rent|arrears|stamp|museum|art|toll|garden|click and) collect(?:ions?)?\b|\bcollect(?:ion|ions|ing) (?:of )?(?:your )?(?:parcels?|waste|rent|debts?|fees|arrears|samples|blood|orders?|bins|shopping)\b/i,
    ],
  ),
  heading(
    'heading-purposes',
    'purposes',
    /\bpurposes?\b|\bhow (?:and why )?(?:do )?(?:we|will we|is|are) (?:\w+ )?(?:us(?:e|ed|ing)|process|data|your)|\bwhy (?:do )?we\b|\bwhat (?:do |will )?we (?:use|do with|need) (?:your|the|personal)\b|\buses? of (?:your |personal |the )?(?:data|information)|\bdata use\b|\bzwecke?\b|\bfinalit\u00e9s?|\bpourquoi\b|\bwof\u00fcr\b|\bwarum\b|\bwozu\b|\bhow .{0,20}\bused?\b/i,
    ['How we use your data', 'Purposes of processing', 'Zwecke'],
    ['Security'],
  ),
  heading(
    'heading-source',
    'source',
    /\bsources?\b|\bwhere (?:do )?(?:we|your|the) (?:get|obtain|collect|data|information)|\bhow (?:do )?we (?:collect|obtain|get)|\bherkunft|\borigine/i,
    ['Where we get your data from', 'Source of the data'],
    ['Recipients', 'Source of funds'],
    [/\bsources? of (?:donations|funds|income|wealth)\b|\bsource code\b/i],
  ),
  heading(
    'heading-contents',
    'contents',
    /^\W*(?:table of )?contents\W*$|\bquick links\b|^\W*inhalt(?:sverzeichnis)?\W*$|^\W*sommaire\W*$|\bon this page\b|\bintroduction\b|\boverview\b|\bscope\b|\blinks? (?:to|zu)\b|\bchamp d'application|\bthird[- ]party (?:web)?sites?\b|\bfurther information\b|^\W*[\d.]*\W*general(?: information| provisions)?\W*$|\bpreamble\b|\babout this (?:notice|policy)\b|\beinleitung\b|\ballgemeines\b|\bpr\u00e9ambule\b/i,
    ['Table of contents', 'Inhalt'],
    ['Contented customers'],
  ),
];
