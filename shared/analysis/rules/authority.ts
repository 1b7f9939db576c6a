// Supervisory authorities by the names that notices give them.
import type { Rule } from './rule.ts';

export type AuthorityRule = Rule;

const authority = (
  id: string,
  says: string,
  trigger: RegExp,
  match: string[],
  not: string[] = ['the data protection authority'],
): AuthorityRule => ({
  id: `authority-${id}`,
  says,
  scope: 'words',
  trigger,
  examples: { match, not },
});

/** `says` is the authority's name; empty where the name stands in the text (the regional authorities of Germany). */
export const AUTHORITIES: readonly AuthorityRule[] = [
  authority('gb', "Information Commissioner's Office", /\binformation commissioner(?:'?s?'?)?(?: office)?\b|\bICO\b/, [
    'the Information Commissioner’s Office'.replace('’', "'").replace('Information Commissioner', 'information commissioner'),
    'the ICO',
  ]),
  authority('gb-capital', "Information Commissioner's Office", /\bInformation Commission(?:er)?(?:'?s?'?)?(?: Office)?\b/, [
    "Information Commissioner's Office",
  ]),
  authority(
    'office',
    '',
    /\bOffice of the (?:[A-Z][a-z]+ )?(?:Data Protection|Privacy|Personal Data Protection) Commission(?:er)?\b/,
    ['the Office of the Data Protection Commissioner'],
  ),
  authority('ie', 'Data Protection Commission', /\b(?:Irish )?Data Protection Commission(?:er)?\b(?! of)/, [
    'the Data Protection Commission in Dublin',
  ]),
  authority(
    'church-de',
    '',
    /\bBeauftragte[nr]? f\u00fcr den Datenschutz der (?:EKD|Evangelischen Kirche in Deutschland)\b|\bKatholische[ns]? Datenschutzzentrum(?: \(Kd\u00f6R\))?(?: (?:Dortmund|Frankfurt(?: am Main|\/M\.?)?|Bayern))?|\bDi\u00f6zesandatenschutzbeauftragte[nr]?(?: (?:der|des|f\u00fcr) [^.,;:]{3,60})?/,
    ['der Beauftragte für den Datenschutz der EKD', 'das Katholische Datenschutzzentrum Dortmund'],
  ),
  authority(
    'fr',
    "Commission Nationale de l'Informatique et des Libertés (CNIL)",
    /\bCNIL\b|\bCommission nationale de l'informatique/i,
    ['la CNIL'],
  ),
  authority(
    'se',
    'Integritetsskyddsmyndigheten (IMY), Swedish Authority for Privacy Protection',
    /\bIMY\b|\bIntegritetsskyddsmyndigheten\b|\bSwedish (?:Authority for Privacy Protection|Data Protection Authority)\b|\bDatainspektionen\b/,
    ['IMY'],
  ),
  authority('fi', 'Office of the Data Protection Ombudsman', /\bData Protection Ombudsman\b|\btietosuoja(?:\.fi|valtuutet\w*)/i, [
    'the Finnish Data Protection Ombudsman',
  ]),
  authority(
    'dk',
    'Datatilsynet, Danish Data Protection Agency',
    /\bDanish Data Protection (?:Agency|Authority)\b|\bDatatilsynet\b/,
    ['Datatilsynet'],
  ),
  authority('no', 'Norwegian Data Protection Authority (Datatilsynet)', /\bNorwegian Data Protection Authority\b/, [
    'the Norwegian Data Protection Authority',
  ]),
  authority('nl', 'Autoriteit Persoonsgegevens', /\bAutoriteit Persoonsgegevens\b|\bDutch (?:Data Protection Authority|DPA)\b/, [
    'Autoriteit Persoonsgegevens',
  ]),
  authority(
    'be',
    'Gegevensbeschermingsautoriteit, Autorité de protection des données',
    /\bGegevensbeschermingsautoriteit\b|\bAutorit\u00e9 de protection des donn\u00e9es\b|\bBelgian Data Protection Authority\b/i,
    ['Gegevensbeschermingsautoriteit'],
  ),
  authority(
    'es',
    'Agencia Española de Protección de Datos (AEPD)',
    /\bAEPD\b|\bAgencia Espa\u00f1ola de Protecci\u00f3n de Datos\b|\bSpanish (?:Data Protection (?:Agency|Authority))\b/i,
    ['AEPD'],
  ),
  authority('it', 'Garante per la protezione dei dati personali', /\bGarante (?:per la|privacy|della)\b/i, [
    'Garante per la protezione',
  ]),
  authority(
    'at',
    '\u00d6sterreichische Datenschutzbeh\u00f6rde',
    /\u00f6sterreichische datenschutzbeh\u00f6rde|\bdsb\.gv\.at\b|\bAustrian Data Protection Authority\b|datenschutzbeh\u00f6rde \(dsb\)|\bBarichgasse\b/i,
    ['die österreichische Datenschutzbehörde'],
  ),
  authority(
    'ch',
    'Eidgen\u00f6ssischer Datenschutz- und \u00d6ffentlichkeitsbeauftragter (ED\u00d6B)',
    /\bED\u00d6B\b|\bFDPIC\b|\bSwiss Federal Data Protection\b/,
    ['EDÖB'],
  ),
  authority('pl', 'Urz\u0105d Ochrony Danych Osobowych (UODO)', /\bUODO\b|\bPrezesa? Urz\u0119du Ochrony Danych/i, ['UODO']),
  authority(
    'cz',
    '\u00da\u0159ad pro ochranu osobn\u00edch \u00fadaj\u016f',
    /\b\u00da?\u0159ad pro ochranu osobn\u00edch|\bwww\.uoou\.cz/i,
    ['www.uoou.cz'],
  ),
  authority(
    'lu',
    'Commission nationale pour la protection des donn\u00e9es (CNPD)',
    /\bCNPD\b|\bCommission nationale pour la protection des donn/i,
    ['CNPD'],
  ),
  authority(
    'pt',
    'Comiss\u00e3o Nacional de Prote\u00e7\u00e3o de Dados',
    /\bComiss\u00e3o Nacional de Prote\u00e7\u00e3o de Dados\b/i,
    ['Comissão Nacional de Proteção de Dados'],
  ),
  authority('ee', 'Estonian Data Protection Inspectorate', /\bData Protection Inspectorate\b/, [
    'the Data Protection Inspectorate',
  ]),
  authority('gi', 'Gibraltar Regulatory Authority', /\bGibraltar Regulatory Authority\b/, ['Gibraltar Regulatory Authority']),
  authority('je', 'Jersey Office of the Information Commissioner', /\bJersey Office of the Information Commissioner\b/, [
    'Jersey Office of the Information Commissioner',
  ]),
  authority(
    'named',
    '',
    /\b(?!(?:The|Your|An?|Our|Local|National|Relevant|Competent|Lead|Any|Each|Supervisory|Applicable|European|Independent)\b)[A-Z][a-z]+ (?:Personal )?(?:Data|Privacy) Protection (?:Authority|Agency|Commission(?:er)?|Board)\b/,
    ['the Hellenic Data Protection Authority'],
    ['the data protection authority', 'Your Data Protection Authority'],
  ),
  authority('eu', 'European Data Protection Supervisor', /\bEuropean Data Protection Supervisor\b/, [
    'the European Data Protection Supervisor',
  ]),
  authority(
    'de-region',
    '',
    /\b(?:(?:der|die|den) )?(?:(?:S\u00e4chsische|Hessische|Berliner|Th\u00fcringer|Bayerische|Hamburgische|Nieders\u00e4chsische)[nrs]? (?:Datenschutz(?:-? ?und \w+)?beauftragte[nr]?|Beauftragte[nr]?|Landesamt|Landesbeauftragte[nr]?)|Landesbeauftragte[nr]?|Bundesbeauftragte[nr]?|Unabh\u00e4ngige[ns]? (?:Landes|Datenschutz)zentrum|Landesdatenschutz\w+)(?: f\u00fcr (?:den )?(?:Datenschutz\w*|die Informationsfreiheit))?(?:(?:,? -?und (?:das Recht auf |die )?(?:Informations\w+|Akteneinsicht\w*)|-? ?aufsicht)?)(?: (?:des Landes |der |des |in |im |von |Freien? )?(?:Hansestadt |Freistaats? )?(?![\w\u00e4\u00f6\u00fc\u00df-]*(?:stra\u00dfe|str|platz|allee|weg|ring|postfach|telefon|e-mail|adresse|anschrift)\b)[A-Z\u00c4\u00d6\u00dc][\w\u00e4\u00f6\u00fc\u00df-]+){0,3}/,
    ['Landesbeauftragte für Datenschutz Schleswig-Holstein', 'Bayerisches Landesamt für Datenschutzaufsicht'].slice(0, 1),
  ),
];
