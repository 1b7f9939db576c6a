// Pages of our own whose forms are of a kind that few sites have, each under a notice of its trade: who brings a vacancy and who applies for
// one, who advertises and who is shown adverts, a refund and a lost bag.
import { plain, type WholePage } from './whole-pages.fixture.ts';

export const NOTICES_OF_TRADES = {
  recruiter: `# Privacy policy

Marlow Bridge Recruitment Ltd is the controller. Write to privacy@marlowbridge.example.

## Candidates

When you register with us or send us your CV we use your work history, qualifications and right to work documents to introduce you to employers. We rely on our legitimate interests as a recruitment business.

## Clients

If you are an employer who asks us to fill a vacancy, we hold your name, job title and business contact details. Processing is necessary for the performance of our contract with your organisation.

## Temporary workers

Once you are on assignment we process your timesheets, bank details and holiday in order to pay you, which is necessary for the contract between us.

## Referees

If a candidate names you as a referee we contact you for a reference. This is in our legitimate interests.

## Salary guides and market updates

We send salary surveys and insights by email if you consent.

## Visitors to our website

We use cookies for statistics with your consent.
`,
  newspaper: `# Privacy notice of the Eastmoor Gazette

Eastmoor Gazette Media Ltd is the data controller. dpo@eastmoorgazette.example

## Readers with an account

If you register to comment or save stories, we process your email address and display name to perform our contract with you.

## Subscribers

We process your name, delivery address and payment details in order to supply your subscription, which is necessary for a contract.

## Advertisers

If you place an advert or a family notice with us, we use your details to publish and invoice it. This is necessary for our contract with you.

## News tips and letters to the editor

We use what you send our newsroom for journalism, which is in our legitimate interests.

## Competitions and reader offers

We use your entry to pick and notify winners, on the basis of our legitimate interests.

## Email newsletters

We send our morning briefing with your consent.

## Advertising on our site

Our partners use cookies to show personalised ads with your consent.
`,
  airline: `# Skerry Air privacy notice

Skerry Air plc is responsible for your data. privacy@skerryair.example

## Booking and travel

We use passenger names, dates of birth, passport details and payment card details to make and manage your booking. This is necessary for the performance of our contract with you.

## Advance passenger information

We are required by law to send passport details to border authorities; this is a legal obligation.

## Special assistance

If you tell us of a need for a wheelchair or other help, we use it to arrange the assistance, to comply with our legal obligations.

## Delayed, lost or damaged baggage

We use the details in your report and claim to trace and compensate. This is necessary to perform the contract of carriage.

## Refunds and delay compensation

We use your booking reference and bank details to pay refunds and compensation, which the law obliges us to do.

## Frequent flyer club

If you join the Tern Club we record your points and tier. This is necessary for our contract with you.

## Customer support

We answer questions by form, phone and chat, based on our legitimate interests.

## Marketing emails

We send offers with your consent.
`,
  bank: `# How Corran Building Society uses your information

Corran Building Society is the data controller. dpo@corran.example

## Applying for a mortgage

We use your income, outgoings and credit history to decide whether to lend. This is necessary to take steps at your request before entering into a contract.

## Savings accounts

We use your details to open and run your savings account, which is necessary for our contract with you.

## Identity checks and preventing financial crime

We verify your identity and screen against sanctions lists. This is a legal obligation.

## Insurance

If you ask for a quote for home or travel insurance, we pass your details to our insurer so as to take steps prior to a contract.

## Complaints

We record complaints because the law obliges us to.

## Online banking

When you log in we record your device and sign-in times, in our legitimate interest in security.

## Members' votes and AGM

We hold your vote in the annual general meeting to comply with legal obligations.

## Branch appointments

We use your contact details to book an appointment with an adviser, on the basis of legitimate interests.

## Marketing

We tell you about products if you consent.
`,
  landlord: `# Privacy statement

Tidewell Homes (a housing association) is the data controller. data@tidewell.example

## Applying for a home

We use your household, income and current address to assess your application, to take steps before entering into a contract.

## Your tenancy

We use your details to manage your tenancy and collect rent. This is necessary for our contract with you.

## Repairs

We share your name, address and phone number with contractors who carry out repairs, to perform our contract with you.

## Anti-social behaviour

We record reports of nuisance in our legitimate interests and those of your neighbours.

## Shared ownership and sales

We use your details to arrange viewings and sell you a home, to take steps at your request before a contract.

## Contractors and suppliers

We use business contact details to manage our contracts, on the basis of legitimate interests.

## Board members and volunteers

We process applications to join our board on the basis of legitimate interests.

## Recording of calls and CCTV

We record calls and images for safety, which is a legitimate interest.
`,
  museum: `# Privacy notice

The Aldergate Museum Trust is controller. privacy@aldergate.example

## Tickets and visits

We use your details to send tickets for exhibitions and events, which is necessary for our contract.

## Membership and patrons

We use your details to run your membership. This is necessary for our contract with you.

## Donations and legacies

We record gifts and Gift Aid declarations. Gift Aid is a legal obligation.

## Shop

We use your address to deliver what you buy in our shop, to perform our contract.

## Image licensing and research enquiries

If you ask to see an object or to license an image we use your details to answer you, in our legitimate interests.

## Group and school visits

We use the teacher's contact details to arrange your visit, on the basis of legitimate interests.

## Venue hire

If you ask about a wedding or a corporate event in our galleries, we use your details to prepare a quote at your request before entering into a contract.

## Newsletter

We send our newsletter with your consent.

## Cookies

We use Google Analytics with your consent.
`,
  hosting: `# Privacy policy

Loomly Hosting GmbH trades as Ferrydock. Ferrydock Ltd is the controller. privacy@ferrydock.example

## Account registration

We process your email address and password to create your account, in order to perform our contract with you.

## Domain registration

We pass registrant details to the registry because this is necessary to perform the contract.

## Billing

We use card details and VAT numbers to take payment, which is necessary for the contract and for legal obligations.

## Support tickets

We use what you write to us to solve your problem, in order to perform our contract.

## Sales enquiries and demos

We use your business contact details to show you our product, based on legitimate interests.

## Abuse reports

We process reports of phishing and spam hosted with us on the basis of legitimate interests.

## Affiliates and resellers

We process your bank details to pay commission, to perform our contract with you.

## Status notifications

We send you notices of outages if you consent.

## Job applicants

We process applications in order to take steps prior to entering into a contract.
`,
  crowd: `# Kindleway privacy policy

Kindleway Ltd is the controller. privacy@kindleway.example

## Backers

When you pledge to a project we use your name, payment card and delivery address to collect your pledge, which is necessary for our contract with you.

## Project creators

If you start a project we verify your identity and bank account to pay you out. This is a legal obligation.

## Reporting a project

If you report a project we use your report to investigate it, in our legitimate interests.

## Inviting friends

If you give us a friend's email we send one invitation, on the basis of legitimate interests.

## Surveys

We ask what you think of us, on the basis of legitimate interests.

## Updates by email

We send a weekly digest with your consent.
`,
  vhs: `# Datenschutzerklärung

Verantwortlich ist die Volkshochschule Lindau-Süd e. V., datenschutz@vhs-lindau-sued.example.

## Kursanmeldung

Für die Anmeldung zu Kursen verarbeiten wir Name, Anschrift, Geburtsjahr und Bankverbindung. Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Kontaktformular

Wenn Sie uns schreiben, verarbeiten wir Ihre Angaben zur Beantwortung. Rechtsgrundlage ist Art. 6 Abs. 1 lit. f DSGVO.

## Newsletter

Den Newsletter versenden wir nur mit Ihrer Einwilligung (Art. 6 Abs. 1 lit. a DSGVO).

## Kursleitende

Wer bei uns unterrichten möchte, übermittelt uns seine Qualifikationen. Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Bewerbungen

Bewerbungsunterlagen verarbeiten wir auf Grundlage von Art. 6 Abs. 1 lit. b DSGVO.

## Kartendienst OpenStreetMap

Wir binden Karten auf Grundlage unserer berechtigten Interessen ein (Art. 6 Abs. 1 lit. f DSGVO).

## Vereinsmitgliedschaft

Für die Mitgliedschaft verarbeiten wir Ihre Daten zur Erfüllung des Vertrags (Art. 6 Abs. 1 lit. b DSGVO).
`,
  vet: `# Privacy notice

Fernbank Vets Ltd is the controller.

## Clients and their animals

We keep the name, address and phone number of owners together with the clinical history of their pets. This is necessary for our contract with you.

## Pet health plan

We collect monthly payments by direct debit for members of our plan. This is necessary for our contract with you.

## Repeat medication

We use your request to prepare medicines. This is necessary for our contract with you.

## Insurance claims

We share clinical notes with your pet insurer. We do this with your consent.

## Students on placement

We hold details of veterinary students who see practice with us. We rely on our legitimate interests.

## Reminders

We text you when vaccinations are due. We rely on our legitimate interests.

## Website

We use cookies to count visits. We do this with your consent.
`,
  tierheim: `# Datenschutz

Verantwortlich ist der Tierschutzverein Kleinau e. V.

## Vermittlung von Tieren

Für die Selbstauskunft verarbeiten wir Angaben zu Ihrer Wohnsituation (Art. 6 Abs. 1 lit. b DSGVO).

## Patenschaften

Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Spenden

Zuwendungsbestätigungen stellen wir aufgrund rechtlicher Verpflichtung aus (Art. 6 Abs. 1 lit. c DSGVO).

## Fundtiere

Meldungen verarbeiten wir im öffentlichen Interesse (Art. 6 Abs. 1 lit. e DSGVO).

## Ehrenamt

Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Mitgliedsantrag

Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.
`,
  dating: `# Privacy notice

Tandemheart Ltd is the controller.

## Creating your profile

We use your name, birthday, gender and photos to show your profile. This is necessary for our contract with you.

## Verifying your age and photos

We compare a selfie with your photos. We do this with your consent.

## Premium features

We take payment. This is necessary for our contract with you.

## Safety reports

We review reports about other people. We rely on our legitimate interests.

## Success stories

We publish your story. We do this with your consent.

## Location

We use your position to suggest people nearby. We do this with your consent.

## Ads

We show personalised advertising. We do this with your consent.
`,
  rivers: `# Privacy notice

Rivermend is the controller.

## Supporters who give

We record gifts. We rely on our legitimate interests.

## Event participants

We use entries. This is necessary for our contract with you.

## Volunteers

We use references. We rely on our legitimate interests.

## People we help

We keep case notes. We rely on our legitimate interests.

## E-newsletter

We send news. We do this with your consent.
`,
  estate: `# Privacy notice

Hobb & Lane is the controller.

## Buyers and tenants looking for a home

We match you to properties. We rely on our legitimate interests.

## Sellers and landlords

We value and market your property. This is necessary for our contract with you.

## Tenant referencing

We check income and references. We rely on our legitimate interests.

## Maintenance requests

We send contractors. This is necessary for our contract with you.

## Anti-money-laundering checks

We verify identity. This is a legal obligation.

## Property alerts

We send alerts. We do this with your consent.

## Working at Hobb & Lane

We read CVs. We rely on our legitimate interests.
`,
  publisher: `# Privacy notice

Fenwick Press is the controller.

## Authors and submissions

We read manuscripts. We rely on our legitimate interests.

## Bookshop orders

We deliver books. This is necessary for our contract with you.

## Reviewers and media

We send review copies. We rely on our legitimate interests.

## Permissions requests

We answer requests to reproduce. We rely on our legitimate interests.

## Inspection copies for lecturers

We send copies to teachers. We rely on our legitimate interests.

## Reading group newsletter

We send news. We do this with your consent.

## Literary prize

We judge entries. This is necessary for our contract with you.
`,
  hochschule: `# Datenschutzerklärung

Verantwortlich ist die Hochschule Ellern, datenschutz@hs-ellern.example.

## Bewerbung um einen Studienplatz

Rechtsgrundlage ist Art. 6 Abs. 1 lit. e DSGVO.

## Stellenbewerbungen

Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Anmeldung zu Veranstaltungen

Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Hochschulbibliothek

Rechtsgrundlage ist Art. 6 Abs. 1 lit. e DSGVO.

## Studienberatung

Rechtsgrundlage ist Art. 6 Abs. 1 lit. e DSGVO.

## Alumni-Netzwerk

Rechtsgrundlage ist Art. 6 Abs. 1 lit. a DSGVO.

## Evaluation von Lehrveranstaltungen

Rechtsgrundlage ist Art. 6 Abs. 1 lit. e DSGVO.

## Newsletter

Rechtsgrundlage ist Art. 6 Abs. 1 lit. a DSGVO.
`,
};

