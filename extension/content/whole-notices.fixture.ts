// Notices of our own in prose, as sites write them: sections, items, a table, in English, German and French. The pages under them are in
// whole-pages.fixture.ts.
export const NOTICES = {
  clinic: `# Privacy notice

Larkfield Road Surgery is the controller of the personal data described in this notice. You can reach our data protection officer at dpo@larkfieldsurgery.example.

## Registering as a patient

When you register with the practice we ask for your name, address, date of birth, NHS number and previous GP. We process this because it is necessary for the performance of a task carried out in the public interest (Article 6(1)(e)).

## Appointments and your care

We keep a record of your appointments, consultations, test results and referrals. The lawful basis is Article 6(1)(e), public task.

## Repeat prescriptions

If you order medication online we pass your request to the pharmacy that you nominated. This is part of our public task.

## Patient participation group

If you join our patient group we hold your name and email address on the basis of your consent.

## Feedback and complaints

We use what you tell us in surveys, the Friends and Family Test and complaints to improve the service. We have a legal obligation to handle complaints.

## People who apply to work here

We process the details in your application in order to take steps prior to entering into a contract.

## CCTV

Cameras record the car park and the reception area. We rely on our legitimate interests in keeping people safe.

## Our website

We use analytics cookies with your consent to see which pages are read.
`,
  shop: `# Privacy policy

Northgate Lamps Ltd (we, us) is the controller and responsible for your personal data. Contact: privacy@northgatelamps.example

## Purposes for which we will use your personal data

| Purpose/Activity | Type of data | Lawful basis for processing |
| --- | --- | --- |
| To register you as a new customer | (a) Identity (b) Contact | Performance of a contract with you |
| To process and deliver your order, including managing payments, fees and charges, and collecting money owed to us | (a) Identity (b) Contact (c) Financial (d) Transaction | (a) Performance of a contract with you (b) Necessary for our legitimate interests (to recover debts due to us) |
| To manage our relationship with you, which will include notifying you about changes to our terms and asking you to leave a review | (a) Identity (b) Contact (c) Profile | (a) Performance of a contract with you (b) Necessary to comply with a legal obligation |
| To enable you to partake in a prize draw or competition | (a) Identity (b) Contact | Performance of a contract with you |
| To administer and protect our business and this website (including troubleshooting, testing, system maintenance and hosting of data) | (a) Technical | Necessary for our legitimate interests |
| To deliver relevant website content and advertisements to you and measure their effectiveness | (a) Usage (b) Technical | Necessary for our legitimate interests |
| To use data analytics to improve our website, products, marketing and customer experiences | (a) Technical (b) Usage | Consent |
| To send you our newsletter and make suggestions about goods that may interest you | (a) Identity (b) Contact (c) Marketing | Consent |
`,
  uni: `# How the University uses personal information

The University of Stowell is the data controller. Data Protection Officer: dataprotection@stowell.example.

## Enquirers and applicants for study

We hold the details that you give when you enquire about a course, order a prospectus, book an open day or apply. We process applications to take steps at your request before entering into a contract.

## Students

We process student records because it is necessary for the performance of the contract between you and the University.

## Alumni and supporters

We keep in touch with former students and donors. Our lawful basis is legitimate interests.

## Participants in research

Research is a task in the public interest. You will be given an information sheet for each study.

## Conference guests and event attendees

We use booking details to run events, on the basis of legitimate interests.

## Short courses and professional development

If you book one of our short courses we process your details to perform our contract with you.

## Applicants for jobs

We use application forms, references and interview notes in order to take steps prior to an employment contract.

## Visitors to campus, CCTV and car parks

We record images for the prevention of crime, which is in our legitimate interests.

## Website visitors

With your consent we use cookies to measure how our website is used.
`,
  charity: `# Haven Trust privacy policy

Haven Trust (charity 299999) is the controller. Write to data@haventrust.example.

## When you give us money

We record your gift, your payment details and whether Gift Aid can be claimed. Claiming Gift Aid is a legal obligation; otherwise we rely on legitimate interests.

## When you take part in a challenge or fundraising event

We need your emergency contact and your fundraising target. This is necessary for our contract with you.

## When you volunteer

We use your application, references and any DBS check in our legitimate interest in recruiting suitable volunteers.

## When you use our support services

We record conversations with our advisers on the helpline and in web chat so that we can help you. We rely on legitimate interests.

## When you support a campaign

If you sign a petition or write to your MP through our website, we pass your name on with your consent.

## When you leave us a gift in your will

We keep your intentions on file in our legitimate interests.

## Keeping you up to date

We send appeals and news by email with your consent, and by post in our legitimate interests.

## When you apply for a paid role

We process your application to take steps before entering into a contract.

## When you visit our website

We use cookies for statistics with your consent.
`,
  saas: `# Privacy Notice

Brightdesk Inc. and Brightdesk Ltd ("Brightdesk") are joint controllers. Contact privacy@brightdesk.example.

## How we use your information

- **Sales enquiries and demonstrations.** If you ask for a demo or a quote we use your business contact details to respond. Legal basis: legitimate interests.
- **Your account.** We process your name, email address and password to create and run your account. Legal basis: performance of a contract.
- **Billing.** Our payment provider processes your card details when you buy a subscription. Legal basis: performance of a contract.
- **Support.** We process tickets, calls and live chat transcripts to solve your problem. Legal basis: legitimate interests.
- **Webinars and events.** We process registrations to run the event and follow up. Legal basis: legitimate interests.
- **Marketing emails.** We send product news if you opted in. Legal basis: consent.
- **Job applications.** We assess candidates. Legal basis: steps prior to a contract.
- **Partner programme.** We process the details of resellers. Legal basis: legitimate interests.
- **Analytics and cookies.** We measure the use of our site. Legal basis: consent.
- **Mobile application.** Our app collects device identifiers and crash reports. Legal basis: legitimate interests.
`,
  agent: `# Privacy

Lakeside Estate Agents LLP is the controller. Email hello@lakeside-homes.example.

## If you are looking for a property

We register your requirements and arrange viewings. We do this in our legitimate interests.

## If you are selling or letting your property

We value your home and market it under a contract with you. We must also check your identity: this is a legal obligation.

## If you are a tenant

We carry out referencing and manage the tenancy under a contract with you.

## Mortgage and conveyancing referrals

We pass your details on to a broker or a solicitor with your consent.

## Property alerts and newsletters

We send you emails about new homes with your consent.

## If you simply get in touch

We answer your message in our legitimate interests.

## Cookies on this site

We set statistics and advertising cookies with your consent.
`,
  insurer: `# Merrow Insurance: how we use your data

Merrow Insurance Services Limited is the data controller. DPO: dpo@merrow.example.

## Quotations

We use the information that you and credit reference agencies give us to calculate a price. This is necessary to take steps prior to entering into a contract.

## Running your policy

We set up, change, renew and cancel your policy. This is necessary for the performance of our contract.

## Claims

We investigate and settle claims by you or against you. This is necessary for the performance of our contract and for our legitimate interests.

## Fraud prevention

We share data with anti-fraud databases in our legitimate interests.

## Telephone calls

We record calls for training in our legitimate interests.

## Complaints

We are under a legal obligation to investigate complaints.

## Direct marketing

We tell you about our other products with your consent.

## Working for us

We process applications with a view to an employment contract.

## Cookies

We use cookies with your consent.
`,
  werke: `# Datenschutzerklärung

Verantwortlicher ist die Stadtwerke Auenheim GmbH, Am Kraftwerk 1, 99999 Auenheim. Datenschutzbeauftragter: datenschutz@sw-auenheim.example

## Server-Logfiles

Beim Aufruf unserer Website werden IP-Adresse und Zeitpunkt gespeichert. Rechtsgrundlage ist Art. 6 Abs. 1 lit. f DSGVO.

## Kontaktaufnahme

Wenn Sie uns über das Formular oder per E-Mail schreiben, verarbeiten wir Ihre Angaben zur Beantwortung. Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Terminvereinbarung im Kundenzentrum

Für die Buchung eines Termins verarbeiten wir Name und E-Mail-Adresse. Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Abschluss eines Strom- oder Gasvertrags

Wir verarbeiten Ihre Vertragsdaten, Zählernummer und Bankverbindung. Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Kundenportal

Für Ihr Kundenkonto verarbeiten wir Zugangsdaten und Zählerstände. Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Bewerbungen

Ihre Bewerbungsunterlagen verarbeiten wir zur Entscheidung über ein Beschäftigungsverhältnis. Rechtsgrundlage ist Art. 6 Abs. 1 lit. b DSGVO.

## Newsletter

Den Newsletter senden wir mit Ihrer Einwilligung, Art. 6 Abs. 1 lit. a DSGVO.

## Hinweisgebersystem

Meldungen nach dem Hinweisgeberschutzgesetz verarbeiten wir aufgrund einer rechtlichen Verpflichtung, Art. 6 Abs. 1 lit. c DSGVO.

## Videoüberwachung

Unsere Parkhäuser werden aufgrund berechtigter Interessen überwacht, Art. 6 Abs. 1 lit. f DSGVO.

## Webanalyse mit Matomo

Mit Ihrer Einwilligung werten wir die Nutzung unserer Website aus, Art. 6 Abs. 1 lit. a DSGVO.

## Google Maps

Wir binden Karten von Google ein. Rechtsgrundlage ist Ihre Einwilligung nach Art. 6 Abs. 1 lit. a DSGVO.

## YouTube-Videos

Videos werden erst nach Ihrer Einwilligung geladen, Art. 6 Abs. 1 lit. a DSGVO.
`,
  mairie: `# Politique de protection des données personnelles

La commune de Saint-Alban est responsable du traitement. Délégué à la protection des données : dpo@saint-alban.example

## Inscriptions scolaires et périscolaires

La commune traite les données des familles pour l'inscription des enfants à l'école, à la cantine et au centre de loisirs. La base légale est l'exécution d'une mission d'intérêt public.

## Prise de rendez-vous

Pour une carte d'identité ou un passeport, vos coordonnées sont traitées pour fixer un rendez-vous. Base légale : mission d'intérêt public.

## Lettre d'information

Votre adresse électronique est utilisée pour l'envoi de la lettre d'information, sur la base de votre consentement.

## Formulaire de contact

Vos demandes sont traitées sur la base de l'intérêt légitime de la commune à y répondre.

## Paiement en ligne

Le règlement des factures est traité pour l'exécution d'une obligation légale.

## Médiathèque

Les données des abonnés sont traitées pour gérer les prêts, sur la base du contrat.

## Recrutement

Les candidatures sont traitées aux fins de mesures précontractuelles.

## Vidéoprotection

Les caméras de la voie publique relèvent de la mission d'intérêt public.

## Mesure d'audience

Avec votre consentement, nous mesurons la fréquentation du site.
`,
  school: `# Privacy notices

Oakmere Academy Trust is the controller for the personal information used by its schools. DPO: dpo@oakmere.example

## Admissions

We use the details on application forms for a place to decide who can be offered one. This is necessary for a task in the public interest.

## Pupils and their families

We process pupil records, attendance and contact details of parents and carers. We do this to comply with a legal obligation and for our public task.

## Trips, clubs and school meals

We collect payments, consent slips and dietary needs. The basis is our public task.

## Job applicants

We process applications, references and pre-employment checks to take steps before a contract and to comply with a legal obligation.

## Governors and volunteers

We process appointment details and DBS checks because of a legal obligation.

## Visitors to our sites

We record visitors and run CCTV for our public task of keeping pupils safe.

## Hiring our facilities

We process the details of people and clubs that book our sports hall for the performance of a contract.

## Former pupils

We keep in touch with alumni with their consent.

## Photographs

We publish pictures of pupils with consent.
`,
  ferry: `# Privacy Policy

Skerry Line AS is the controller. Contact: privacy@skerryline.example

## When you book a crossing

We use passenger names, dates of birth, vehicle registrations and payment details to perform the contract of carriage.

## Passenger lists and border control

We are legally obliged to pass passenger lists on to authorities.

## Accessibility and special assistance

We process information about your needs with your consent.

## Skerry Club loyalty scheme

We run your membership, points and tier on the basis of our contract with you.

## Customer service and claims for delays

We answer your questions and handle compensation claims under a legal obligation.

## Wi-Fi on board

We log your device on the basis of our legitimate interests.

## Offers and newsletters

We send you offers with your consent.

## Competitions

We run prize draws on the basis of our contract with you.

## Use of our website and app

We measure visits with your consent.
`,
  corp: `# Global privacy statement

Aldercrest plc is the controller. Contact: group.privacy@aldercrest.example

## Website visitors

We log your visit in our legitimate interests.

## Investors and shareholders

We maintain the register of members because of a legal obligation.

## Journalists and media contacts

We hold details of members of the press in our legitimate interests.

## Candidates

We consider applications for vacancies and register talent alerts to take steps before a contract.

## Suppliers and contractors

We manage tenders, onboarding and invoices to perform our contracts.

## Customers

We supply goods and manage accounts to perform our contracts.

## Speak up: reports of misconduct

We investigate concerns that are reported to us because of a legal obligation.

## Visitors to our premises

We record visitors and images from CCTV in our legitimate interests.

## Email alerts

We send regulatory news by email with your consent.
`,
} as const;
