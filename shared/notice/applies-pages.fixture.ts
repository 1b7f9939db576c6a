// Pages and notices of our own, in our own words: what a page looks like, what a notice calls its activities, and which of them
// apply. No address says anything, no notice declares a page.
import type { PageForm } from './page.ts';

export interface PageCase {
  name: string;
  /** Titles of the activities; with "|" what they are for. */
  notice: readonly string[];
  title: string;
  headings?: readonly string[];
  /** Fields as "Label:type:autocomplete"; the last one is the button. */
  forms?: readonly (readonly string[])[];
  types?: readonly string[];
  hosts?: readonly string[];
  signals?: readonly string[];
  path?: string;
  here: readonly string[];
  not: readonly string[];
}

/** A page under one of several notices: what of that notice neither applies nor may apply must not. */
interface PageOf<Site extends string> extends Omit<PageCase, 'name' | 'notice' | 'not'> {
  of: Site;
  may?: readonly string[];
}
export const casesOf = <Site extends string>(
  notices: Readonly<Record<Site, readonly string[]>>,
  pages: readonly PageOf<Site>[],
): PageCase[] =>
  pages.map(({ of, may = [], ...page }) => ({
    ...page,
    name: `${of}: ${page.title}`,
    notice: notices[of],
    not: notices[of].filter((title) => !page.here.includes(title) && !may.includes(title)),
  }));

export const formOf = (words: readonly string[], index: number): PageForm => ({
  id: `form-${index + 1}`,
  submit: words.at(-1) ?? '',
  fields: words.slice(0, -1).map((field) => {
    const [label = '', type = 'text', autocomplete = ''] = field.split(':');
    return { label, name: label.toLowerCase().replace(/\W+/g, '_').slice(0, 12), type: type || 'text', autocomplete };
  }),
});

const COUNCIL = [
  'Council tax and business rates',
  'Housing applications and tenants',
  'Planning applications and comments on them',
  'Libraries',
  'Reports of street problems',
  'Registering births and deaths',
  'Recruitment',
  'Visitors to this website',
  'CCTV in public places',
  'Complaints and compliments',
];
const SHOP = [
  'When you place an order',
  'Your customer account',
  'Newsletter and offers',
  'Product reviews',
  'When you contact customer service',
  'Prize draws',
  'Cookies and similar technologies',
  'Payments and prevention of fraud',
  'Applying for a job with us',
];
const CHARITY = [
  'Supporters and donors',
  'Volunteers',
  'Fundraising events',
  'Service users and helpline callers',
  'Campaigns and petitions',
  'Email updates',
  'Research participants',
  'Staff and job applicants',
  'Using our website',
];
const SCHOOL = [
  'Admissions',
  'Pupils and parents',
  'School trips',
  'Visitors and CCTV',
  'Job applicants',
  'Governors',
  'Hiring the hall',
  'Alumni',
];
const PRACTICE = [
  'Registered patients and their care',
  'Booking appointments online',
  'Repeat prescriptions',
  'Patient surveys',
  'Complaints',
  'Staff',
  'Website analytics',
];
const SAAS = [
  'Account registration',
  'Billing and subscriptions',
  'Support requests',
  'Sales enquiries and demos',
  'Webinars',
  'Marketing emails',
  'Usage analytics',
  'Security logs',
  'Recruiting',
  'Downloads of white papers',
  'Community forum',
];
const DE = [
  'Bereitstellung der Website und Server-Logfiles',
  'Kontaktformular',
  'Newsletter',
  'Bewerbungen',
  'Bestellungen im Online-Shop',
  'Kundenkonto',
  'Eingebettete Videos',
  'Webanalyse mit Matomo',
  'Kommentarfunktion',
];
const FR = [
  'Gestion des commandes',
  'Compte client',
  'Lettre d’information',
  'Formulaire de contact',
  'Recrutement',
  'Cookies et mesure d’audience',
  'Jeux-concours',
];

