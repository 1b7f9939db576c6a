// What a page can be for and an activity can be about, in one table: the bridge from what stands on a page to what stands in a
// notice that names no page. Words are data: a stem at the beginning of a word; "$" ends the word; "~" finds it inside one.

/** Stems divided by commas. */
type Stems = string;

export interface Topic {
  id: string;
  /** For people, after "is about": "job applications". */
  name: string;
  /** In an activity's title; also in its purposes where a person wrote them. */
  title: Stems;
  /** In running text, where titles are silent: only what is about nothing else. */
  text: Stems;
  /** On a page: its title, first headings, form button, labels. */
  page: Stems;
  /** On a page, where a word of the above is part of something else. */
  unless?: Stems;
  /** On a page in the same places, but said of other things as well: only where the page shows nothing else. */
  weak?: Stems;
  /** Labels, names and tokens of form fields that show it by themselves. */
  fields?: Stems;
  /** schema.org types that show it. */
  jsonLd?: readonly string[];
  /** Most forms look like it: what is special about the same form goes before it. */
  generic?: true;
  /** Asking for it is an enquiry too. */
  enquiry?: true;
  /** What the form is where the notice says nothing of this topic. */
  otherwise?: string;
  /** What a form of this kind looks like too, where the notice names both: who applies to study is no candidate for a job. */
  narrows?: string;
}

const topic = (id: string, name: string, title: Stems, text: Stems, page: Stems, more: Partial<Topic> = {}): Topic => ({
  id,
  name,
  title,
  text,
  page,
  ...more,
});

