// How links to privacy notices are called, in the languages of the web. Stems at the beginning of a word; "~" anywhere, "$" at the
// end of a word (shared/notice/stems.ts). One line a language, so that a speaker can correct one.

/** A privacy notice, by the words of its link. */
export const PRIVACY_WORDS: Readonly<Record<string, string>> = {
  en: 'privacy, data protection, data privacy, your data, fair processing, personal data, personal information, your information, uk gdpr, gdpr$',
  de: '~datenschutz, ~personenbezogene daten, ~datenverarbeitung, privatsphäre, dsgvo$',
  fr: 'confidentialité, confidentialite, vie privée, vie privee, données personnelles, donnees personnelles, protection des données, protection des donnees, rgpd',
  es: 'privacidad, protección de datos, proteccion de datos, datos personales, tratamiento de datos',
  it: 'privacy, informativa, riservatezza, dati personali, protezione dei dati, protezione dati, tutela dei dati, trattamento dei dati, trattamento dati',
  pt: 'privacidade, proteção de dados, dados pessoais, rgpd, lgpd',
  nl: 'privacy, ~privacyverklaring, ~gegevensbescherming, persoonsgegevens, avg$',
  sv: '~integritet, personuppgift, ~dataskydd, gdpr$',
  da: 'privatliv, ~persondata, ~databeskyttelse, personoplysning, privatlivspolitik, dine data',
  nb: 'personvern, personopplysning',
  fi: '~tietosuoja, yksityisyy, ~rekisteriselost, henkilötie',
  is: 'persónuvernd, persónuuppl',
  pl: 'prywatnoś, ochrona danych, ochrony danych, dane osobowe, danych osobowych, rodo$, klauzula informacyjna, klauzule informacyjne',
  cs: 'soukromí, ochrana osobních, ochraně osobních, osobní údaje, osobních údajů',
  sk: 'súkromi, ochrana osobných, osobné údaje, osobných údajov',
  hu: '~adatvédelem, ~adatvédelmi, ~adatkezelés',
  ro: 'confidențialitate, confidentialitate, protecția datelor, protectia datelor, date personale, datelor cu caracter personal',
  bg: 'поверителност, лични данни, личните данни, защита на данните',
  hr: 'privatnost, zaštita podataka, zaštita osobnih, osobni podaci, osobnih podataka',
  sr: 'приватност, заштита података, лични подаци, zaštita podataka o ličnosti',
  sl: 'zasebnost, varstvo osebnih, varstvo podatkov, varovanje osebnih, osebni podatki, osebnih podatkov',
  mk: 'приватност, лични податоци',
  sq: 'privatësi, mbrojtja e të dhënave',
  lt: 'privatum, asmens duomen',
  lv: 'privātum, personas dat',
  et: 'privaatsus, andmekaits, isikuandme',
  el: 'απορρήτου, απόρρητο, προσωπικών δεδομένων, προσωπικά δεδομένα, ιδιωτικότητα, ιδιωτικού',
  mt: 'privatezza, protezzjoni tad-data',
  ga: 'príobháideach, cosaint sonraí',
  cy: 'preifatrwydd, diogelu data',
  ca: 'privadesa, privacitat, protecció de dades',
  eu: 'pribatutasun, datuen babes',
  gl: 'privacidade, protección de datos',
  tr: 'gizlilik, kvkk, kişisel veri, aydınlatma metni',
  ru: '~конфиденциальност, персональных данных, персональные данные, персональным данным',
  uk: 'конфіденційн, персональних даних, персональні дані, приватн',
  ar: '~الخصوصية, ~خصوصية, ~حماية البيانات',
  he: '~פרטיות, ~הגנת מידע',
  fa: '~حریم خصوصی',
  hi: '~गोपनीयता, ~निजता',
  bn: '~গোপনীয়তা',
  th: '~ความเป็นส่วนตัว, ~ข้อมูลส่วนบุคคล',
  vi: 'quyền riêng tư, bảo mật thông tin, chính sách bảo mật, dữ liệu cá nhân',
  id: 'privasi, pelindungan data, perlindungan data',
  ms: 'privasi, dasar privasi',
  ja: '~プライバシー, ~個人情報',
  zh: '~隐私, ~隱私, ~私隱, ~个人信息, ~個人資料, ~个人资料',
  ko: '~개인정보, ~프라이버시',
  af: 'privaatheid',
  az: 'məxfilik',
  uz: 'maxfiylik',
  ka: '~კონფიდენციალ',
  hy: '~գաղտնիութ',
  sw: 'faragha',
  lb: '~dateschutz',
};