const NEWS_AT_THE_FOOT = `<form class="footer-news"><label>Email<input type="email" name="nl_email"></label><button>Subscribe</button></form><a href="/privacy">Privacy</a>`;

export const PAGES_OF_TRADES: readonly WholePage<keyof typeof NOTICES_OF_TRADES>[] = [
  {
    name: 'recruiter-vacancy-brief',
    of: 'recruiter',
    leadsTo: '/privacy',
    here: ['Clients'],
    may: ['Visitors'],
    html: plain(
      `Marlow Bridge`,
      'en',
      `Submit a vacancy | Marlow Bridge`,
      `<h1>Tell us about your vacancy</h1><form id="vacancy" method="post"><label for="c">Company name</label><input id="c" name="company" autocomplete="organization"><label for="n">Your name</label><input id="n" name="contact_name"><label for="e">Work email</label><input id="e" type="email" name="email"><label for="j">Job title of the role</label><input id="j" name="role_title"><label for="s">Salary range</label><input id="s" name="salary"><label for="d">Job description</label><input id="d" type="file" name="job_spec"><button>Submit vacancy</button></form>`,
      {
        nav: `<a href="/jobs">Find a job</a><a href="/employers">Employers</a>`,
        footer: `<a href="/privacy">Privacy policy</a>`,
      },
    ),
  },
  {
    name: 'recruiter-timesheet',
    of: 'recruiter',
    leadsTo: '/privacy',
    here: ['Temporary workers'],
    may: ['Visitors'],
    html: plain(
      `Marlow Bridge`,
      'en',
      `Timesheets`,
      `<h1>Submit your timesheet</h1><form id="ts"><label>Week ending<input type="date" name="week_ending"></label><label>Worker name<input name="worker"></label><label>Hours worked Monday<input type="number" name="mon"></label><label>Hours worked Tuesday<input type="number" name="tue"></label><label>Client approver email<input type="email" name="approver"></label><button>Submit timesheet</button></form>`,
      { footer: `<a href="/privacy">Privacy policy</a>` },
    ),
  },
  {
    name: 'recruiter-cv',
    of: 'recruiter',
    leadsTo: '/privacy',
    here: ['Candidates'],
    may: ['Visitors'],
    html: plain(
      `Marlow Bridge`,
      'en',
      `Upload your CV`,
      `<h1>Register with us</h1><form><label>First name<input name="fn" autocomplete="given-name"></label><label>Email<input type="email" name="em"></label><label>Current job title<input name="jt"></label><label>Upload CV<input type="file" name="cv" accept=".pdf,.docx"></label><label>Do you have the right to work in the UK?<select name="rtw"><option>Yes</option></select></label><button>Register</button></form>`,
      { footer: `<a href="/privacy">Privacy policy</a>` },
    ),
  },
  {
    name: 'gazette-family-notice',
    of: 'newspaper',
    leadsTo: '/privacy',
    here: ['Advertisers', 'Advertising on our site'],
    may: [],
    html: plain(
      `Eastmoor Gazette`,
      'en',
      `Place a notice - Eastmoor Gazette`,
      `<h1>Place your notice</h1><form action="/adbooking/step2" method="post"><label for="t">Type of notice</label><select id="t" name="category"><option>Death notice</option><option>In memoriam</option><option>Birthday</option></select><label for="x">Wording of your advert</label><textarea id="x" name="adtext"></textarea><label for="p">Date of publication</label><input type="date" id="p" name="pubdate"><label for="n">Your name</label><input id="n" name="name"><label for="tel">Phone</label><input id="tel" type="tel" name="tel"><button>Continue</button></form>`,
      {
        head: `<script async src="https://securepubads.g.doubleclick.net/tag/js/gpt.js"></script>`,
        footer: `<a href="/privacy">Privacy notice</a>`,
      },
    ),
  },
  {
    name: 'gazette-letter',
    of: 'newspaper',
    leadsTo: '/privacy',
    here: ['News tips'],
    may: [],
    html: plain(
      `Eastmoor Gazette`,
      'en',
      `Send us your letter`,
      `<h1>Letters to the editor</h1><p>Please keep letters under 250 words.</p><form><label>Name for publication<input name="n"></label><label>Town<input name="town"></label><label>Daytime phone number (not for publication)<input type="tel" name="p"></label><label>Your letter<textarea name="letter"></textarea></label><button>Send letter</button></form>`,
      { footer: `<a href="/privacy">Privacy notice</a>` },
    ),
  },
  {
    name: 'airline-refund',
    of: 'airline',
    leadsTo: '/privacy',
    here: ['Refunds'],
    may: ['Booking and travel', 'Customer support'],
    html: plain(
      `Skerry Air`,
      'en',
      `Claim compensation`,
      `<h1>Request a refund or compensation</h1><form><label>Booking reference<input name="pnr"></label><label>Flight number<input name="flight"></label><label>Date of flight<input type="date" name="d"></label><label>Reason for your claim<select name="r"><option>Delay over 3 hours</option><option>Cancellation</option></select></label><label>IBAN<input name="iban"></label><button>Submit claim</button></form>`,
      { footer: `<a href="/privacy">Privacy notice</a>` },
    ),
  },
  {
    name: 'airline-baggage',
    of: 'airline',
    leadsTo: '/privacy',
    here: ['Delayed, lost'],
    may: ['Customer support'],
    html: plain(
      `Skerry Air`,
      'en',
      `Damaged bag report`,
      `<h1>Report a missing or damaged bag</h1><form><label>Bag tag number<input name="tag"></label><label>Property irregularity reference<input name="pir"></label><label>Describe your bag<textarea name="desc"></textarea></label><label>Delivery address<input name="addr" autocomplete="street-address"></label><label>Email<input type="email" name="em"></label><button>Send report</button></form>`,
      { footer: `<a href="/privacy">Privacy notice</a>` },
    ),
  },
  {
    name: 'bank-mortgage',
    of: 'bank',
    leadsTo: '/privacy',
    here: ['Applying for a mortgage'],
    may: ['Identity checks', 'Marketing'],
    html: plain(
      `Corran`,
      'en',
      `Get a decision in principle`,
      `<h1>Decision in principle</h1><form><label>Annual income before tax<input name="inc" inputmode="numeric"></label><label>Monthly outgoings<input name="out"></label><label>Property value<input name="pv"></label><label>Deposit<input name="dep"></label><label>Employment status<select name="emp"><option>Employed</option></select></label><label>Date of birth<input name="dob" autocomplete="bday"></label><button>See how much you could borrow</button></form>`,
      { footer: `<a href="/privacy">How we use your information</a>` },
    ),
  },
  {
    name: 'landlord-repair',
    of: 'landlord',
    leadsTo: '/privacy',
    here: ['Repairs'],
    may: ['Your tenancy'],
    html: plain(
      `Tidewell Homes`,
      'en',
      `Report a repair`,
      `<h1>Request a repair</h1><form><label>Tenancy reference<input name="tref"></label><label>Address<input name="a" autocomplete="street-address"></label><label>What needs fixing?<textarea name="fix"></textarea></label><label>When can we visit?<select name="slot"><option>Morning</option></select></label><label>Phone<input type="tel" name="p"></label><button>Request repair</button></form>`,
      { footer: `<a href="/privacy">Privacy statement</a>` },
    ),
  },
  {
    name: 'landlord-asb',
    of: 'landlord',
    leadsTo: '/privacy',
    here: ['Anti-social'],
    may: [],
    html: plain(
      `Tidewell Homes`,
      'en',
      `Report nuisance`,
      `<h1>Report noise or nuisance</h1><form><label>What happened?<textarea name="what"></textarea></label><label>When did it happen?<input type="datetime-local" name="when"></label><label>Who is involved?<input name="who"></label><label>Your name (optional)<input name="n"></label><button>Send report</button></form>`,
      { footer: `<a href="/privacy">Privacy statement</a>` },
    ),
  },
  {
    name: 'museum-wedding',
    of: 'museum',
    leadsTo: '/privacy',
    here: ['Venue hire', 'Cookies'],
    may: [],
    html: plain(
      `Aldergate Museum`,
      'en',
      `Weddings at the Aldergate`,
      `<h1>Weddings and private hire</h1><p>Celebrate beneath the whale.</p><h2>Enquire</h2><form><label>Your name<input name="n"></label><label>Email<input type="email" name="e"></label><label>Type of event<select name="t"><option>Wedding</option><option>Dinner</option></select></label><label>Preferred date<input type="date" name="d"></label><label>Number of guests<input type="number" name="g"></label><label>Budget<input name="b"></label><button>Enquire</button></form>`,
      {
        head: `<script async src="https://www.googletagmanager.com/gtag/js?id=G-XYZ1234567"></script>`,
        footer: `<a href="/privacy">Privacy</a>`,
      },
    ),
  },
  {
    name: 'saas-domain',
    of: 'hosting',
    leadsTo: '/legal/privacy',
    here: ['Domain registration'],
    may: ['Account registration', 'Billing'],
    html: plain(
      `Ferrydock`,
      'en',
      `Find your domain | Ferrydock`,
      `<h1>Find the perfect domain</h1><form action="/domains/search"><input name="domain" placeholder="yourname.com" aria-label="Domain name"><button>Check availability</button></form><ul><li>.com £9</li><li>.uk £5</li></ul>`,
      { nav: `<a href="/login">Log in</a>`, footer: `<a href="/legal/privacy">Privacy</a>` },
    ),
  },
  {
    name: 'crowd-pledge',
    of: 'crowd',
    leadsTo: '/privacy',
    here: ['Backers'],
    may: ['Updates by email'],
    html: plain(
      `Kindleway`,
      'en',
      `Back The Salt Loom`,
      `<h1>Back this project</h1><form><fieldset><legend>Choose a reward</legend><label><input type="radio" name="reward" value="25">£25 A signed print</label></fieldset><label>Bonus support<input name="bonus" type="number"></label><label>Name on card<input autocomplete="cc-name"></label><label>Card number<input autocomplete="cc-number"></label><label>Expiry<input autocomplete="cc-exp"></label><button>Pledge £25</button></form>`,
      { footer: `<a href="/privacy">Privacy policy</a>` },
    ),
  },
  {
    name: 'vhs-kurs',
    of: 'vhs',
    leadsTo: '/datenschutz',
    here: ['Kursanmeldung'],
    may: ['Newsletter'],
    html: plain(
      `VHS Lindau-Süd`,
      'de',
      `Anmeldung: Spanisch A1`,
      `<h1>Spanisch A1 – Anmeldung</h1><form><label>Vorname<input name="vn"></label><label>Nachname<input name="nn"></label><label>Geburtsjahr<input name="gj"></label><label>IBAN<input name="iban"></label><label>Kontoinhaber/in<input name="kto"></label><label><input type="checkbox" name="sepa"> Ich erteile ein SEPA-Lastschriftmandat</label><button>Verbindlich anmelden</button></form>`,
      { footer: `<a href="/datenschutz">Datenschutz</a>` },
    ),
  },
  {
    name: 'vet-register',
    of: 'vet',
    leadsTo: '/privacy',
    here: ['Clients and their animals'],
    may: ['Website'],
    html: plain(
      `Fernbank Vets`,
      'en',
      `Register your pet`,
      `<h1>Register your pet</h1><form><label>Your name<input name="owner"></label><label>Address<textarea name="addr"></textarea></label><label>Mobile<input type="tel"></label><label>Pet's name<input name="pet"></label><label>Species and breed<input name="breed"></label><label>Microchip number<input name="chip"></label><label>Previous vet<input name="prev"></label><button>Register</button></form>`,
      { footer: `<a href="/privacy">Privacy</a>` },
    ),
  },
  {
    name: 'vet-repeat',
    of: 'vet',
    leadsTo: '/privacy',
    here: ['Repeat medication'],
    may: ['Website'],
    html: plain(
      `Fernbank Vets`,
      'en',
      `Order repeat prescription`,
      `<h1>Order a repeat prescription</h1><form><label>Surname<input name="s"></label><label>Pet's name<input name="pet"></label><label>What do you need?<textarea name="items"></textarea></label><label>Collection branch<select name="b"><option>High Street</option></select></label><button>Request</button></form>`,
      { footer: `<a href="/privacy">Privacy</a>` },
    ),
  },
  {
    name: 'tier-selbstauskunft',
    of: 'tierheim',
    leadsTo: '/datenschutz',
    here: ['Vermittlung'],
    may: [],
    html: plain(
      `Tierheim Kleinau`,
      'de',
      `Selbstauskunft Hund`,
      `<h1>Selbstauskunft für Interessenten</h1><form><label>Name<input name="n"></label><label>Wohnen Sie zur Miete?<select name="m"><option>Ja</option></select></label><label>Wie viele Stunden ist das Tier allein?<input name="h"></label><label>Kinder im Haushalt<input name="k"></label><button>Absenden</button></form>`,
      { footer: `<a href="/datenschutz">Datenschutz</a>` },
    ),
  },
  {
    name: 'dating-report',
    of: 'dating',
    leadsTo: '/privacy',
    here: ['Safety reports'],
    may: [],
    html: plain(
      `Tandemheart`,
      'en',
      `Report someone`,
      `<h1>Report a profile</h1><form><label>Their profile link<input name="u"></label><label>What happened?<textarea name="t"></textarea></label><label>Screenshot<input type="file" name="f"></label><button>Send report</button></form>`,
      { footer: `<a href="/privacy">Privacy</a>` },
    ),
  },
  {
    name: 'dating-signup',
    of: 'dating',
    leadsTo: '/privacy',
    here: ['Creating your profile'],
    may: ['Location'],
    html: plain(
      `Tandemheart`,
      'en',
      `Join Tandemheart`,
      `<h1>Create your profile</h1><form><label>First name<input name="fn"></label><label>Birthday<input autocomplete="bday" name="bd"></label><label>I am<select name="g"><option>Woman</option></select></label><label>Looking for<select name="l"><option>Men</option></select></label><label>Email<input type="email" name="e"></label><label>Password<input type="password" autocomplete="new-password"></label><button>Join</button></form>`,
      { footer: `<a href="/privacy">Privacy</a>` },
    ),
  },
  {
    name: 'rivers-run',
    of: 'rivers',
    leadsTo: '/privacy',
    here: ['Event participants'],
    may: ['E-newsletter', 'Supporters'],
    html: plain(
      'Rivermend',
      'en',
      'River Run 10k',
      `<h1>River Run 10k</h1><form><label>Runner name<input name="n"></label><label>Emergency contact<input name="ec"></label><label>T-shirt size<select name="ts"><option>M</option></select></label><label>Fundraising target<input name="ft"></label><button>Enter the run</button></form>`,
      { footer: NEWS_AT_THE_FOOT },
    ),
  },
  {
    name: 'rivers-front',
    of: 'rivers',
    leadsTo: '/privacy',
    here: [],
    may: ['E-newsletter'],
    html: plain(
      'Rivermend',
      'en',
      'Rivermend | Cleaner rivers for everybody',
      `<h1>Cleaner rivers for everybody</h1><h2>Volunteer</h2><p>Join us on Saturday.</p><h2>Donate</h2><a href="/donate">Donate</a>`,
      { footer: NEWS_AT_THE_FOOT },
    ),
  },
  {
    name: 'es-viewing',
    of: 'estate',
    leadsTo: '/privacy',
    here: ['Buyers and tenants'],
    may: ['Property alerts'],
    html: plain(
      `Hobb & Lane`,
      'en',
      `3 bed terrace, Mill Lane`,
      `<h1>3 bed terrace, Mill Lane: £245,000</h1><form><h2>Request a viewing</h2><label>Name<input name="n"></label><label>Phone<input type="tel" name="p"></label><label>Do you have a property to sell?<select name="s"><option>No</option></select></label><button>Request viewing</button></form>`,
      { footer: `<a href="/privacy">Privacy</a>` },
    ),
  },
  {
    name: 'es-valuation',
    of: 'estate',
    leadsTo: '/privacy',
    here: ['Sellers and landlords'],
    may: [],
    html: plain(
      `Hobb & Lane`,
      'en',
      `Book a valuation`,
      `<h1>What is your home worth?</h1><form><label>Property address<input name="a"></label><label>Bedrooms<input type="number" name="b"></label><label>Name<input name="n"></label><label>Phone<input type="tel" name="p"></label><button>Book free valuation</button></form>`,
      { footer: `<a href="/privacy">Privacy</a>` },
    ),
  },
  {
    name: 'pub-manuscript',
    of: 'publisher',
    leadsTo: '/privacy',
    here: ['Authors and submissions'],
    may: [],
    html: plain(
      `Fenwick Press`,
      'en',
      `Submit your work`,
      `<h1>Submit your manuscript</h1><form><label>Author name<input name="n"></label><label>Title of work<input name="t"></label><label>Genre<input name="g"></label><label>Synopsis<textarea name="s"></textarea></label><label>First three chapters<input type="file" name="f"></label><button>Submit</button></form>`,
      { footer: `<a href="/privacy">Privacy</a>` },
    ),
  },
  {
    name: 'hs-studium',
    of: 'hochschule',
    leadsTo: '/datenschutz',
    here: ['Bewerbung um einen'],
    may: [],
    html: plain(
      `HS Ellern`,
      'de',
      `Online-Bewerbung Master Bauwesen`,
      `<h1>Jetzt für das Masterstudium bewerben</h1><form><label>Vorname<input name="v"></label><label>Nachname<input name="n"></label><label>Hochschulzugangsberechtigung<input name="h"></label><label>Abschlussnote<input name="a"></label><label>Zeugnisse<input type="file" name="z"></label><button>Bewerbung absenden</button></form>`,
      { footer: `<a href="/datenschutz">Datenschutz</a>` },
    ),
  },
  {
    name: 'hs-eval',
    of: 'hochschule',
    leadsTo: '/datenschutz',
    here: ['Evaluation'],
    may: [],
    html: plain(
      `HS Ellern`,
      'de',
      `Lehrevaluation`,
      `<h1>Wie fanden Sie die Vorlesung?</h1><form><label>Lehrveranstaltung<input name="l"></label><label>Gesamtnote<select name="g"><option>1</option></select></label><label>Anmerkungen<textarea name="t"></textarea></label><button>Bogen abschicken</button></form>`,
      { footer: `<a href="/datenschutz">Datenschutz</a>` },
    ),
  },
];