export const PAGES: readonly PageCase[] = [
  {
    name: 'council: pay council tax',
    notice: COUNCIL,
    title: 'Pay your council tax – Borough',
    headings: ['Pay council tax'],
    forms: [['Account number', 'Amount to pay:number', 'Card number:text:cc-number', 'Security code:text:cc-csc', 'Pay now']],
    here: ['Council tax and business rates', 'Visitors to this website'],
    not: ['Libraries', 'Recruitment', 'Complaints and compliments', 'CCTV in public places'],
  },
  {
    name: 'council: missed bin',
    notice: COUNCIL,
    title: 'Report a missed bin | Borough Council',
    headings: ['Tell us about a missed bin'],
    forms: [['Your address', 'Which bin:select', 'Email:email', 'Details:textarea', 'Report']],
    here: ['Reports of street problems'],
    not: ['Housing applications and tenants', 'Libraries', 'Recruitment'],
  },
  {
    name: 'council: join the library',
    notice: COUNCIL,
    title: 'Join the library',
    headings: ['Join the library'],
    forms: [
      [
        'Full name:text:name',
        'Date of birth:date:bday',
        'Address:text:street-address',
        'Email:email',
        'Choose a PIN:password:new-password',
        'Join',
      ],
    ],
    here: ['Libraries'],
    not: ['Recruitment', 'Council tax and business rates', 'Complaints and compliments'],
  },
  {
    name: 'council: planning comment',
    notice: COUNCIL,
    title: 'Comment on a planning application',
    headings: ['Have your say'],
    forms: [['Planning reference', 'Your name', 'Address', 'Comments:textarea', 'Submit comment']],
    here: ['Planning applications and comments on them'],
    not: ['Libraries', 'Recruitment', 'Housing applications and tenants'],
  },
  {
    name: 'council: stage one complaint',
    notice: COUNCIL,
    title: 'Make a complaint',
    headings: ['Make a complaint about a service'],
    forms: [['Name', 'Email:email', 'What happened?:textarea', 'Send complaint']],
    here: ['Complaints and compliments'],
    not: ['Recruitment', 'Libraries', 'Council tax and business rates'],
  },
  {
    name: 'council: a news item',
    notice: COUNCIL,
    title: 'Mayor opens new library and park',
    headings: ['Mayor opens new library and park'],
    types: ['NewsArticle'],
    forms: [['Search:search', 'Search']],
    here: ['Visitors to this website'],
    not: ['Libraries', 'Recruitment', 'Complaints and compliments', 'Housing applications and tenants'],
  },
  {
    name: 'shop: checkout',
    notice: SHOP,
    title: 'Checkout – Lamp Shop',
    headings: ['Delivery details', 'Order summary'],
    forms: [
      [
        'Email:email:email',
        'Full name:text:name',
        'Delivery address:text:street-address',
        'Card number:text:cc-number',
        'Place order',
      ],
    ],
    hosts: ['js.stripe.com'],
    here: ['When you place an order', 'Payments and prevention of fraud'],
    not: ['Applying for a job with us', 'Prize draws', 'Product reviews'],
  },
  {
    name: 'shop: newsletter in the footer of an article',
    notice: SHOP,
    title: 'How to choose a reading lamp',
    headings: ['How to choose a reading lamp'],
    types: ['BlogPosting'],
    forms: [['Email:email', 'Subscribe']],
    here: ['Newsletter and offers'],
    not: ['When you place an order', 'Applying for a job with us', 'Your customer account'],
  },
  {
    name: 'shop: sign in',
    notice: SHOP,
    title: 'Sign in',
    headings: ['Welcome back'],
    forms: [['Email:email:username', 'Password:password:current-password', 'Sign in']],
    here: ['Your customer account'],
    not: ['Newsletter and offers', 'Prize draws', 'Applying for a job with us', 'When you place an order'],
  },
  {
    name: 'shop: write a review',
    notice: SHOP,
    title: 'Write a review: brass desk lamp',
    headings: ['Write a review'],
    forms: [['Your rating:radio', 'Nickname', 'Your review:textarea', 'Submit review']],
    here: ['Product reviews'],
    not: ['When you place an order', 'Applying for a job with us', 'Prize draws'],
  },
  {
    name: 'shop: prize draw',
    notice: SHOP,
    title: 'Win a year of light bulbs',
    headings: ['Enter our prize draw'],
    forms: [['Name', 'Email:email', 'Postcode', 'Enter']],
    here: ['Prize draws'],
    not: ['When you place an order', 'Applying for a job with us', 'Product reviews'],
  },
  {
    name: 'shop: help',
    notice: SHOP,
    title: 'Help and contact',
    headings: ['How can we help?'],
    forms: [['Order number', 'Email:email', 'Your message:textarea', 'Send']],
    here: ['When you contact customer service'],
    not: ['Applying for a job with us', 'Prize draws', 'Newsletter and offers'],
  },
  {
    name: 'shop: a page with statistics',
    notice: SHOP,
    title: 'About us',
    headings: ['About us'],
    hosts: ['www.googletagmanager.com', 'www.google-analytics.com'],
    here: ['Cookies and similar technologies'],
    not: ['When you place an order', 'Applying for a job with us', 'Newsletter and offers', 'Your customer account'],
  },
  {
    name: 'charity: donate',
    notice: CHARITY,
    title: 'Donate to the hedgehog rescue',
    headings: ['Make a donation'],
    forms: [['Amount:radio', 'Name', 'Email:email', 'Add Gift Aid:checkbox', 'Card number', 'Donate']],
    here: ['Supporters and donors'],
    not: ['Volunteers', 'Research participants', 'Staff and job applicants'],
  },
  {
    name: 'charity: volunteering role',
    notice: CHARITY,
    title: 'Volunteer with us',
    headings: ['Volunteer application'],
    forms: [['Name', 'Phone:tel', 'When are you free?:textarea', 'Apply to volunteer']],
    here: ['Volunteers'],
    not: ['Staff and job applicants', 'Supporters and donors', 'Research participants'],
  },
  {
    name: 'charity: sponsored walk',
    notice: CHARITY,
    title: 'Sponsored walk 2027: sign up',
    headings: ['Register for the sponsored walk'],
    types: ['Event'],
    forms: [['Name', 'Email:email', 'Emergency contact', 'T-shirt size:select', 'Register']],
    here: ['Fundraising events'],
    not: ['Volunteers', 'Staff and job applicants', 'Research participants'],
  },
  {
    name: 'charity: petition',
    notice: CHARITY,
    title: 'Sign our petition',
    headings: ['Sign the petition'],
    forms: [['First name', 'Last name', 'Email:email', 'Postcode', 'Sign']],
    here: ['Campaigns and petitions'],
    not: ['Volunteers', 'Staff and job applicants', 'Supporters and donors'],
  },
  {
    name: 'charity: a job',
    notice: CHARITY,
    title: 'Helpline coordinator',
    headings: ['Helpline coordinator', 'Apply'],
    types: ['JobPosting'],
    forms: [['Name', 'Email:email', 'CV:file', 'Apply']],
    here: ['Staff and job applicants'],
    not: ['Volunteers', 'Supporters and donors', 'Research participants'],
  },
  {
    name: 'school: admissions',
    notice: SCHOOL,
    title: 'Admissions: application for a place',
    headings: ['Apply for a place'],
    forms: [['Child’s name', 'Date of birth:date', 'Parent email:email', 'Current school', 'Send application']],
    here: ['Admissions'],
    not: ['Job applicants', 'Governors', 'Hiring the hall', 'Alumni'],
  },
  {
    name: 'school: hall hire',
    notice: SCHOOL,
    title: 'Hire our hall',
    headings: ['Hall hire enquiry'],
    forms: [['Name', 'Email:email', 'Date needed:date', 'What is it for?:textarea', 'Enquire']],
    here: ['Hiring the hall'],
    not: ['Job applicants', 'Admissions', 'Governors'],
  },
  {
    name: 'practice: appointment',
    notice: PRACTICE,
    title: 'Book an appointment',
    headings: ['Book an appointment'],
    forms: [['NHS number', 'Date of birth:date', 'Reason for appointment:textarea', 'Book']],
    here: ['Booking appointments online'],
    not: ['Staff', 'Complaints', 'Patient surveys'],
  },
  {
    name: 'practice: prescriptions',
    notice: PRACTICE,
    title: 'Repeat prescription request',
    headings: ['Order your repeat prescription'],
    forms: [['Name', 'Date of birth:date', 'Medication:textarea', 'Send request']],
    here: ['Repeat prescriptions'],
    not: ['Staff', 'Complaints', 'Patient surveys'],
  },
  {
    name: 'software: start of a trial',
    notice: SAAS,
    title: 'Create your account',
    headings: ['Start your free trial'],
    forms: [['Work email:email', 'Password:password:new-password', 'Company', 'Create account']],
    here: ['Account registration'],
    not: ['Recruiting', 'Community forum', 'Downloads of white papers', 'Webinars'],
  },
  {
    name: 'software: a demo',
    notice: SAAS,
    title: 'Request a demo',
    headings: ['See it for yourself'],
    forms: [['Name', 'Work email:email', 'Company', 'Team size:select', 'Request a demo']],
    here: ['Sales enquiries and demos'],
    not: ['Recruiting', 'Community forum', 'Webinars', 'Billing and subscriptions'],
  },
  {
    name: 'software: a ticket',
    notice: SAAS,
    title: 'Submit a support ticket',
    headings: ['Submit a request'],
    forms: [['Email:email', 'Subject', 'Description:textarea', 'Attachments:file', 'Submit']],
    here: ['Support requests'],
    not: ['Recruiting', 'Webinars', 'Billing and subscriptions'],
  },
  {
    name: 'software: a paper',
    notice: SAAS,
    title: 'Download the white paper: measuring churn',
    headings: ['Measuring churn'],
    forms: [['Name', 'Work email:email', 'Job title', 'Download']],
    here: ['Downloads of white papers'],
    not: ['Recruiting', 'Support requests', 'Billing and subscriptions'],
  },
  {
    name: 'German: Kontakt',
    notice: DE,
    title: 'Kontakt – Tischlerei',
    headings: ['Schreiben Sie uns'],
    forms: [['Ihr Name', 'E-Mail:email', 'Nachricht:textarea', 'Absenden']],
    here: ['Kontaktformular', 'Bereitstellung der Website und Server-Logfiles'],
    not: ['Bewerbungen', 'Newsletter', 'Kundenkonto', 'Bestellungen im Online-Shop'],
  },
  {
    name: 'German: Bewerbung',
    notice: DE,
    title: 'Initiativbewerbung',
    headings: ['Jetzt bewerben'],
    forms: [['Name', 'E-Mail:email', 'Lebenslauf:file', 'Bewerbung senden']],
    here: ['Bewerbungen'],
    not: ['Kontaktformular', 'Newsletter', 'Kundenkonto'],
  },
  {
    name: 'German: Kasse',
    notice: DE,
    title: 'Kasse',
    headings: ['Lieferadresse'],
    forms: [['Vorname', 'Nachname', 'Straße', 'PLZ', 'IBAN', 'Zahlungspflichtig bestellen']],
    here: ['Bestellungen im Online-Shop'],
    not: ['Bewerbungen', 'Newsletter', 'Kontaktformular'],
  },
  {
    name: 'German: a film',
    notice: DE,
    title: 'So entsteht ein Tisch',
    headings: ['So entsteht ein Tisch'],
    hosts: ['www.youtube-nocookie.com'],
    here: ['Eingebettete Videos'],
    not: ['Bewerbungen', 'Newsletter', 'Kontaktformular', 'Kundenkonto'],
  },
  {
    name: 'French: contact',
    notice: FR,
    title: 'Nous contacter',
    headings: ['Contactez-nous'],
    forms: [['Nom', 'Adresse e-mail:email', 'Votre message:textarea', 'Envoyer']],
    here: ['Formulaire de contact'],
    not: ['Recrutement', 'Jeux-concours', 'Gestion des commandes'],
  },
  {
    name: 'French: candidature',
    notice: FR,
    title: 'Candidature spontanée',
    headings: ['Rejoignez notre équipe'],
    forms: [['Nom', 'E-mail:email', 'CV:file', 'Lettre de motivation:textarea', 'Postuler']],
    here: ['Recrutement'],
    not: ['Formulaire de contact', 'Jeux-concours', 'Gestion des commandes'],
  },
  {
    name: 'French: panier',
    notice: FR,
    title: 'Votre panier',
    headings: ['Valider ma commande'],
    forms: [['Nom', 'Adresse de livraison', 'Numéro de carte', 'Payer']],
    here: ['Gestion des commandes'],
    not: ['Recrutement', 'Jeux-concours', 'Formulaire de contact'],
  },
  {
    name: 'home page with nothing to fill in',
    notice: SHOP,
    title: 'Lamp Shop: lamps for reading',
    headings: ['Lamps for reading'],
    path: '/',
    here: [],
    not: [
      'When you place an order',
      'Applying for a job with us',
      'Your customer account',
      'Prize draws',
      'When you contact customer service',
    ],
  },
  {
    name: 'software: consent tool and a chat',
    notice: ['Cookies', 'Live chat', 'Advertising', 'Handling enquiries'],
    title: 'Pricing',
    headings: ['Plans'],
    hosts: ['widget.intercom.io', 'cdn.cookielaw.org'],
    signals: ['OneTrust'],
    here: ['Cookies', 'Live chat'],
    not: ['Handling enquiries'],
  },
];