export const TOPICS: readonly Topic[] = [
  topic(
    'contact',
    'enquiries and messages',
    'enquir, inquir, contact us, contact form, contacting, customer service, customer support, customer care, support requests, get in touch, getting in touch, form submission, web form, website form, online form, correspond, questions, messages you, when you contact, when you write, ~kontaktformular, kontaktaufnahme, ~anfrage, kontaktieren, formulaire de contact, formulaires, demande de contact, demandes, nous contact, prise de contact, contact$, contacto$, contatt, contato$, contactform, formularz kontaktowy, kontaktní formul, kontaktskjema, yhteydenot, prospective client, potential client',
    'enquir, inquir, contact form, web form, get in touch with us, when you contact us, if you contact us, fill in a form, complete a form, fill out a form, ~kontaktformular, formulaire de contact, nous contactez',
    'contact$, contact us, contact form, contacting, get in touch, enquir, inquir, write to us, message us, ask a question, ask us, talk to us, speak to us, call back, callback, how can we help, say hello, drop us a line, send us a message, reach out, reach us, your message to us, kontakt, ~ihr draht, ~anfrage, schreiben sie uns, contactez, nous écrire, écrivez-nous, contacto$, contatt, contacte$, contacter, scrivici, scriveteci, escríbenos, escríbanos, fale conosco, neem contact op, kontakta oss, kontakt os$, kontakt oss$, ota yhteyttä, skontaktuj, napisz do nas, napište nám, send a message, leave us a message, leave a message, email us, get in contact, general enquiry, schreib uns, nachricht senden, nachricht an, so erreichen sie uns, une question, nous joindre, envoyer un message',
    { generic: true, jsonLd: ['ContactPage'] },
  ),
  topic(
    'demo',
    'demonstrations and quotes',
    'demo$, demos$, demonstration, free trial, quote$, quotes$, quotation, estimate, brochure, sales enquir, prospective customer, prospects, leads$, potential customer, angebot, devis, interessenten, sales contact, request a quote, business enquir, prospective client, potential client',
    'book a demo, request a demo, demonstration, free trial, a quote$, quotation, brochure, devis, angebot anfordern',
    'demo$, demonstration, free trial, start trial, start your trial, get a quote, request a quote, your quote, quotation, brochure, see it in action, talk to sales, contact sales, pricing request, angebot anfordern, angebot, devis, démo, book a call, schedule a call, schedule a demo, talk to an expert, talk to our team, request pricing, get pricing, product tour, discovery call, kostenlos testen, my quote, get quote, insurance quote',
    { weak: 'in action$', otherwise: 'contact', enquiry: true },
  ),
  topic(
    'marketing',
    'newsletters and marketing messages',
    "newsletter, mailing list, contacts list, contact list, email list, marketing, promotion, email update, email alert, updates by, updates$, alerts$, bulletin, news and offers, special offers, subscribers, keep you informed, keeping in touch, ~werbung, ~werbe, direktwerbung, lettre d’information, lettre d'information, infolettre, prospection, communications commerciales, actualités, boletín, boletines, boletim, nieuwsbrie, nyhetsbrev, nyhedsbrev, uutiskirj, newsletter$, biuletyn, zpravodaj, comunicaciones comerciales, comunicazioni commerciali, up to date, appeals$, mailings, stay informed, hear from us",
    "newsletter, mailing list, direct marketing, marketing email, marketing communication, marketing material, ~newsletter, lettre d'information, prospection commerciale",
    "newsletter, subscribe, mailing list, contacts list, stay in touch, keep in touch, email updates, sign up for updates, sign up for our, get updates, latest news by email, updates by email, learning updates, join our list, abonnieren, lettre d'information, infolettre, abonnez, inscrivez-vous, suscríbete, iscriviti, nieuwsbrief, suscribirme, suscribirse, boletín, boletim, iscrizione alla newsletter, op de hoogte, nyhetsbrev, nyhedsbrev, uutiskirj, biuletyn, restons en contact, gardons le contact, in kontakt bleiben, bleiben sie in kontakt, keep in contact, stay in contact, recevez nos",
  ),
  topic(
    'account',
    'accounts and signing in',
    'account, online banking, internet banking, e-banking, self-service, online services, log in, login, log-in, logging in, sign in, sign-in, signing in, as a customer, new customer, registered user, user profile, members area, member area, portal, users$, customers$, customer data, service users of the, ~konto, anmeldung, compte, comptes, espace client, espace personnel, espace membre, clients$, utilisateurs, cuenta, ~account$, ~accounts$, conta de, konta$, mitt konto, tilin, mobile banking, digital banking, espace adhérent, kunden$, ~kundenkonto, kundenportal, kundenbereich, kundendaten',
    'create an account, your account, register an account, user account, when you register, log in to, ~benutzerkonto, ~kundenkonto, ~nutzerkonto, créer un compte, votre compte',
    'sign in, signin, log in, login, log on, logon, create account, create an account, create your account, register$, registration, your account, my account, forgot password, reset password, sign up, anmelden, einloggen, registrieren, mein konto, kundenkonto, se connecter, connexion, créer un compte, mon compte, identifiez-vous, iniciar sesión, accedi, inloggen, crear cuenta, crear una cuenta, mi cuenta, crea account, crea un account, account aanmaken, mijn account, criar conta, zaloguj, zarejestruj, logga in, logg inn, log ind, kirjaudu, open an account, current account, savings account, bank account',
    { generic: true, otherwise: 'registration' },
  ),
  topic(
    'registration',
    'registering',
    'registering, registration, register you, to register as, sign up, sign-up, signing up, registrierung, anmeldung, kursanmeldung, seminaranmeldung, lehrgangsanmeldung, online-anmeldung, inscription, rejestracja, registrazione',
    'when you register, if you register, registrierung',
    'register$, registration, registering, sign up, registrieren, registrierung, anmelden, anmeldung, inscription',
    { generic: true },
  ),
  topic(
    'recruitment',
    'job applications',
    "recruit, job applic, job candidat, candidates, applying for a job, applying for a role, applying for work, applying for a position, apply for a job, apply for a role, apply for a paid, apply for work, apply to work, apply for a position, applying to work, applicants for employment, applicants for work, prospective employee, potential employee, prospective staff, careers, career$, vacanc, employment applic, work with us, working for us, working with us, join our team, job seeker, interview, bewerb, ~bewerb, stellenangebot, candidat, recrutement, offres d'emploi, postuler, hiring, applicants$, empleo, lavoro$, candidature, sollicit, vacature, rekrutac, rekryter, rekrutter, kandidat, reclutamiento, selezione del personale, rekrytoin, applicants for jobs, applicants for posts, job opportunit, job openings, people who apply to work, working here, talent pool, talent communit, internship, karriere, offre d'emploi",
    'recruit, job applic, apply for a job, apply for a role, apply to work, job vacanc, curriculum vitae, your cv$, bewerbung, candidature, recrutement',
    "careers, career$, job$, jobs$, vacanc, apply for this role, apply for this job, apply for this position, apply for this post, apply for the role, job application, join our team, join the team, work with us, work for us, working here, we're hiring, your cv$, your application for, stellen, bewerb, ~bewerbung, karriere, emploi, candidature, recrutement, postuler, empleo, lavora con noi, vacature, trabaja con nosotros, enviar candidatura, invia candidatura, sollicit, trabalhe connosco, trabalhe conosco, aplikuj, kariera, ledige stillinger, lediga jobb, avoimet työpaikat, open roles, open positions, job opening, working at, life at, early careers, graduate scheme, internship, we are hiring, m/w/d, w/m/d, m/w/x, m/f/d, h/f$, f/h$, offre d'emploi, nous rejoindre, rejoignez-nous, rejoignez notre équipe, rejoignez nos équipes",
    {
      unless:
        'submit a vacancy, submit your vacancy, submit vacancy, register a vacancy, post a vacancy, vacancy form, your vacancy, post a job, post your job, advertise a job, advertise your job, advertise with',
      fields:
        'cv$, curriculum, candidate, resume$, résumé, covering letter, cover letter, lebenslauf, anschreiben, lettre de motivation, notice period, salary expect, right to work, gehaltsvorstellung, employment history, linkedin profile, previous employer, current employer, desired salary, expected salary, when can you start, eintrittstermin, gehaltswunsch, earliest start date, sponsorship, authorized to work, authorised to work, job reference, vacancy reference, position applied, role applied',
      jsonLd: ['JobPosting'],
    },
  ),
  topic(
    'purchase',
    'orders and purchases',
    'order$, orders$, ordering, purchas, buy, buying, checkout, deliver, shop$, shopping, sale of, sales contract, customers$, returns$, refund, bestell, ~bestell, kauf, einkauf, lieferung, versand, commande, achat, livraison, online store, online shop, webshop, ~vertragsabwicklung, vente, clients$, contract fulfil, pedido, compras$, ordini$, ordine$, acquist, bestelling, zamówie, beställning, bestilling, tilauks, encomenda, objednáv, retail$, kunden$, kundendaten, vertragsabschluss, vertragsschluss, abschluss eines',
    'place an order, your order, orders you place, purchase from us, make a purchase, buy from us, deliver your, bestellung, votre commande, vos commandes',
    "checkout, check out$, basket, shopping cart, your cart, add to cart, add to basket, add to bag, your order, place order, buy now, order now, order form, delivery address, shipping, warenkorb, kasse$, bestell, kaufen, panier, commande, acheter, livraison, carrito, carrello, winkelwagen, order summary, finalizar compra, realizar pedido, tu pedido, completa l'ordine, acquista$, il tuo ordine, afrekenen, bestelling, zamówienie, koszyk, till kassan, kassen$, kassa$, tilaa$, finalizar encomenda, objednávka, return an item, start a return, widerrufsformular, retoure, secure checkout, order details",
    {
      fields:
        'billing address, shipping address, delivery address, lieferadresse, rechnungsadresse, adresse de livraison, adresse de facturation, promo code, discount code',
      jsonLd: ['Order', 'Invoice', 'ParcelDelivery'],
      weak: 'buy$, continue to payment',
    },
  ),
  topic(
    'payment',
    'payments',
    'payment, pay by, paying, billing, invoic, transaction, card detail, direct debit, ~zahlung, ~abrechnung, paiement, facturation, credit card, financial information',
    'payment detail, payment provider, payment card, process payment, process your payment, take payment, card detail, direct debit, zahlungsdienst, zahlungsabwicklung, moyen de paiement, prestataire de paiement',
    'payment, pay now, pay securely, pay online, card detail, confirm and pay, make a payment, zahlung, bezahlen, jetzt zahlen, zahlungspflichtig, paiement, payer, pago, pagamento, betaling, direct debit',
    {
      fields:
        'cc-number, cc-name, cc-csc, cc-exp, card number, cardnumber, cvc$, cvv$, security code, expiry date, card expiry, sort code, iban$, kartennummer, numéro de carte, name on card, cardholder, bank account, routing number, account holder',
      jsonLd: ['PayAction'],
    },
  ),
  topic(
    'event',
    'events and bookings for them',
    'event$, events$, open day, open days, conference, conference delegate, webinar, workshop, seminar, attendee, attending, ticket, bookings for, exhibition, veranstaltung, ~veranstaltung, tagung, événement, conférence, manifestation, billetterie, performances, festival',
    'attend an event, attend our event, events you, event booking, register for an event, book a place, book a ticket, book tickets, veranstaltung, événement',
    'event$, events$, conference, webinar, book tickets, buy tickets, tickets$, your tickets, event ticket, rsvp, attendee, annual general meeting, seminar, workshop, festival, open day, concert, veranstaltung, tagung, anmeldung zur veranstaltung, événement, billet, réserver votre place, conférence, speakers$, live session, join us for, get tickets, register for this, screening$, ~fest$, feier$, ausflug, turnier, fête, soirée, spectacle',
    {
      unless: 'your event, your own event, private event, type of event',
      weak: 'book your place, book your seat, book a place, reserve your place, save my seat, reserve your seat, save your seat, secure your place, secure your seat',
      fields:
        'attendee, dietary, number of tickets, nombre de places, anzahl tickets, personenzahl, anzahl personen, anzahl der personen, nombre de personnes, nombre de participants',
    },
  ),
  topic(
    'course',
    'courses, learners and training',
    'learner, course, training, student, pupil, delegates on, enrol, tuition, classes$, lessons, programmes of study, programs of study, education, trainee, apprentic, ~kurs, schulung, schüler, teilnehm, unterricht, formation, stagiaire, apprenant, élève, étudiant, participants to',
    'enrol on, our courses, course booking, training course, learners, your course, unsere kurse, kursanmeldung, nos formations',
    'enrol, course, training, learner, lesson, class booking, book a class, certificate, qualification, diploma, apprentic, programme of study, module, schulung, weiterbildung, formation, stage de, inscription à la formation, masterclass, bootcamp, e-learning, kurs$, kurse$, kursangebot, kursanmeldung, kursbuchung',
    {
      jsonLd: ['Course', 'CourseInstance', 'EducationalOccupationalProgram'],
      fields: 'learner, prior qualification, awarding body, unique learner',
    },
  ),
  topic(
    'admissions',
    'applications for a school or university place',
    'applicants for study, applicants to study, applicants for admission, student recruitment, prospective learner, study applic, admission, school place, prospective pupil, prospective student, applying to study, applying for a place, applicants to study, prospective parents, student applic, schulanmeldung, immatrikulation, admissions, studienplatz, studienbewerb, application to study, applications to study, betreuungsplatz, kita-platz, kitaplatz',
    'apply for a school place, admission to the school, admissions process, apply to study, application for a place',
    'admission, course applic, college applic, undergraduate applic, postgraduate applic, apply for a place, school place, apply to study, application for entry, prospectus, open evening, nursery place, register your child, immatrikulation, schulanmeldung, inscription scolaire, bewerbung für ein studium, studienplatz, studienbewerb, masterstudium, bachelorstudium, studium bewerben, studiengang bewerben, betreuungsplatz, kitaplatz, kita-platz, platz anfragen',
    {
      fields:
        "child's name, childs name, name of child, current school, year of entry, predicted grades, personal statement, parental responsibility, current or last school, previous school, nom de l'enfant, prénom de l'enfant, name des kindes, hochschulzugang, abiturnote, abschlussnote",
      otherwise: 'contact',
      narrows: 'recruitment',
    },
  ),
  topic(
    'membership',
    'membership',
    'membership, joining, member$, members$, becoming a member, joining us as, applying for membership, ~mitglied, adhésion, adhérent, membres, cotisation',
    'become a member, membership applic, your membership, apply for membership, mitgliedschaft, adhésion',
    'membership, members area, member login, member area, members$, become a member, become member, join as a member, join us today, join now, member application, mitglied werden, mitgliedschaft, mitgliedsantrag, adhérer, adhésion, devenir membre',
    { jsonLd: ['ProgramMembership'], fields: 'membership number, membership type, membership category' },
  ),
  topic(
    'volunteering',
    'volunteering',
    'volunteer, ehrenamt, ~ehrenamtlich, bénévol',
    'apply to volunteer, volunteering with us, our volunteers, ehrenamt, bénévole',
    'volunteer, ehrenamt, bénévol, helfer werden',
    { fields: 'like to volunteer, volunteering with, volunteering for, volunteering at, volunteer role', otherwise: 'contact' },
  ),
  topic(
    'donation',
    'donations and fundraising',
    'donat, donor, gift aid, fundrais, supporters, supporting us, giving$, give us money, give to us, make a gift, making a gift, your gifts, financial support, ~spende, spender, don$, dons$, donateur, mécénat',
    'make a donation, donate, gift aid, your donation, fundraise for us, spende, faire un don',
    'donat, gift aid, give now, make a gift, fundrais, sponsor a, sponsor me, support our work, choose an amount, one-off gift, monthly gift, regular gift, your gift$, give £, give €, give $, ~spende, faire un don, je donne',
    { fields: 'donation amount, other amount, uk taxpayer, gift aid, spendenbetrag, montant du don', jsonLd: ['DonateAction'] },
  ),
  topic(
    'challenge',
    'fundraising challenges',
    'challenge, fundraising event, sponsored event, taking part in an event for',
    'challenge event, sponsored run, fundraising challenge',
    'challenge event, fundraising event, marathon, trek$, skydive, sponsored walk, sponsored run, fundraising page, spendenlauf',
    { fields: 'fundraising target, aim to raise, hope to raise, t-shirt size', otherwise: 'event' },
  ),
  topic(
    'legacy',
    'gifts in wills',
    'in your will, in wills, in their will, legacy, legacies, legator, bequest, bequeath, testament, nachlass, erbschaft, legs$',
    'in your will, legacy gift, bequest',
    'in your will, in my will, gifts in wills, legacy, legacies, bequest, leave a gift, testament, nachlass, erbschaft, legs$',
    { otherwise: 'donation' },
  ),
  topic(
    'campaign',
    'campaigns and petitions',
    'campaign, petition, write to your mp, pétition, kampagne',
    'sign a petition, sign our petition, petitions, campaign action',
    'petition, have signed, add my name, add your name, sign now, email your mp, write to your mp, take action, pétition, je signe, jetzt unterschreiben',
    { otherwise: 'contact' },
  ),
  topic(
    'complaint',
    'complaints',
    'complain, make a complaint, beschwerde, réclamation, plainte, grievance, reklamation',
    'make a complaint, complaint about our service, handle complaints, investigate complaints, beschwerden, réclamation',
    'complain, make a complaint, beschwerde, réclamation, plainte, raise a concern about, dissatisf, grievance, reklamation',
    { fields: 'complaint, nature of your complaint', otherwise: 'contact' },
  ),
  topic(
    'survey',
    'surveys, feedback and reviews',
    'survey, feedback, evaluation, ~evaluation$, questionnaire, poll$, polls$, consultation, reviews$, ratings, testimonial, umfrage, bewertung, sondage, avis$, enquête, customer satisfaction, beoordeling, recension, reseñas, opiniones, opinie, omdöme, anmeldelser',
    'complete a survey, take part in a survey, surveys, leave a review, your feedback on our, consultation respons, umfrage, sondage, enquête de satisfaction',
    'survey, feedback, evaluation$, ~evaluation$, fragebogen, wie fanden sie, wie zufrieden, questionnaire, poll$, consultation, have your say, write a review, leave a review, rate us, umfrage, bewertung, sondage, enquête, votre avis, friends and family test, what you think, how did we do, give feedback, help us improve, how was your, rate your',
    {
      unless:
        'consultation with, book a consultation, request a consultation, free consultation, initial consultation, video consultation, online consultation',
      fields:
        'your rating, how satisfied, how likely, how did we do, how was your experience, your experience of, why you gave, how would you rate, would you recommend, recommend us, overall rating, what could we do better, what did you enjoy, could we improve',
      otherwise: 'contact',
    },
  ),
  topic(
    'research',
    'research participants',
    'research participant, research studies, research study, taking part in research, clinical trial, study participant, participants in research, forschung, recherche, ~studien$, études cliniques, research, clinical stud',
    'take part in research, research participant, our research study, participate in a study',
    'take part in research, take part in our, taking part in our, our study, sleep study, participants needed, research volunteers, healthy volunteers, research study, join a study, join the study, participate in research, study participants, clinical trial, participant information, who can take part, looking for participants, versuchsperson, proband, teilnahme an einer studie, studienteilnehm, participer à une étude, take part in a trial, join a trial',
  ),
  topic(
    'competition',
    'competitions and prize draws',
    'competition, prize, contest, sweepstake, giveaway, gewinnspiel, jeu-concours, jeux-concours, concours, raffle, lottery, verlosung, tirage au sort',
    'prize draw, enter a competition, enter our competition, gewinnspiel, jeu-concours',
    'competition, prize draw, win a$, win an$, enter to win, giveaway, sweepstake, gewinnspiel, jeu-concours, concours, chance to win, raffle, one entry per, verlosung, tirage au sort',
    { fields: 'tie-break, competition answer', otherwise: 'marketing' },
  ),
  topic(
    'health',
    'health and care: appointments, patients, treatment',
    'patient, appointment, treatment, medical record, health care, healthcare, clinical, clinic$, surgery$, referral, care record, direct care, online consultation, video consultation, e-consult, medical request, ~patient, behandlung, termin, rendez-vous, soins, dental, vaccin',
    'your appointment, patient record, provide you with treatment, medical history, direct care, health record, terminvereinbarung, dossier médical',
    'appointment, book an appointment, patient, medical help, medical advice, see a doctor, ask a doctor, sick note, fit note, gp practice, surgery$, clinic$, consultation with, symptom, vaccination, referral, register with a gp, register as a patient, new patient, termin, terminvereinbarung, rendez-vous, prendre rendez-vous, dentist, physiotherap, test results, sprechstunde, infirmi',
    {
      fields:
        'nhs number, symptom, medical condition, gp practice, allerg, krankenkasse, reason for appointment, sécurité sociale',
      jsonLd: ['MedicalClinic', 'MedicalProcedure'],
      otherwise: 'contact',
    },
  ),
  topic(
    'medication',
    'prescriptions and medicines',
    'prescription, medication, medicines$, pharmac, rezept, ordonnance',
    'repeat prescription, prescriptions, your medication, rezepte',
    'prescription, medication, medicine$, medicines$, pharmac, rezept$, rezeptbestell, ordonnance',
    { fields: 'medication, medicine$, nominated pharmacy', otherwise: 'health' },
  ),
  topic(
    'reservation',
    'reservations and stays',
    'reservation, booking, bookings, guest stay, guests$, hotel, accommodation, travel, holiday, trips$, flights, passenger, rental, renting, rent a, hire$, hiring a, buchung, reisen, gäste, réservation, hébergement, voyage, prenotazion, reservas$, reserva$, reservering, boeking, rezerwac, bokning, varauks, crossing, journey, cruise, stay with us, staying with us, séjour, aufenthalt',
    'make a booking, your booking, book a room, make a reservation, your reservation, buchung, votre réservation',
    'reservation, booking, book now, book a room, book your stay, book a stay, check-in, check availability, rooms$, flights, rent a, hire a, buchen, buchung, reservier, réserver, réservation, passenger, prenota, reservar, reserveer, boek nu, rezerwuj, rezervovat, boka$, bestill rom, varaa$, halls of residence, accommodation applic, room preference, who is travelling, traveller details, passenger details, passengers$, car hire, unterkunft, séjour, dates of travel',
    {
      weak: 'your stay, your booking, your trip, book a$, book an$, book your, book$, book now',
      fields:
        "check-in date, check-out, arrival date, departure date, number of guests, number of nights, passport number, anreise, abreise, date d'arrivée, pick-up date, drop-off, pick-up location",
      jsonLd: ['LodgingReservation', 'FlightReservation', 'Hotel', 'LodgingBusiness'],
    },
  ),
  topic(
    'hire',
    'hire of rooms and facilities',
    'hirers, hire of our, hire of the, hiring our, hiring of, hiring the, hiring a room, hall hire, hall bookings, private hire, private events, celebrations$, functions$, room hire, room bookings, venue hire, facility hire, facilities hire, lettings of, raumvermietung, location de salles, ~vermietung',
    'hire our hall, hire our rooms, hire of our facilities, room hire, hall hire, book our hall',
    'hire our, private hire, private event, function room, exclusive use, request for proposal, salle des fêtes, hire the hall, hire a room, hire a hall, room hire, hall hire, venue hire, facility hire, facilities hire, raum mieten, saal mieten, location de salle, louer une salle, räume mieten, raumanfrage, halle mieten, court hire, pitch hire',
    { otherwise: 'reservation' },
  ),
  topic(
    'wedding',
    'weddings',
    'wedding, hochzeit, trauung',
    'your wedding, hochzeitsfeier',
    'wedding, getting married, get married, hochzeit, organiser votre mariage',
    { fields: 'wedding date, partner one, bride, groom, hochzeitsdatum', otherwise: 'hire' },
  ),
  topic(
    'restaurant',
    'restaurant tables and takeaways',
    'restaurant, table booking, table reservation, dining, takeaway, tischreservierung',
    'book a table, table reservation, restaurant booking',
    'book a table, reserve a table, table booking, table reservation, tisch reservieren, réserver une table, order a takeaway',
    {
      fields: 'party size, number of diners, number of covers',
      jsonLd: ['FoodEstablishmentReservation'],
      otherwise: 'reservation',
    },
  ),
  topic(
    'support',
    'customer support',
    'support$, support request, customer support, customer service, help desk, helpdesk, technical support, support ticket, warrant, kundenservice, kundendienst, support client, service client, assistance, after-sales, sav$, après-vente',
    'customer support, technical support, support ticket, helpdesk, kundenservice, service client',
    'contact support, customer service, help centre, help center, support ticket, support request, customer support, report a problem, report a fault, technical support, warranty, register your product, open a ticket, raise a ticket, submit a ticket, submit a request, kundenservice, service client, garantie, log a ticket, service request, retourner un article, demande de retour, pièce de rechange',
    {
      weak: 'help desk, helpdesk',
      fields: 'ticket number, serial number, order number, product registration, fault',
      otherwise: 'contact',
    },
  ),
  topic(
    'housing',
    'housing and tenancies',
    'tenan, housing, landlord, leasehold, letting, lettings, homeless, applying for a home, apply for a home, rehousing, allocations, rent account, mieter, locataire, logement, residents$',
    'your tenancy, housing applic, housing register, tenancy',
    'tenan, housing applic, housing register, apply for housing, letting, homeless, mieter, logement',
    { fields: 'tenancy reference, property reference', otherwise: 'contact' },
  ),
  topic(
    'viewing',
    'viewings of homes',
    'viewing$, viewings$, viewing request, besichtigung, visites de biens, bezichtiging, looking for a property, looking for a home, looking to buy, buyers$, recherche de biens',
    'arrange a viewing, book a viewing, viewings',
    'arrange a viewing, request a viewing, request viewing, book a viewing, viewing request, besichtigung, demander une visite, bezichtiging',
    { otherwise: 'contact' },
  ),
  topic(
    'valuation',
    'valuations',
    'valuation, valuing, appraisal, selling or letting, selling your, selling a property, sell your, verkäufer, vendeurs, wertermittlung, immobilienbewertung, estimation de, if you are selling, property sellers, sellers and landlords, landlords and sellers',
    'market valuation, value your home, value your property',
    'valuation, home worth, house worth, property worth, value my, sell my, market appraisal, immobilie bewerten, estimer mon',
    { otherwise: 'contact' },
  ),
  topic(
    'civil-registration',
    'births, deaths and marriages',
    'births, deaths, marriages, civil partnership, register office, registrar, civil registration, standesamt, personenstand, ~urkunden$, état civil, registro civil, stato civile, burgerlijke stand',
    'register a birth, register a death, birth certificate, actes d’état civil',
    'register a birth, register a death, birth certificate, death certificate, marriage certificate, notice of marriage, geburtsurkunde, sterbeurkunde, eheschließung, standesamt, acte de naissance, acte de mariage, acte de décès, état civil, partida de nacimiento',
    { otherwise: 'contact' },
  ),
  topic(
    'electoral',
    'elections',
    'electoral, elections, voters$, voting, wahlen$, wählerverzeichnis, élections, listes électorales',
    'register of electors, electoral register',
    'register to vote, postal vote, proxy vote, electoral, briefwahl, liste électorale',
    { otherwise: 'contact' },
  ),
  topic(
    'youth',
    'groups for children and young people',
    "children's groups, children's activities, youth, young people, junior$, juniors$, kids$, after-school, after school, holiday club, summer camp, playgroup, jugend, kindergruppe, ferien, jeunesse, centre de loisirs, périscolaire",
    'youth group, holiday club, after-school club, our junior members',
    'holiday club, kids club, youth group, youth club, after-school club, after school club, summer camp, junior section, ferienfreizeit, ferienprogramm, jugendgruppe, centre de loisirs',
    { otherwise: 'contact' },
  ),
  topic(
    'council-tax',
    'local taxes and benefits',
    "council tax, business rates, benefits$, revenues and benefits, housing benefit, local tax, taxe d'habitation, blue badge, welfare",
    'council tax, housing benefit, business rates, blue badge',
    'council tax, business rates, housing benefit, claim benefit, blue badge, tax account, single person discount',
    { fields: 'council tax', otherwise: 'contact' },
  ),
  topic(
    'licence',
    'licences, permits and planning',
    'licen, permit$, permits$, genehmigung, permis$, registration of',
    'licence applic, apply for a licence',
    'licence, licensing, permit$, permits$, planning applic, parking$, building control, object to a planning, antrag auf, demande de permis',
    { fields: 'licence number', otherwise: 'contact' },
  ),
  topic(
    'reporting',
    'reports from the public',
    'report it$, reports from the public, street problem, environmental services, waste$, bins$, refuse$, pothole, street light, graffiti, highways, reporting a problem, problems in the street, mängelmelder, signalement',
    'report a pothole, missed bin, report a problem, fly-tipping, signaler',
    'report a pothole, pothole, street light, streetlight, graffiti, abandoned vehicle, stray dog, report it$, missed bin, fly-tipping, report a street, report a missed, report an issue, bulky waste, mängel melden, signaler un problème, garden waste',
    { fields: 'location of the problem, where is the problem', otherwise: 'contact' },
  ),
  topic(
    'library',
    'libraries',
    'library, libraries, borrow, bibliothek, bücherei, bibliothèque, médiathèque, readers$',
    'library card, library membership, borrow books, bibliotheksausweis',
    'library card, join the library, library membership, borrow, renew your books, bibliotheksausweis, bibliothèque, your library, library account, renew a loan, my loans',
    { fields: 'library card number', otherwise: 'account' },
  ),
  topic(
    'finance',
    'loans, credit, insurance and accounts with money',
    'financial product, financial service, banking services, investor, investments$, underwriting, finanzprodukt, produits financiers',
    'loan applic, credit check, insurance quote, your policy and claim, mortgage applic',
    'invest$, investing, loan, mortgage, insurance quote, get covered, credit applic, apply for credit, pension',
    {
      fields: 'annual income, employment status, monthly income, revenu, einkommen',
      otherwise: 'contact',
    },
  ),
  topic(
    'claim',
    'claims',
    'claim$, claims$, claim handling, schadens, sinistre, compensation, entschädigung, indemnisation',
    'make a claim, handle your claim, claims handling, schadensmeldung, déclaration de sinistre',
    'make a claim, claim form, start a claim, submit a claim, your claim, schaden melden, schadensmeldung, déclarer un sinistre, submit claim, claim compensation, compensation, entschädigung, indemnisation',
    { fields: 'policy number, date of incident, claim number', otherwise: 'contact' },
  ),
  topic(
    'repair',
    'repairs',
    'repair$, repairs$, maintenance, reparatur, réparation',
    'report a repair, carry out repairs, repair request',
    'report a repair, request a repair, repair$, repairs$, reparatur, réparation',
    { fields: 'repair, what is broken', otherwise: 'contact' },
  ),
  topic(
    'grant',
    'grants and funding',
    'grant$, grants$, funding applic, bursar, scholarship, award applic, subvention, fördermittel, stipendi, bourse',
    'grant applic, apply for funding, bursary, scholarship',
    'grant$, grants$, apply for funding, funding applic, bursar, scholarship, subvention, stipendium, bourse',
    { fields: 'amount requested, project budget, organisation income', otherwise: 'contact' },
  ),
  topic(
    'adoption',
    'adopting and rehoming animals',
    'adopt, rehom, fostering, foster carer, pets$, animals$, tiere, tiervermittlung, vermittlung von tieren, animaux',
    'adopt a, rehoming, foster carer',
    'adopt a, adopt an, adoption, rehom, foster, adoptieren, tiervermittlung, ein tier aufnehmen, selbstauskunft für interessent, adopter',
    {
      fields:
        'other pets, pets do you, animal be alone, pet be left alone, dog be left, hours alone, tier allein, weitere tiere, haben sie bereits tiere',
      otherwise: 'contact',
    },
  ),
  topic(
    'animal',
    'animals and their owners',
    "animals$, pet owner, owners of pets, owners of animals, animal owner, your pet$, your animal$, pets$, tierhalter, patientenbesitzer, propriétaires d'animaux",
    'your pet, your animal, tierhalter',
    'register your pet, register a pet, register your animal, register your horse, pet registration, new pet, tier anmelden, inscrire votre animal',
    {
      fields:
        "pet's name, pet name, name of your pet, name of pet, breed, species, microchip, tiername, tierart, name des tieres, nom de l'animal",
      otherwise: 'health',
    },
  ),
  topic(
    'comment',
    'comments, forums and what people post',
    'comment$, comments$, forum, community$, communities, user content, user-generated, posts$, message board, blog comment, uploads, kommentar, ~kommentar, commentaire, contributions',
    'leave a comment, post a comment, when visitors leave comments, post on our forum, kommentarfunktion, commentaires',
    'leave a comment, post a comment, leave a reply, add a comment, your comment, reply to, new topic, post reply, kommentar, schreibe einen kommentar, laisser un commentaire, commentaire',
    { fields: 'your comment, comment$, kommentar, commentaire' },
  ),
  topic(
    'download',
    'downloads of papers and guides',
    'download, white paper, whitepaper, ebook, e-book, guides$, resources$, livre blanc',
    'download a white paper, download our, white paper, whitepaper, ebook',
    'download, white paper, whitepaper, ebook, get the guide, get the report, livre blanc, herunterladen, télécharger',
    { otherwise: 'marketing' },
  ),
  topic(
    'referral',
    'referring friends and loyalty',
    'refer a friend, inviting friends, referral scheme, loyalty, frequent flyer, frequent traveller, reward, club card, points scheme, bonusprogramm, treueprogramm, kundenkarte, fidélité, parrainage',
    'refer a friend, loyalty programme, loyalty card, treueprogramm, programme de fidélité',
    'refer a friend, loyalty, rewards, earn points, collect points, invite a friend, bonusprogramm, treueprogramm, kundenkarte, fidélité, parrainer',
    { fields: "friend's email, friends email, loyalty card" },
  ),
  topic(
    'supplier',
    'suppliers and tenders',
    'supplier, vendor, tender, procurement, contractor, business partner, lieferant, geschäftspartner, fournisseur, prestataires',
    'our suppliers, tender process, become a supplier',
    'become a supplier, new supplier, supplier registration, supplier onboarding, supplier portal, tender, procurement, vendor registration, lieferant werden, devenir fournisseur, for suppliers, supplier form, supplier details',
    { fields: 'vat number, company registration number, supplier number' },
  ),
  topic(
    'press',
    'press and media contacts',
    'press$, media enquir, journalist, media contact, presse, the press$, media contacts, medienvertreter',
    'journalists, media enquir, pressekontakt',
    'press enquir, media enquir, press office, press contact, journalist, presseanfrage, pressekontakt, contact presse, newsroom, media relations, for journalists, press kit, media kit, pressebereich',
    { fields: 'media outlet, name of publication, publication$, outlet$', otherwise: 'contact' },
  ),
  topic(
    'rights-request',
    'requests about your data or official information',
    'subject access, rights request, data subject request, freedom of information, foi$, information request, requests for information, exercising your rights requests, data protection request',
    'subject access request, freedom of information request',
    'subject access, freedom of information, foi request, request your data, request my data, data request, privacy request, do not sell, delete my data, auskunft anfordern, data subject, exercise your rights, exercise my rights, erasure request',
    { otherwise: 'contact' },
  ),
  topic(
    'concern',
    'safeguarding and whistleblowing reports',
    "safeguarding, whistleblow, report a concern, speak up, hinweisgeber, lanceur d'alerte, incident report, accident, kinderschutz, trust and safety, safety report, moderation, reports about, reports of content, reported content, reporting users, signalement de contenu, abuse, report of misuse",
    'report a concern, safeguarding referral, whistleblow',
    "report a concern, safeguarding referral, make a referral, whistleblow, speak up, report misconduct, report wrongdoing, report fraud, hinweis geben, verstoß melden, report abuse, report an incident, report an accident, report a near miss, report a profile, report someone, report a user, report a member, report a message, report a review, report a listing, profil melden, inhalt melden, unfall melden, signaler un contenu, signaler un profil, signaler un accident, hinweisgeber, lanceur d'alerte, accident report, report this, report spam, illegal content, report content, signaler un abus",
    { otherwise: 'contact' },
  ),
  topic(
    'advice',
    'help, advice and support services',
    'helpline, advice$, advice service, advisers, support services, our services, service users, beneficiaries, people we help, people we support, who use our services, need our help, ask for help, counselling, beratung, accompagnement, casework, legal help, ~beratung',
    'helpline, our advisers, counselling, referred to us for support, beratungsgespräch',
    'helpline, talk to an advis, speak to an advis, web chat, get advice, get help, get support, ask for help, need help, refer yourself, self-referral, make a self referral, counselling, beratung, need our help, ask for support, ask us for help, apply for support',
    { otherwise: 'contact' },
  ),
  topic(
    'alumni',
    'former students',
    'alumni, alumna, former students, former pupils, past pupils, old boys, old girls, graduates$, ehemalige, anciens élèves, anciens étudiants',
    'alumni, former students, former pupils',
    'alumni, alumna, former students, former pupils, class reunion, anciens élèves',
    { fields: 'year of graduation, graduation year, year graduated, year of leaving, year left', otherwise: 'contact' },
  ),
  topic(
    'premises',
    'visits to a place, and cameras there',
    'cctv, surveillance, visitors to our premises, visitors to our offices, visitors to our sites, visitors to campus, visiting our premises, visiting our offices, visit our premises, visit our offices, our premises, our buildings, on site visitors, car parks, ~videoüberwachung, vidéosurveillance, vidéoprotection, videosorveglianza, videovigilancia, cameratoezicht, kamerový',
    'cctv, visitors to our premises, when you visit our premises, when you visit our offices, videoüberwachung',
    'cctv, visiting our offices, visit our offices, visiting head office, visiting our, visitor registration, visitor pass, visitor parking, your visit to our, register your visit, pre-register, sign in at reception, videoüberwachung, vidéosurveillance, vidéoprotection',
    { fields: 'person you are visiting, who are you visiting, host$, date of visit', otherwise: 'contact' },
  ),
  topic(
    'test-drive',
    'test drives',
    'test drive, probefahrt, essai routier',
    'test drive, probefahrt',
    'test drive, probefahrt, essai routier',
    { otherwise: 'contact' },
  ),
  topic(
    'vehicle-service',
    'vehicle service',
    'vehicle sales, vehicle servic, servicing, service booking, aftersales, mot bookings, werkstatt',
    'service your vehicle, servicing',
    'book a service, book your mot, mot$, service booking, werkstatttermin',
    { otherwise: 'contact' },
  ),
  topic(
    'selling',
    'offers that people make',
    'sellers, selling on, selling with us, listings$, creating a listing, classified ads, verkäufer, vendeurs, petites annonces',
    'list an item, your listings, sell an item',
    'list an item, sell an item, what are you selling, start selling, publish listing, create a listing, post an ad, inserat, anzeige aufgeben, déposer une annonce',
    { otherwise: 'account' },
  ),
  topic(
    'lost',
    'lost things and luggage',
    'lost property, lost and found, baggage, luggage, gepäck, bagages, fundsachen, objets trouvés',
    'lost property, delayed baggage',
    'lost property, missing bag, lost bag, damaged bag, baggage, luggage, gepäck, fundsache, objets trouvés',
    { fields: 'bag tag, baggage tag, property irregularity, where did you lose, where was it lost', otherwise: 'claim' },
  ),
  topic(
    'wifi',
    'guest internet access',
    'wi-fi, wifi, wlan$, hotspot, guest network',
    'guest wi-fi, guest wifi, our wi-fi',
    'wi-fi, wifi, wlan$, hotspot, connect to the internet',
  ),
  topic(
    'investor',
    'shareholders and investors',
    'shareholder, investors$, investor relations, aktionär, actionnaire',
    'register of members, our shareholders, aktionäre',
    'shareholder, investor relations, investor centre, investor alerts, aktionär, actionnaire',
    { otherwise: 'contact' },
  ),
  topic(
    'partner',
    'partners and resellers',
    'partner programme, partner program, partners$, reseller, affiliate, distributor, vertriebspartner',
    'partner programme, partner program, our resellers',
    'become a partner, partner programme, partner program, partner applic, reseller, affiliate, partner werden, devenir partenaire',
    { otherwise: 'contact' },
  ),
  topic(
    'identity',
    'proof of identity',
    'identity check, identity verif, verify your identity, verifying your identity, know your customer, kyc$, identification$, identitätsprüfung, money laundering, due diligence, geldwäsche',
    'verify your identity, identity check, know your customer',
    'verify your identity, identity verif, proof of identity, identity check, identität bestätigen, identitätsprüfung, vérifier votre identité',
    { fields: 'proof of identity, identity document, id document, passport scan, selfie' },
  ),
  topic(
    'vulnerability',
    'reports of weak points',
    'bug bounty, vulnerabilit, responsible disclosure, security researcher, sicherheitslücke',
    'bug bounty, vulnerability report, responsible disclosure',
    'bug bounty, vulnerabilit, responsible disclosure, sicherheitslücke',
    { fields: 'steps to reproduce, severity$, proof of concept', otherwise: 'contact' },
  ),
  topic(
    'legal-service',
    'clients and their matters',
    'clients$, client matter, client data, your case, casework, instructing us, mandant, providing our services to, advice$, advisory, advocacy',
    'instruct us, act for you, your matter, mandanten, provide you with advice',
    'instruct us, new client, client intake, start your claim, start your case, free consultation, book a consultation, get advice, mandat, get legal advice',
    { otherwise: 'contact' },
  ),
  topic(
    'app',
    'an app',
    'mobile app, app$, apps$, application mobile, smartphone',
    'our app, mobile app, app permission',
    "download the app, get the app, app store, google play, mobile app, télécharger l'application",
    { weak: 'app$, apps$', jsonLd: ['MobileApplication'] },
  ),
  topic(
    'subscription',
    'paid subscriptions',
    'subscriptions$, subscription, subscribers to, plans$, abonnement, abo$, abos$',
    'your subscription, subscription service, abonnement, subscribe to our service',
    'choose your plan, choose a plan, subscription, upgrade to, start membership, start subscription, abonnement, abo abschließen, start your subscription, your subscription, subscribe for, your plan, free month, monthly plan',
    { otherwise: 'purchase' },
  ),
  topic(
    'photo',
    'photographs and film',
    'photograph, photos$, film, filming, images of, video of, ~fotos, bildaufnahmen, photographie',
    'photographs of you, photograph and film',
    'photo consent, photography consent, image consent, submit your photo, upload your photo, photo release',
    { fields: 'photo consent, image consent, upload a photo' },
  ),
  topic(
    'vacancy',
    'vacancies that employers bring',
    'clients$, client contacts, client companies, employers$, hiring managers, hiring compan, hiring organisation, organisations that recruit, auftraggeber, arbeitgeber, kundenunternehmen, entreprises clientes, employeurs, recruteurs',
    'fill a vacancy, fill your vacancy, instruct us to recruit, looking to hire',
    'submit a vacancy, submit your vacancy, submit vacancy, register a vacancy, post a vacancy, vacancy form, about your vacancy, vacancy brief, job brief, brief us, post a job, post your job, advertise a job, advertise your job, advertise a role, hire talent, hire staff, request staff, request candidates, find talent, find staff, looking to hire, looking to recruit, stelle melden, vakanz melden, stelle inserieren, personal anfragen, déposer une offre, publier une offre, confier un recrutement',
    {
      fields:
        'job spec, role title, title of the role, title of the position, number of vacancies, number of positions, salary offered, hiring manager',
      otherwise: 'contact',
    },
  ),
  topic(
    'reference',
    'references given for others',
    'referee, references$, reference checks, reference request, referenzgeber, personnes de référence',
    'named as a referee, name you as a referee, provide a reference',
    'provide a reference, give a reference, employment reference, character reference, reference form, reference request, submit reference, reference for, referee form, référence professionnelle',
    {
      fields:
        'how do you know the candidate, how do you know the applicant, know the candidate, know the applicant, name of the candidate, name of candidate, re-employ, reemploy, name of applicant being',
      otherwise: 'recruitment',
    },
  ),
  topic(
    'workforce',
    'people who work for us, their hours and pay',
    'temporary worker, temporary staff, temps$, agency worker, contractors and temps, payroll, timesheet, our staff, our workers, workers$, employees$, on assignment, placed candidates, zeitarbeit, leiharbeit, mitarbeitende, mitarbeiter, beschäftigte, intérimaires, salariés, collaborateurs',
    'timesheet, your payslip, on assignment',
    "timesheet, time sheet, submit your hours, log your hours, hours worked, payslip, holiday request, annual leave request, stundenzettel, stundennachweis, urlaubsantrag, relevé d'heures, feuille de temps",
    { fields: 'week ending, hours worked, timesheet, worker name, shift date, break taken, stundenzettel, arbeitsstunden' },
  ),
  topic(
    'advert',
    'adverts and notices that people place',
    'advertiser, advertising with us, advertise with us, placing an advert, placing adverts, place an advert, placing a notice, family notices, death notices, obituar, classified, media bookings, inserenten, anzeigenkunden, werbekunden, traueranzeige, annonceurs, petites annonces',
    'place an advert, place an advertisement, place a notice, place a classified, advertise with us',
    'place an advert, place your advert, place an ad$, place your ad$, place a notice, place your notice, book an ad$, book your ad$, book an advert, advertise with us, advertise here, advertise in, announcement booking, family notice, death notice, obituary, classified ad, media pack, rate card, anzeige schalten, anzeige aufgeben, anzeige buchen, traueranzeige, inserieren, mediadaten, passer une annonce, publier une annonce, avis de décès',
    {
      fields:
        "wording of your advert, advert text, ad text, adtext, ad copy, text of your notice, wording of the notice, anzeigentext, date of publication, erscheinungsdatum, texte de l'annonce",
      otherwise: 'contact',
    },
  ),
  topic(
    'editorial',
    'letters and stories for publication',
    "letters to the editor, letters page, readers' letters, news tips, tip-offs, editorial, journalism, your stories, story submission, leserbrief, leserzuschriften, courrier des lecteurs",
    'letter to the editor, letters to the editor, news tip, leserbrief, courrier des lecteurs',
    'letter to the editor, letters to the editor, send us your letter, submit a letter, news tip, send us a tip, got a story, have you got a story, send us your story, share your story, tell us your story, submit your story, leserbrief, courrier des lecteurs',
    { fields: 'name for publication, not for publication, your letter, your story, pen name', otherwise: 'contact' },
  ),
  topic(
    'assistance',
    'help for travellers and visitors',
    'special assistance, assistance for, reduced mobility, access requirements, accessibility needs, mobility assistance, mobilitätseinschränk, mobilité réduite, barrierefreie',
    'special assistance, request assistance, wheelchair, mobilité réduite',
    'special assistance, request assistance, travel assistance, passenger assist, mobility assistance, access requirements, reduced mobility, betreuung am flughafen, mobilitätsservice, mobilité réduite',
    { fields: 'wheelchair, mobility aid, assistance dog, rollstuhl, fauteuil roulant', otherwise: 'contact' },
  ),
  topic(
    'refund',
    'refunds and withdrawals from a purchase',
    'refund, delay repay, returns$, compensation, widerruf, rücksend, erstattung, remboursement, rétractation, retours$',
    'request a refund, delay compensation, erstattung, remboursement',
    'refund, return an item, start a return, return form, delay repay, delay compensation, claim compensation, widerrufsformular, widerruf, retoure, erstattung, remboursement, rétractation, retourner un article, demande de retour',
    {
      fields: 'reason for return, reason for refund, reason for your refund, grund der rücksendung, motif du retour',
      otherwise: 'purchase',
    },
  ),
  topic(
    'domain',
    'domain names',
    'domain, registrant, whois, nom de domaine, noms de domaine',
    'domain registration, register a domain, registrant, nom de domaine',
    'domain name, find your domain, find a domain, find the perfect domain, search for a domain, search domains, register a domain, register your domain, transfer your domain, transfer a domain, domain registration, domain search, domaincheck, domain-check, wunschdomain, domain prüfen, domain registrieren, nom de domaine',
    { fields: 'domain, whois, auth code, authorisation code, epp code', otherwise: 'account' },
  ),
  topic(
    'pledge',
    'backing projects',
    'backer, backing a project, pledg, crowdfund, unterstützer, contributeurs',
    'back a project, pledge to a project, your pledge, crowdfund',
    'back this project, back the project, back it$, pledge, choose a reward, select a reward, crowdfund, projekt unterstützen, soutenir ce projet, soutenir le projet',
    { fields: 'pledge, bonus support, reward tier, reward$', otherwise: 'donation' },
  ),
  topic(
    'creator',
    'projects that people start',
    'creators$, project owner, project starter, campaign owner, campaign organiser, fundraiser organiser, starting a project, starting a campaign, starting a fundraiser, projektstarter, projektinitiator, porteurs de projet, porteur de projet, content creator',
    'start a project, create a project, launch a project, start a fundraiser',
    'start a project, start your project, create a project, launch your project, launch a project, submit your project, start your campaign, start a campaign, start a fundraiser, start your fundraiser, create a fundraiser, projekt starten, projekt einreichen, lancer un projet, lancer ma collecte, créer une cagnotte',
    {
      fields: 'funding goal, project title, fundraising goal, campaign title, finanzierungsziel, objectif de collecte',
      otherwise: 'account',
    },
  ),
  topic(
    'teaching',
    'people who want to teach',
    'kursleit, dozent, lehrkräfte, referent, honorarkräfte, tutors$, instructors$, our teachers, our trainers, freelance trainer, freelance tutor, associates$, intervenants, formateurs',
    'teach for us, teach a course, become a tutor, als dozent, als kursleit',
    'teach with us, teach for us, become a tutor, become an instructor, become a trainer, become a teacher, tutor applic, instructor applic, propose a course, kursleit, dozent, unterrichten sie bei, kurs anbieten, kursidee, devenir formateur, devenir intervenant, proposer un cours',
    {
      fields: 'subject you teach, subjects you teach, teaching experience, kursidee, fachgebiet, lehrerfahrung',
      otherwise: 'contact',
    },
  ),
  topic(
    'nuisance',
    'noise and anti-social behaviour',
    'anti-social, antisocial, asb$, nuisance, noise$, neighbour dispute, neighbourhood dispute, ruhestörung, lärm, nuisances sonores, troubles de voisinage',
    'anti-social behaviour, antisocial behaviour, noise nuisance',
    'anti-social, antisocial, nuisance, report noise, noisy neighbour, noise complaint, neighbour dispute, ruhestörung, lärmbeschwerde, nuisances sonores, trouble du voisinage',
    { fields: 'type of nuisance, type of noise, who is causing, person causing, perpetrator', otherwise: 'reporting' },
  ),
  topic(
    'loan',
    'loans and credit',
    'loan, credit applic, mortgage, credit check, credit score, lending, borrow, finance applic, kredit, darlehen, prêt$, prêts$, crédit, baufinanzierung',
    'loan applic, credit check, mortgage applic, darlehensantrag, demande de prêt',
    'loan, mortgage, decision in principle, agreement in principle, credit applic, apply for credit, apply for a card, apply for a credit card, could borrow, borrowing, kredit, darlehen, baufinanzierung, prêt immobilier, crédit',
    {
      fields:
        'loan amount, monthly outgoings, amount to borrow, property value, loan term, darlehensbetrag, kreditbetrag, nettoeinkommen, montant du prêt',
      otherwise: 'finance',
    },
  ),
  topic(
    'insurance',
    'insurance',
    'insurance, insured, policyholder, quotes and policies, versicherung, assurance, assurés',
    "insurance quote, your policy and claim, insurance policy, versicherungsvertrag, contrat d'assurance",
    'insurance, get covered, versicherung, assurance',
    {
      fields: 'sum insured, no claims, level of cover, cover start, policy start, pre-existing, versicherungsbeginn',
      otherwise: 'finance',
    },
  ),
  topic(
    'saving',
    'savings and accounts with money',
    'savings, saving accounts, savers, deposit account, current account, bank account, isa$, isas$, banking products, pension, girokonto, sparkonto, tagesgeld, épargne, compte courant, compte bancaire',
    'savings account, current account, open an account with us, sparkonto, girokonto',
    'savings, saver$, isa$, cash isa, current account, bank account, open an account, fixed rate bond, pension, girokonto, sparkonto, tagesgeld, konto eröffnen, épargne, livret, ouvrir un compte',
    {
      fields:
        'initial deposit, opening deposit, nominated account, amount to save, national insurance number, steuer-id, tax residen',
      otherwise: 'finance',
    },
  ),
  topic(
    'planning',
    'planning applications',
    'planning$, planning applic, planning and building, building control, urbanisme, permis de construire, bauantrag, bauanträge, baugenehmigung',
    'planning applic, permis de construire, bauantrag',
    'planning applic, object to a planning, comment on a planning, comment on an application, comment on application, comment on this application, planning permission, building control, bauantrag, permis de construire, extension to dwelling',
    { fields: 'planning reference, application reference number, stance, bauvorhaben', otherwise: 'licence' },
  ),
  topic(
    'parking',
    'parking',
    'parking$, penalty charge, parking permit, parkausweis, bewohnerparken, stationnement, blue badge',
    'parking permit, penalty charge notice, parkausweis, stationnement',
    'parking permit, parking$, penalty charge, pcn$, parking fine, parking ticket, parkausweis, bewohnerparkausweis, stationnement',
    {
      fields: 'pcn, penalty charge, vehicle registration, registration plate, number plate, kennzeichen, immatriculation',
      otherwise: 'licence',
    },
  ),
  topic(
    'bereavement',
    'deaths that are reported and estates',
    'bereave, deceased, death of a customer, funeral, sterbefall, bestattung, obsèques, décès, burial, cremation',
    'when a customer dies, deceased customer, bereavement',
    'bereave, tell us about a death, notify us of a death, report a death, someone has died, funeral, burial, sterbefall melden, bestattung, déclarer un décès, obsèques',
    {
      fields: 'name of the deceased, name of deceased, deceased, date of death, executor, sterbedatum, date de décès',
      otherwise: 'contact',
    },
  ),
  topic(
    'group-visit',
    'visits of groups and schools',
    'group visit, group booking, school visit, school groups, visiting groups, schools and groups, gruppenbesuch, gruppenführung, visites de groupe, groupes scolaires',
    'group visit, school visit, visite scolaire',
    'group visit, group booking, school visit, school trip, schools visit, self-guided visit, gruppenführung, gruppenbuchung, gruppenbesuch, visite de groupe, visite scolaire',
    {
      fields:
        "number of pupils, number of students, key stage, year group, age of group, group size, gruppengröße, nombre d'élèves",
      otherwise: 'event',
    },
  ),
  topic(
    'trial',
    'passes and hours to try something',
    "trial pass, trial session, trial lesson, trial membership, day pass, guest pass, taster, probetraining, probestunde, schnupper, séance d'essai, cours d'essai",
    "trial pass, day pass, guest pass, taster session, probetraining, séance d'essai",
    "day pass, guest pass, free pass, trial pass, trial session, trial lesson, trial class, taster, try us for free, probetraining, probestunde, schnupper, séance d'essai, cours d'essai",
    { otherwise: 'contact' },
  ),
  topic(
    'voucher',
    'gift vouchers',
    'gift voucher, gift card, vouchers$, gutschein, cartes cadeaux, carte cadeau, chèques cadeaux',
    'gift voucher, gift card, gutschein, carte cadeau',
    'gift voucher, gift card, gift certificate, gutschein, carte cadeau, chèque cadeau, bon cadeau',
    {
      fields: "recipient's name, recipient name, recipient's email, recipient email, message to recipient, gift message",
      otherwise: 'purchase',
    },
  ),
  topic(
    'image-use',
    'images and objects that people ask for',
    "image licensing, image requests, picture library, reproduction, rights and images, bildrechte, bildarchiv, reproductions d'images, photothèque",
    'license an image, image licence, picture library',
    'image request, request an image, license an image, image licensing, picture library, order an image, reproduction request, bildanfrage, photothèque',
    { fields: 'image number, accession number, object number, print run, intended use of the image', otherwise: 'contact' },
  ),
  topic(
    'absence',
    'absences that are reported',
    'absence, attendance and absence, pupil attendance, krankmeldung, abwesenheit, entschuldigung, absences$',
    'report an absence, report that your child, krankmeldung',
    'report an absence, report absence, absence, krankmeldung, abwesenheit, kind krankmelden, signaler une absence',
    {
      fields: "reason for absence, first day of absence, date of absence, expected return, motif de l'absence",
      otherwise: 'contact',
    },
  ),
  topic(
    'meter',
    'meter readings and supply',
    "meter reading, meter data, smart meter, energy supply, gas and electricity, zählerstand, energielieferung, relevé de compteur, fourniture d'énergie",
    'meter reading, zählerstand, relevé de compteur',
    'meter reading, submit a reading, submit your reading, zählerstand, relevé de compteur, index de compteur',
    { fields: 'meter reading, meter serial, meter number, zählernummer, zählerstand, numéro de compteur' },
  ),
  topic(
    'moving',
    'moving home',
    'moving home, moving house, moving in, moving out, change of address, umzug, déménagement',
    'moving home, when you move, umzug, déménagement',
    "moving home, moving house, moving in$, moving out$, tell us you are moving, change of address, change your address, umzug melden, adressänderung, déménagement, changement d'adresse",
    {
      fields: 'moving date, move-in date, move in date, new address, old address, umzugsdatum, neue adresse, nouvelle adresse',
      otherwise: 'account',
    },
  ),
  topic(
    'waitlist',
    'early access',
    "waitlist, waiting list, early access, beta test, beta program, pre-launch, warteliste, liste d'attente",
    'join the waitlist, early access, beta tester, warteliste',
    "waitlist, waiting list, early access, private beta, beta program, join the beta, request an invite, warteliste, liste d'attente, accès anticipé",
    { otherwise: 'marketing' },
  ),
  topic(
    'trade',
    'trade accounts',
    'trade customer, trade account, business account, wholesale, credit account, händler$, geschäftskunden, comptes professionnels, revendeurs',
    'trade account, trade customer, wholesale account',
    'trade account, trade applic, business account, wholesale, open a credit account, stockist, händler werden, händlerregistrierung, geschäftskunde, compte professionnel, compte pro$',
    { fields: 'trade references, trading name, credit limit', otherwise: 'account' },
  ),
  topic(
    'social-care',
    'care and carers',
    'social care, care assessment, carers$, adult care, care and support, pflege$, pflegebedürftig, aide à domicile',
    'care assessment, needs assessment, adult social care',
    "care assessment, needs assessment, carer's assessment, social care, register as a carer, request care, pflegeberatung, aide à domicile",
    { fields: 'carer, cared for, care needs', otherwise: 'advice' },
  ),
  topic(
    'prayer',
    'prayers that are asked for',
    'prayer, gebetsanliegen, intentions de prière',
    'prayer request, gebetsanliegen',
    'prayer, pray for you, gebetsanliegen, intention de prière',
    { fields: 'prayer, gebetsanliegen', otherwise: 'contact' },
  ),
  topic(
    'church-service',
    'baptisms, weddings and funerals in church',
    'baptism, christening, confirmation classes, church services, taufe, taufanmeldung, kasualien, baptême, sacrement',
    'baptism, taufe, baptême',
    'baptism, baptised, christening, christened, taufe, taufanmeldung, baptême',
    { fields: 'godparent, taufpate', otherwise: 'contact' },
  ),
  topic(
    'manuscript',
    'manuscripts and works that are offered',
    'authors$, manuscript, submissions from, submission of work, autoren$, autorinnen, manuskript, auteurs$, manuscrit',
    'submit a manuscript, your manuscript, manuskript, manuscrit',
    'manuscript, submit your work, submit your writing, submit a proposal for a book, book proposal, manuskript, manuscrit',
    { fields: 'synopsis, title of work, manuscript, word count, sample chapter, exposé', otherwise: 'editorial' },
  ),
];