/** Words that make it a document: they tell "privacy policy" from an article on privacy. */
export const DOCUMENT_WORDS =
  'policy, policies, notice, statement, ~erklärung, ~hinweis, ~bestimmung, ~richtlinie, ~information, politique, charte, mentions, política, politica, aviso, declaración, informativa, declaração, ~verklaring, ~beleid, ~policy, ~politik, erklæring, ~erklæring, seloste, ~seloste, käytäntö, polityka, zásady, podmínky, tájékoztató, nyilatkozat, szabályzat, politica de, политика, правила, pravila, politika, izjava, politika e, pranešimas, paziņojums, teade, πολιτική, δήλωση, politikası, metni, bildirimi, политику, політика, ~سياسة, ~מדיניות, ~سیاست, ~नीति, ~นโยบาย, chính sách, kebijakan, dasar, ~ポリシー, ~方針, ~政策, ~方针, ~条款, ~처리방침, ~정책, centre, center, hub';

/** A notice about cookies alone. */
export const COOKIE_WORDS =
  '~cookie, ~kakor$, evästee, eväste, informasjonskaps, ciasteczk, sütik, süti$, slapuk, sīkdat, sīkfail, küpsis, piškot, kolačić, çerez, vafrakök, куки, файлы cookie, ~クッキー, ~쿠키, ~עוגיות, ~คุกกี้, ~ملفات تعريف الارتباط';

/** Buttons and pages that set something and tell nothing. */
export const CONTROL_WORDS =
  'settings, preferences, manage, choices, opt out, opt-out, gerenciar, gerir$, gestionar, gestisci, beheren, hantera$, administrer$, zarządzaj, spravovat, hallinnoi, do not sell, einstellungen, paramètres, gérer, préférences, configurar, preferencias, impostazioni, preferenze, instellingen, inställningar, indstillinger, asetukset, ustawienia, nastavení, beállítás, setări, ayarlar, настройки, 設定, 设置, 설정, shield, portal, request';

/** Whom a notice is for, where its link says so. */
export const AUDIENCE_WORDS: Readonly<Record<string, string>> = {
  applicants:
    'applicant, candidate, recruitment, job applic, careers, job seeker, bewerb, ~bewerber, candidat, recrutement, hiring, kandidat',
  children:
    'children, kids, young people, child-friendly, child friendly, pupils, pupil, kinder, ~schüler, enfants, mineurs, parents',
  employees: 'employee, staff$, workforce, colleagues, beschäftigte, mitarbeiter, salariés, collaborateurs, contractors',
  students: 'student, learner, alumni, studierende, étudiants, apprenants',
  patients: 'patient, service user',
  customers: 'customer, client$, clients$, kunden, clients, business partner, geschäftspartner, policyholder, passengers, guests',
  suppliers: 'supplier, vendor, lieferant, fournisseur',
  members: 'member$, members$, membership, mitglied, adhérent',
  donors: 'donor, supporter, spender, donateur, volunteer',
  'app users': 'app$, apps$, mobile app',
  'people in California': 'california, ccpa, cpra, us states, us privacy, u.s. state',
  'social media visitors': 'social media, facebook, instagram, linkedin, soziale',
  'website visitors': 'website, web site, webseite, site web, online services',
  shareholders: 'shareholder, investor, aktionär, actionnaire',
};

/** Whose notices stand on other people's pages: beside a captcha, a payment, a form of a mailing service. */
export const OTHERS =
  /(?:^|\.)(?:google\.[a-z.]+|gstatic\.com|cloudflare\.com|hcaptcha\.com|facebook\.com|meta\.com|instagram\.com|twitter\.com|x\.com|linkedin\.com|youtube\.com|vimeo\.com|paypal\.com|stripe\.com|mailchimp\.com|intuit\.com|apple\.com|microsoft\.com|onetrust\.com|cookiebot\.com|usercentrics\.com|cookieyes\.com|pinterest\.com|tiktok\.com|whatsapp\.com|hubspot\.com|typeform\.com|surveymonkey\.com|eventbrite\.[a-z.]+|allaboutcookies\.org|aboutcookies\.org|networkadvertising\.org|aboutads\.info|youronlinechoices\.(?:com|eu)|ico\.org\.uk|automattic\.com|wordpress\.(?:com|org)|addthis\.com|trustpilot\.com)$/;