export const TOPIC_BY_ID: ReadonlyMap<string, Topic> = new Map(TOPICS.map((each) => [each.id, each]));

/** Activities that only pages as a whole show. */
export interface SiteTopic {
  id: 'visit' | 'cookies' | HostKind;
  name: string;
  title: Stems;
  text: Stems;
}

export const HOST_KINDS = [
  'statistics',
  'advertising',
  'tags',
  'social',
  'video',
  'map',
  'payment',
  'chat',
  'captcha',
  'font',
  'consent',
  'monitoring',
] as const;
export type HostKind = (typeof HOST_KINDS)[number];

export const SITE_TOPICS: readonly SiteTopic[] = [
  {
    id: 'visit',
    name: 'visits of the website',
    title:
      'visitor, visiting, visit our, visit the, website users, website usage, website use, use of the website, use our website, use of our website, browse, browsing, server log, log file, access log, access data, web server, hosting, when you use our site, ~server-log, logfile, ~logdaten, zugriffsdaten, besuch, aufruf der, bereitstellung der website, bereitstellung des onlineangebot, nutzung der website, visite, visiteurs, navigation, journaux, hébergement, using our website, using our site, our website$, information collected automatically, automatically collected, technical data, technical information, usage data',
    text: 'server log, log file, when you visit our website, when you visit our site, ip address of visitors, visitors to our website, ~logfiles, logs de connexion',
  },
  {
    id: 'cookies',
    name: 'cookies',
    title: 'cookie, ~cookie, traceur, tracking technolog, similar technolog, local storage, privacy choices',
    text: 'we use cookies, uses cookies, cookies are',
  },
  {
    id: 'statistics',
    name: 'visitor statistics',
    title:
      "statistic, analytic, analys, measur, web analysis, audience, matomo, plausible, performance cookie, ~statistik, webanalyse, reichweitenmessung, mesure d'audience, analític, analitic, improve our website, improving our website, website improvement, tracking$",
    text: "google analytics, matomo, plausible analytics, hotjar, web analytics, adobe analytics, microsoft clarity, webanalyse, mesure d'audience",
  },
  {
    id: 'advertising',
    name: 'advertising',
    title:
      'advertising, advertisement, adverts$, ad partners, retarget, remarket, targeted ads, ads$, personalised ads, pixel, publicit, anzeigen, onlinewerbung, targeting',
    text: 'facebook pixel, meta pixel, google ads, remarketing, retargeting, targeted advert, linkedin insight, doubleclick',
  },
  {
    id: 'social',
    name: 'social networks',
    title:
      'social media, social network, social plugin, facebook, instagram, twitter, linkedin, soziale medien, soziale netzwerke, réseaux sociaux, like button, share button',
    text: 'social media plugin, share button, facebook plugin, like button, social plug-ins',
  },
  {
    id: 'video',
    name: 'embedded videos',
    title:
      'video$, videos$, video-, videoeinbindung, youtube, vimeo, embedded content, embedded media, embeds, third-party content, media from, eingebettete, eingebundene, einbindung von, contenus intégrés, vidéo$, vidéos$',
    text: 'youtube, vimeo, embedded video, embedded content',
  },
  {
    id: 'map',
    name: 'embedded maps',
    title:
      'map$, maps$, embedded content, embedded media, embeds, third-party content, ~kartendienst, google maps, openstreetmap, cartes$, eingebettete, einbindung von',
    text: 'google maps, openstreetmap, embedded map, mapbox',
  },
  {
    id: 'chat',
    name: 'chat',
    title: 'chat, chatbot, live help, messenger, whatsapp',
    text: 'live chat, chatbot, chat function',
  },
  {
    id: 'captcha',
    name: 'protection against misuse',
    title:
      'captcha, recaptcha, spam$, keeping the site safe, security, fraud prevention, bot protection, misuse, sicherheit, sécurité',
    text: 'recaptcha, hcaptcha, turnstile, spam protection',
  },
  {
    id: 'font',
    name: 'fonts and files of other providers',
    title: 'font, fonts$, content delivery, cdn$, schriftarten, polices, web fonts',
    text: 'google fonts, adobe fonts, content delivery network, font awesome',
  },
  {
    id: 'monitoring',
    name: 'finding faults',
    title: 'error tracking, crash, monitoring, diagnostic, fehleranalyse, sentry',
    text: 'sentry, bugsnag, new relic, datadog, error tracking',
  },
];
