// Pages of our own as sites and their vendors make them, under the notices of whole-notices.fixture.ts.
import type { NOTICES } from './whole-notices.fixture.ts';

export interface WholePage<Of extends string = keyof typeof NOTICES> {
  name: string;
  of: Of;
  /** The notice that the page leads to, as the page writes its address; null: none. */
  leadsTo: string | null;
  /** How the titles of the activities begin that apply here, and of those that may; no other may be said to apply. */
  here: readonly string[];
  may: readonly string[];
  html: string;
}

interface Parts {
  head?: string;
  nav?: string;
  footer?: string;
}

export const plain = (
  org: string,
  lang: string,
  title: string,
  main: string,
  { head = '', nav = '', footer = '' }: Parts = {},
): string =>
  `<!DOCTYPE html><html lang="${lang}"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${head}</head><body><header><a href="/">${org}</a><nav>${nav}</nav></header><main>${main}</main><footer>${footer}</footer></body></html>`;
const GA = `<script async src="https://www.googletagmanager.com/gtag/js?id=G-ABCDE12345"></script><script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('js',new Date());gtag('config','G-ABCDE12345');</script>`;
const clinic = (
  title: string,
  main: string,
  head = '',
): string => `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>${title} - Larkfield Road Surgery</title><link rel="stylesheet" href="/wp-content/themes/gp/style.css">${head}</head><body class="page-template-default">
<header id="masthead"><a class="skip-link" href="#content">Skip to content</a><p class="site-title"><a href="/" rel="home">Larkfield Road Surgery</a></p><nav aria-label="Primary"><ul id="primary-menu"><li><a href="/">Home</a></li><li><a href="/appointments/">Appointments</a></li><li><a href="/prescriptions/">Prescriptions</a></li><li><a href="/new-patients/">New patients</a></li><li><a href="/ppg/">Patient group</a></li><li><a href="/contact/">Contact</a></li></ul></nav><form role="search" method="get" class="search-form" action="/"><label><span class="screen-reader-text">Search for:</span><input type="search" class="search-field" name="s" placeholder="Search …"></label><button type="submit" class="search-submit">Search</button></form></header>
<main id="content">${main}</main>
<footer class="site-footer"><h2>Opening times</h2><p>Monday to Friday 8.00 to 18.30</p><ul><li><a href="/accessibility/">Accessibility</a></li><li><a href="/fair-processing/">Privacy Notice</a></li><li><a href="/cookies/">Cookies</a></li><li><a href="https://www.nhs.uk/">NHS website</a></li></ul></footer></body></html>`;
const shop = (
  title: string,
  main: string,
  head = '',
  end = '',
): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} | Northgate Lamps</title>${head}${GA}</head><body>
<div class="announcement-bar"><p>Free UK delivery over £60</p></div><header class="header"><a href="/">Northgate Lamps</a><nav><a href="/collections/floor">Floor lamps</a><a href="/collections/desk">Desk lamps</a><a href="/account/login">Log in</a><a href="/cart">Basket (1)</a></nav><predictive-search><form action="/search" method="get" role="search"><input id="Search-In-Modal" type="search" name="q" placeholder="Search"><button aria-label="Search"></button></form></predictive-search></header>
<main id="MainContent" role="main">${main}</main>
<footer class="footer"><div class="footer-block--newsletter"><h2 class="footer-block__heading">Subscribe to our emails</h2><form method="post" action="/contact#ContactFooter" id="ContactFooter" class="newsletter-form"><input type="hidden" name="form_type" value="customer"><input id="NewsletterForm--footer" type="email" name="contact[email]" autocomplete="email" placeholder="Email" aria-required="true"><button type="submit" aria-label="Subscribe"><span>→</span></button></form></div><ul><li><a href="/policies/privacy-policy">Privacy policy</a></li><li><a href="/policies/refund-policy">Refund policy</a></li><li><a href="/policies/terms-of-service">Terms of service</a></li></ul><small>© 2026, Northgate Lamps Powered by Shopify</small></footer>${end}</body></html>`;
const charityFooter = `<p>Haven Trust is a registered charity.</p><ul><li><a href="/jobs">Jobs</a></li><li><a href="/volunteer">Volunteer</a></li><li><a href="/legal/your-data">How we use your data</a></li><li><a href="/contact-us">Contact us</a></li></ul>`;
const charityNav = `<a href="/get-help">Get help</a><a href="/get-involved">Get involved</a><a href="/donate" class="btn">Donate</a>`;
const saasFooter = `<div class="footer-cols"><h4>Product</h4><a href="/features">Features</a><a href="/pricing">Pricing</a><h4>Company</h4><a href="/careers">Careers <span>We're hiring</span></a><a href="/partners">Partners</a><h4>Legal</h4><a href="/legal/terms">Terms</a><a href="/legal/privacy">Privacy</a><a href="/legal/cookies">Cookies</a><a href="/legal/dpa">DPA</a></div>`;
const saasNav = `<a href="/product">Product</a><a href="/pricing">Pricing</a><a href="/webinars">Webinars</a><a href="https://app.brightdesk.example/login">Log in</a><a href="/signup">Start free trial</a>`;

export const PAGES_IN_ENGLISH: readonly WholePage[] = [
  {
    name: 'clinic-register',
    of: 'clinic',
    leadsTo: '/fair-processing/',
    here: ['Registering as a patient'],
    may: ['Our website', 'Appointments'],
    html: clinic(
      'Register with us',
      `<h1 class="entry-title">Register online</h1><p>Please complete all sections.</p><div class="gf_browser_chrome gform_wrapper gravity-theme" id="gform_wrapper_3"><form method="post" enctype="multipart/form-data" id="gform_3" action="/new-patients/register/"><div class="gform_body"><fieldset class="gfield"><legend class="gfield_label">Name <span class="gfield_required">*</span></legend><input type="text" name="input_1.3" id="input_3_1_3" aria-required="true"><label for="input_3_1_3">First</label><input type="text" name="input_1.6" id="input_3_1_6"><label for="input_3_1_6">Last</label></fieldset><div class="gfield"><label class="gfield_label" for="input_3_2">Date of birth</label><input name="input_2" id="input_3_2" type="text" class="datepicker" placeholder="dd/mm/yyyy"></div><div class="gfield"><label class="gfield_label" for="input_3_4">NHS number (if known)</label><input name="input_4" id="input_3_4" type="text"></div><div class="gfield"><label for="input_3_5">Town and country of birth</label><input name="input_5" id="input_3_5"></div><div class="gfield"><label for="input_3_6">Previous GP practice</label><input name="input_6" id="input_3_6"></div><div class="gfield"><label for="input_3_7">Current address</label><textarea name="input_7" id="input_3_7"></textarea></div></div><div class="gform_footer"><input type="submit" id="gform_submit_button_3" class="gform_button button" value="Submit registration"></div></form></div>`,
    ),
  },
  {
    name: 'clinic-flu-post',
    of: 'clinic',
    leadsTo: '/fair-processing/',
    here: ['Our website'],
    may: [],
    html: clinic(
      'Autumn flu and COVID vaccines: what to expect',
      `<article class="post"><header class="entry-header"><h1 class="entry-title">Autumn flu and COVID vaccines: what to expect</h1><span class="posted-on">12 October 2026</span></header><div class="entry-content"><p>If you are over 65 we will write to you.</p><figure class="wp-block-embed is-provider-youtube"><iframe loading="lazy" title="Flu vaccine explained" width="640" height="360" src="https://www.youtube-nocookie.com/embed/abc123?feature=oembed" allowfullscreen></iframe></figure><h2>Who is eligible?</h2><p>…</p></div></article><aside><h2 class="widget-title">Recent news</h2><ul><li><a href="/x">Car park closed</a></li></ul></aside>`,
      GA +
        `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},{"@type":"NewsArticle","headline":"Autumn flu"},{"@type":"BreadcrumbList"}]}</script>`,
    ),
  },
  {
    name: 'clinic-fft',
    of: 'clinic',
    leadsTo: '/fair-processing/',
    here: ['Feedback and complaints'],
    may: ['Our website'],
    html: clinic(
      'Friends and Family Test',
      `<h1>Friends and Family Test</h1><div class="wpcf7"><form action="/feedback/#wpcf7-f22-p9-o1" method="post" class="wpcf7-form init"><p><label>Overall, how was your experience of our service?<br><span class="wpcf7-form-control-wrap"><select name="experience"><option>Very good</option><option>Good</option><option>Poor</option></select></span></label></p><p><label>Please tell us why you gave that answer<br><textarea cols="40" rows="10" name="why"></textarea></label></p><p><input class="wpcf7-submit" type="submit" value="Send"></p></form></div>`,
    ),
  },
  {
    name: 'clinic-prescription',
    of: 'clinic',
    leadsTo: '/fair-processing/',
    here: ['Repeat prescriptions'],
    may: ['Our website'],
    html: clinic(
      'Order your medication',
      `<h1>Order your medication</h1><form id="rx" action="/prescriptions/order/" method="post"><label for="fn">Full name</label><input id="fn" name="fullName" autocomplete="name"><label for="db">Date of birth</label><input id="db" name="dob" type="date" autocomplete="bday"><label for="m1">Medicine 1 (name, strength and dose)</label><input id="m1" name="med1"><label for="m2">Medicine 2</label><input id="m2" name="med2"><label for="ph">Nominated pharmacy</label><select id="ph" name="pharmacy"><option>Boots</option></select><label for="em">Email</label><input id="em" type="email" name="email"><button class="nhsuk-button">Request medication</button></form>`,
    ),
  },

  {
    name: 'shop-checkout',
    of: 'shop',
    leadsTo: '/policies/privacy-policy',
    here: ['To process and deliver your order'],
    may: ['To use data analytics', 'To send you', 'To administer', 'To deliver relevant', 'To manage', 'To register'],
    html: `<!DOCTYPE html><html lang="en"><head><title>Checkout - Northgate Lamps</title>${GA}</head><body><div id="app"><header role="banner"><a href="/">Northgate Lamps</a></header><main><form action="" method="POST" id="Form1" novalidate><section aria-label="Contact"><h2>Contact</h2><label for="email">Email</label><input id="email" name="email" type="email" autocomplete="shipping email"><label><input type="checkbox" name="marketing_opt_in" id="marketing_opt_in"> Email me with news and offers</label></section><section aria-label="Delivery"><h2>Delivery</h2><label for="TextField0">First name</label><input id="TextField0" name="firstName" autocomplete="shipping given-name"><input name="lastName" placeholder="Last name" autocomplete="shipping family-name"><label for="a1">Address</label><input id="a1" name="address1" autocomplete="shipping address-line1"><input name="city" placeholder="City" autocomplete="shipping address-level2"><input name="postalCode" placeholder="Postcode" autocomplete="shipping postal-code"></section><section aria-label="Payment"><h2>Payment</h2><p>All transactions are secure and encrypted.</p><div class="card-fields-iframe"><iframe class="card-fields-iframe" title="Field container for: Card number" src="https://checkout.pci.shopifyinc.com/build/abc/number-ltr.html?identifier=&locationURL="></iframe><iframe title="Field container for: Security code" src="https://checkout.pci.shopifyinc.com/build/abc/verification_value-ltr.html"></iframe></div></section><button id="checkout-pay-button" type="submit"><span>Pay now</span></button></form></main><footer role="contentinfo"><ul><li><a href="/policies/refund-policy">Refund policy</a></li><li><a href="/policies/privacy-policy">Privacy policy</a></li></ul></footer></div></body></html>`,
  },
  {
    name: 'shop-product',
    of: 'shop',
    leadsTo: '/policies/privacy-policy',
    here: ['To use data analytics'],
    may: ['To send you', 'To administer', 'To deliver relevant', 'To process and deliver your order'],
    html: shop(
      'Type 75 desk lamp',
      `<product-info><div class="product__media"><img src="//cdn.shopify.com/s/files/1/lamp.jpg" alt="Desk lamp"></div><h1>Type 75 desk lamp</h1><span class="price">£165.00</span><form method="post" action="/cart/add" id="product-form" class="form"><fieldset><legend>Colour</legend><input type="radio" id="c1" name="Colour" value="Black"><label for="c1">Black</label></fieldset><label for="Quantity">Quantity</label><input type="number" name="quantity" id="Quantity" value="1"><button type="submit" name="add">Add to basket</button></form><div class="product__description"><p>A classic lamp.</p></div></product-info><section><h2>You may also like</h2></section>`,
      `<script type="application/ld+json">{"@context":"http://schema.org/","@type":"Product","name":"Type 75","offers":{"@type":"Offer","price":"165.00","priceCurrency":"GBP"}}</script>`,
      `<div class="klaviyo-popup" role="dialog" aria-label="POPUP Form" style="display:none"><form data-testid="klaviyo-form-X"><p>Get 10% off your first order</p><input type="email" name="email" placeholder="Enter your email" aria-label="Enter your email"><button type="button">Claim my code</button></form></div><script async src="https://static.klaviyo.com/onsite/js/klaviyo.js?company_id=X"></script>`,
    ),
  },
  {
    name: 'shop-register',
    of: 'shop',
    leadsTo: '/policies/privacy-policy',
    here: ['To register you as a new customer'],
    may: ['To use data analytics', 'To send you', 'To administer', 'To deliver relevant', 'To manage'],
    html: shop(
      'Create New Customer Account',
      `<h1 class="page-title"><span class="base">Create New Customer Account</span></h1><form class="form create account form-create-account" action="/customer/account/createpost/" method="post" id="form-validate"><fieldset class="fieldset create info"><legend><span>Personal Information</span></legend><label for="firstname"><span>First Name</span></label><input type="text" id="firstname" name="firstname"><label for="lastname"><span>Last Name</span></label><input type="text" id="lastname" name="lastname"><input type="checkbox" name="is_subscribed" id="is_subscribed"><label for="is_subscribed">Sign Up for Newsletter</label></fieldset><fieldset class="fieldset create account"><legend><span>Sign-in Information</span></legend><label for="email_address">Email</label><input type="email" name="email" autocomplete="email" id="email_address"><label for="password">Password</label><input type="password" name="password" id="password" autocomplete="off"><label for="password-confirmation">Confirm Password</label><input type="password" name="password_confirmation" id="password-confirmation" autocomplete="off"></fieldset><button type="submit" class="action submit primary" title="Create an Account"><span>Create an Account</span></button></form>`,
    ),
  },
  {
    name: 'shop-giveaway',
    of: 'shop',
    leadsTo: '/policies/privacy-policy',
    here: ['To enable you to partake'],
    may: ['To use data analytics', 'To send you', 'To administer', 'To deliver relevant'],
    html: shop(
      'Win a Type 75',
      `<h1>Win a Type 75 desk lamp</h1><p>Answer our question to be in with a chance. Closes midnight on 30 November.</p><form action="/contact" class="contact-form"><label for="cn">Your name</label><input id="cn" name="contact[name]"><label for="ce">Email address</label><input id="ce" name="contact[email]" type="email"><label for="cq">In which year was the lamp designed?</label><input id="cq" name="contact[answer]"><input type="submit" value="Enter now"></form><p><small>Full terms and conditions apply. One entry per household.</small></p>`,
    ),
  },

  {
    name: 'uni-workday',
    of: 'uni',
    leadsTo: null,
    here: ['Applicants for jobs'],
    may: ['Website visitors'],
    html: `<!DOCTYPE html><html lang="en-GB"><head><title>Lecturer in Law</title><meta property="og:title" content="Lecturer in Law"></head><body><div id="root"><div data-automation-id="header"><button>Sign In</button></div><div data-automation-id="applyFlowPage"><h2 data-automation-id="applyFlowMyInfoPageHeader">My Information</h2><ol data-automation-id="progressBar"><li>Create Account/Sign In</li><li>My Information</li><li>My Experience</li><li>Application Questions</li><li>Voluntary Disclosures</li><li>Review</li></ol><div data-automation-id="formField-source"><label><span>How Did You Hear About Us?</span><abbr>*</abbr></label><div role="combobox" aria-label="How Did You Hear About Us?" tabindex="0"></div></div><fieldset><legend>Have you previously worked for the University of Stowell?</legend><input type="radio" id="r1" name="candidateIsPreviousWorker"><label for="r1">Yes</label></fieldset><h4>Legal Name</h4><label for="name--legalName--firstName">Given Name(s)</label><input type="text" id="name--legalName--firstName" name="legalName--firstName"><label for="ln">Family Name</label><input id="ln" type="text" name="legalName--lastName"><label for="pn">Phone Number</label><input id="pn" type="text" name="phoneNumber"><div><button data-automation-id="bottom-navigation-next-button">Save and Continue</button></div></div></div></body></html>`,
  },
  {
    name: 'uni-prospectus',
    of: 'uni',
    leadsTo: '/about/policies/privacy',
    here: ['Enquirers and applicants for study'],
    may: ['Website visitors'],
    html: plain(
      'University of Stowell',
      'en-GB',
      'Order a prospectus - University of Stowell',
      `<h1>Order a prospectus</h1><form id="mktoForm_1081" class="mktoForm"><div class="mktoFormRow"><label for="FirstName" class="mktoLabel">First name:</label><input id="FirstName" name="FirstName" maxlength="255" type="text" class="mktoField"></div><label for="LastName">Last name:</label><input id="LastName" name="LastName" type="text"><label for="Email">Email address:</label><input id="Email" name="Email" type="email"><label for="Year">Year of entry:</label><select id="Year" name="Year_of_Entry__c"><option>2027</option></select><label for="Subj">Subject of interest:</label><select id="Subj" name="subject"><option>Law</option></select><label for="Pc">Postcode:</label><input id="Pc" name="PostalCode"><button type="submit" class="mktoButton">Send me a prospectus</button></form>`,
      {
        nav: '<a href="/study">Study</a><a href="/research">Research</a><a href="/alumni">Alumni</a><a href="/jobs">Jobs</a>',
        footer:
          '<nav aria-label="Footer"><a href="/about/policies/privacy">Data protection and privacy</a><a href="/about/policies/cookies">Cookies</a><a href="/foi">Freedom of information</a></nav>',
        head: '<script src="//app-lon09.marketo.com/js/forms2/js/forms2.min.js"></script>',
      },
    ),
  },
  {
    name: 'uni-study-participant',
    of: 'uni',
    leadsTo: '/about/policies/privacy',
    here: ['Participants in research'],
    may: ['Website visitors'],
    html: plain(
      'University of Stowell',
      'en-GB',
      'Take part: sleep and memory in shift workers',
      `<h1>Sleep and memory in shift workers</h1><h2>Who can take part?</h2><p>We are looking for volunteers aged 18 to 60 who work nights.</p><h2>Register your interest</h2><div class="QuestionOuter"><form name="Page" id="Page" method="post"><fieldset><legend><div class="QuestionText">Have you read the participant information sheet?</div></legend><input type="radio" name="QR~QID1" id="q1"><label for="q1"><span>Yes</span></label></fieldset><div class="QuestionText">How old are you?</div><input type="text" name="QR~QID2~TEXT" aria-label="How old are you?"><input type="text" name="QR~QID3~TEXT" aria-label="Email address"><input id="NextButton" type="button" value="→" name="NextButton" title="Next"></form></div>`,
      { footer: '<a href="/about/policies/privacy">Privacy</a> <a href="/accessibility">Accessibility</a>' },
    ),
  },
  {
    name: 'uni-alumni',
    of: 'uni',
    leadsTo: '/about/policies/privacy',
    here: ['Alumni and supporters'],
    may: ['Website visitors'],
    html: plain(
      'University of Stowell',
      'en-GB',
      'Update your details | Stowell Alumni',
      `<h1>Stay in touch</h1><p>Moved house or changed jobs? Let us know.</p><form action="https://stowell.imodules.com/s/1/form"><label>Name while at Stowell <input name="formername"></label><label>Year of graduation <input name="gradyear" type="number"></label><label>Degree <input name="degree"></label><label>Email <input name="email" type="email"></label><label>Employer <input name="employer" autocomplete="organization"></label><label>Home address <textarea name="addr"></textarea></label><button>Update my details</button></form>`,
      { footer: '<a href="/about/policies/privacy">Privacy</a>' },
    ),
  },
  {
    name: 'uni-short-course',
    of: 'uni',
    leadsTo: '/about/policies/privacy',
    here: ['Short courses and professional development'],
    may: ['Website visitors', 'Students', 'Enquirers'],
    html: plain(
      'University of Stowell',
      'en-GB',
      'Data skills for managers (2-day short course)',
      `<h1>Data skills for managers</h1><p class="lede">A two-day short course for professionals</p><h2>Book your place</h2><form id="bk" action="/store/checkout"><label for="t">Title</label><select id="t" name="title"><option>Ms</option></select><label for="n">Delegate name</label><input id="n" name="delegate"><label for="j">Job title</label><input id="j" name="job"><label for="o">Organisation</label><input id="o" name="org"><label for="e">Email</label><input id="e" name="email" type="email"><label for="po">Purchase order number</label><input id="po" name="po"><button>Continue to payment</button></form>`,
      {
        head: '<script type="application/ld+json">[{"@context":"https://schema.org","@type":"Course","name":"Data skills for managers","provider":{"@type":"CollegeOrUniversity","name":"Stowell"}}]</script>',
        footer: '<a href="/about/policies/privacy">Privacy</a>',
      },
    ),
  },

  {
    name: 'charity-donate',
    of: 'charity',
    leadsTo: '/legal/your-data',
    here: ['When you give us money'],
    may: ['When you visit our website', 'Keeping you up to date'],
    html: plain(
      'Haven Trust',
      'en-GB',
      'Make a donation today | Haven Trust',
      `<h1>Your gift keeps someone safe tonight</h1><form id="donation-form" class="donation"><fieldset><legend>I'd like to give</legend><input type="radio" name="freq" id="once"><label for="once">Just once</label><input type="radio" name="freq" id="monthly"><label for="monthly">Monthly</label></fieldset><label><input type="radio" name="amt" value="10"> £10</label><label for="other">Other amount</label><input id="other" name="amount" inputmode="decimal"><fieldset><legend>Boost your donation by 25p of Gift Aid</legend><input type="checkbox" id="ga" name="giftaid"><label for="ga">I am a UK taxpayer</label></fieldset><label for="fn">First name</label><input id="fn" name="first_name" autocomplete="given-name"><label for="ln">Last name</label><input id="ln" name="last_name" autocomplete="family-name"><label for="em">Email</label><input id="em" name="email" type="email"><div id="card-element" class="StripeElement"><iframe name="__privateStripeFrame123" title="Secure card payment input frame" src="https://js.stripe.com/v3/elements-inner-card.html"></iframe></div><button type="submit">Donate £10</button></form><div id="paypal-button"></div>`,
      {
        nav: charityNav,
        footer: charityFooter,
        head: '<script src="https://js.stripe.com/v3/"></script><script src="https://www.paypal.com/sdk/js?client-id=x&vault=true"></script>',
      },
    ),
  },
  {
    name: 'charity-volunteer',
    of: 'charity',
    leadsTo: '/legal/your-data',
    here: ['When you volunteer'],
    may: ['When you visit our website'],
    html: plain(
      'Haven Trust',
      'en-GB',
      'Befriender (Leeds): application | Haven Trust',
      `<h1>Apply to be a befriender</h1><form><label>Full name<input name="a1"></label><label>Phone<input name="a2" type="tel"></label><label>Which days are you free?<input name="a3"></label><label>What draws you to volunteering with us?<textarea name="a4"></textarea></label><label>First referee: name and email<input name="a5"></label><label>Do you have any unspent convictions?<select name="a6"><option>No</option></select></label><button>Submit application</button></form>`,
      { nav: charityNav, footer: charityFooter },
    ),
  },
  {
    name: 'charity-petition',
    of: 'charity',
    leadsTo: '/legal/your-data',
    here: ['When you support a campaign'],
    may: ['When you visit our website', 'Keeping you up to date'],
    html: plain(
      'Haven Trust',
      'en-GB',
      'End no-fault evictions now',
      `<h1>End no-fault evictions now</h1><div class="progress"><strong>48,211</strong> have signed. Help us get to 50,000.</div><p>To: the Secretary of State</p><form class="en__component en__component--page" action="https://e-activist.com/page/12345/action/2" method="post"><div class="en__field en__field--text"><label for="en__field_supporter_firstName" class="en__field__label">First name</label><input id="en__field_supporter_firstName" name="supporter.firstName" class="en__field__input" type="text"></div><label for="l">Last name</label><input id="l" name="supporter.lastName"><label for="e">Email address</label><input id="e" type="email" name="supporter.emailAddress"><label for="p">Postcode</label><input id="p" name="supporter.postcode"><fieldset><legend>Can we email you about our work?</legend><input type="radio" name="supporter.questions.1" id="y"><label for="y">Yes please</label></fieldset><div class="en__submit"><button>Add my name</button></div></form>`,
      { nav: charityNav, footer: charityFooter },
    ),
  },
  {
    name: 'charity-chat',
    of: 'charity',
    leadsTo: '/legal/your-data',
    here: ['When you use our support services'],
    may: ['When you visit our website'],
    html: plain(
      'Haven Trust',
      'en-GB',
      'Talk to an adviser | Haven Trust',
      `<h1>Talk to an adviser</h1><p>Our helpline is free: 0808 800 0000. Or chat online, 10am to 6pm.</p><section class="chat-launch"><h2>Start a web chat</h2><form><label for="nick">What shall we call you?</label><input id="nick" name="nickname"><label for="topic">What do you need help with?</label><select id="topic"><option>My landlord</option></select><label for="story">Tell us what has happened</label><textarea id="story"></textarea><button>Start chat</button></form></section>`,
      { nav: charityNav, footer: charityFooter, head: '<script src="https://v2.zopim.com/?abc"></script>' },
    ),
  },
  {
    name: 'charity-run',
    of: 'charity',
    leadsTo: '/legal/your-data',
    here: ['When you take part in a challenge'],
    may: ['When you visit our website', 'When you give us money', 'Keeping you up to date'],
    html: plain(
      'Haven Trust',
      'en-GB',
      'Great North Run 2027: get your place',
      `<h1>Run the Great North Run for Haven</h1><form action="https://www.enthuse.com/register"><label>First name<input name="fname"></label><label>Surname<input name="sname"></label><label>Email<input type="email" name="e"></label><label>T-shirt size<select name="ts"><option>M</option></select></label><label>Emergency contact name<input name="ecn"></label><label>Emergency contact phone<input name="ecp" type="tel"></label><label>How much do you aim to raise?<input name="target"></label><button>Register and pay £25 registration fee</button></form>`,
      {
        nav: charityNav,
        footer: charityFooter,
        head: '<script type="application/ld+json">{"@context":"https://schema.org","@type":"SportsEvent","name":"Great North Run","startDate":"2027-09-12"}</script>',
      },
    ),
  },

  {
    name: 'saas-demo',
    of: 'saas',
    leadsTo: '/legal/privacy',
    here: ['Sales enquiries and demonstrations'],
    may: ['Analytics and cookies', 'Marketing emails'],
    html: plain(
      'Brightdesk',
      'en',
      'See Brightdesk in action',
      `<h1>See Brightdesk in action</h1><p>Tell us about your team and one of our specialists will walk you through the product.</p><div class="hbspt-form"><form id="hsForm_1" class="hs-form-private" data-form-id="1"><div class="hs_firstname hs-firstname hs-fieldtype-text field hs-form-field"><label id="label-firstname" for="firstname-1"><span>First name</span><span class="hs-form-required">*</span></label><div class="input"><input id="firstname-1" name="firstname" type="text" class="hs-input" autocomplete="given-name"></div></div><label for="email-1"><span>Work email</span></label><input id="email-1" name="email" type="email" autocomplete="email"><label for="company-1">Company name</label><input id="company-1" name="company" type="text" autocomplete="organization"><label for="emp-1">Number of employees</label><select id="emp-1" name="numemployees"><option>1-10</option></select><div class="legal-consent-container"><p>Brightdesk will use this to contact you. See our <a href="/legal/privacy">Privacy Policy</a>.</p></div><input type="submit" class="hs-button primary large" value="Get a demo"></form></div>`,
      {
        nav: saasNav,
        footer: saasFooter,
        head: '<script src="https://js-eu1.hsforms.net/forms/embed/v2.js"></script><script async src="https://js-eu1.hs-scripts.com/123.js"></script>',
      },
    ),
  },
  {
    name: 'saas-signup-spa',
    of: 'saas',
    leadsTo: '/legal/privacy',
    here: ['Your account'],
    may: ['Analytics and cookies', 'Marketing emails', 'Billing'],
    html: `<!DOCTYPE html><html lang="en"><head><title>Brightdesk</title><script src="https://browser.sentry-cdn.com/7/bundle.min.js"></script></head><body><div id="__next"><div class="css-1a"><h1 class="css-2b">Start your 14-day free trial</h1><button class="css-oauth">Continue with Google</button><div class="css-or">or</div><div class="css-field"><div class="css-l" id="l1">Work email</div><input aria-labelledby="l1" type="email" value=""></div><div class="css-field"><div class="css-l" id="l2">Password</div><input aria-labelledby="l2" type="password" value=""><button aria-label="Show password"></button></div><div role="button" tabindex="0" class="css-btn">Create my workspace</div><p class="css-legal">By continuing you agree to our <a href="/legal/terms">Terms</a> and <a href="/legal/privacy">Privacy Notice</a>.</p></div></div></body></html>`,
  },
  {
    name: 'saas-webinar',
    of: 'saas',
    leadsTo: '/legal/privacy',
    here: ['Webinars and events'],
    may: ['Analytics and cookies', 'Marketing emails'],
    html: plain(
      'Brightdesk',
      'en',
      'Live session: AI in the helpdesk, 4 December',
      `<h1>AI in the helpdesk: what works</h1><p>Live on 4 December, 3pm CET. Can't make it? Register and we'll send you the recording.</p><h2>Speakers</h2><form id="zoom"><input placeholder="First Name" name="question_first_name"><input placeholder="Last Name" name="question_last_name"><input placeholder="Email Address" name="question_email"><input placeholder="Job Title" name="jt"><button>Register</button></form>`,
      { nav: saasNav, footer: saasFooter },
    ),
  },
  {
    name: 'saas-pricing-chat',
    of: 'saas',
    leadsTo: '/legal/privacy',
    here: ['Analytics and cookies'],
    may: ['Support', 'Billing', 'Sales', 'Your account'],
    html: plain(
      'Brightdesk',
      'en',
      'Pricing - Brightdesk',
      `<h1>Simple pricing that scales with you</h1><div class="plans"><div class="plan"><h2>Team</h2><p>€15 per agent / month</p><a class="btn" href="/signup?plan=team">Start free trial</a></div><div class="plan"><h2>Enterprise</h2><p>Let's talk</p><a class="btn" href="/get-started">Contact sales</a></div></div><h2>Frequently asked questions</h2><details><summary>Can I change plan later?</summary><p>Yes.</p></details>`,
      {
        nav: saasNav,
        footer: saasFooter,
        head:
          GA +
          '<script src="https://widget.intercom.io/widget/abc"></script><script src="https://snap.licdn.com/li.lms-analytics/insight.min.js"></script>',
      },
    ),
  },
  {
    name: 'saas-billing',
    of: 'saas',
    leadsTo: null,
    here: ['Billing'],
    may: ['Analytics and cookies', 'Your account'],
    html: `<!doctype html><html lang="en"><head><title>Upgrade to Team</title><script src="https://js.stripe.com/v3/"></script></head><body><div id="root"><main><h1>Upgrade to Team</h1><section><h2>Order summary</h2><p>5 agents × €15</p></section><section><h2>Payment method</h2><label for="holder">Cardholder name</label><input id="holder" name="holder" autocomplete="cc-name"><div id="payment-element"><iframe title="Secure payment input frame" src="https://js.stripe.com/v3/elements-inner-payment-abc.html"></iframe></div><label for="vat">VAT ID (optional)</label><input id="vat" name="vat"><button>Subscribe for €75 / month</button></section></main></div></body></html>`,
  },
  {
    name: 'saas-app-download',
    of: 'saas',
    leadsTo: '/legal/privacy',
    here: ['Mobile application'],
    may: ['Analytics and cookies'],
    html: plain(
      'Brightdesk',
      'en',
      'Get the Brightdesk app',
      `<h1>Your helpdesk in your pocket</h1><p>Download the Brightdesk app for iOS and Android.</p><a href="https://apps.apple.com/app/id123"><img src="/img/app-store.svg" alt="Download on the App Store"></a><a href="https://play.google.com/store/apps/details?id=com.brightdesk"><img alt="Get it on Google Play" src="/img/play.svg"></a>`,
      {
        nav: saasNav,
        footer: saasFooter,
        head: '<script type="application/ld+json">{"@context":"https://schema.org","@type":"MobileApplication","name":"Brightdesk","operatingSystem":"iOS, Android"}</script><meta name="apple-itunes-app" content="app-id=123">',
      },
    ),
  },

  {
    name: 'agent-viewing',
    of: 'agent',
    leadsTo: '/privacy-statement',
    here: ['If you are looking for a property'],
    may: ['Cookies on this site', 'If you simply get in touch', 'Property alerts'],
    html: plain(
      'Lakeside',
      'en-GB',
      '3 bedroom semi-detached house for sale in Ambleside',
      `<h1>3 bedroom semi-detached house</h1><p>Guide price £425,000</p><div id="map"></div><h2>Key features</h2><ul><li>Garden</li></ul><aside class="enquiry"><h3>Arrange a viewing</h3><form><input name="name" placeholder="Name*"><input name="tel" placeholder="Telephone*"><input name="mail" placeholder="Email*" type="email"><textarea name="msg" placeholder="When would suit you?"></textarea><label><input type="checkbox" name="sell"> I have a property to sell</label><button>Request viewing</button></form></aside>`,
      {
        head: '<script src="https://maps.googleapis.com/maps/api/js?key=x"></script>',
        footer:
          '<p>© Lakeside</p><a href="/privacy-statement">Privacy</a> | <a href="/complaints-procedure">Complaints procedure</a>',
      },
    ),
  },
  {
    name: 'agent-valuation',
    of: 'agent',
    leadsTo: '/privacy-statement',
    here: ['If you are selling or letting your property'],
    may: ['Cookies on this site', 'If you simply get in touch'],
    html: plain(
      'Lakeside',
      'en-GB',
      'What is my home worth? Book a free valuation',
      `<h1>Book your free market appraisal</h1><form class="multi"><label for="addr">Property address</label><input id="addr" name="addr"><label for="beds">Bedrooms</label><select id="beds"><option>3</option></select><fieldset><legend>I'm thinking of</legend><label><input type="radio" name="i"> Selling</label><label><input type="radio" name="i"> Letting</label></fieldset><label for="nm">Name</label><input id="nm" name="nm"><label for="ph">Phone</label><input id="ph" name="ph"><button>Book valuation</button></form>`,
      { footer: '<a href="/privacy-statement">Privacy</a>' },
    ),
  },
  {
    name: 'insurer-quote',
    of: 'insurer',
    leadsTo: '/legal/privacy-and-cookies',
    here: ['Quotations'],
    may: ['Cookies', 'Running your policy', 'Direct marketing', 'Fraud prevention'],
    html: plain(
      'Merrow',
      'en-GB',
      'About you - car insurance quote - Merrow',
      `<h1>About you</h1><p>Step 1 of 4</p><form><fieldset><legend>Title</legend><label><input type="radio" name="title"> Mr</label></fieldset><label for="fn">First name</label><input id="fn"><label for="sn">Surname</label><input id="sn"><fieldset><legend>Date of birth</legend><input aria-label="Day" name="dd"><input aria-label="Month" name="mm"><input aria-label="Year" name="yyyy"></fieldset><label for="ncd">Years of no claims discount</label><select id="ncd"><option>5</option></select><label for="reg">Car registration</label><input id="reg"><label for="cl">Any accidents or claims in the last 5 years?</label><select id="cl"><option>No</option></select><button>Get my quote</button></form>`,
      { footer: '<a href="/legal/terms">Terms</a><a href="/legal/privacy-and-cookies">Privacy and cookies</a>' },
    ),
  },
  {
    name: 'insurer-claim',
    of: 'insurer',
    leadsTo: '/legal/privacy-and-cookies',
    here: ['Claims'],
    may: ['Cookies', 'Fraud prevention', 'Running your policy'],
    html: plain(
      'Merrow',
      'en-GB',
      'Tell us about your accident | Merrow',
      `<h1>Make a claim</h1><form><label for="pol">Policy number</label><input id="pol"><label for="when">Date of the incident</label><input id="when" type="date"><label for="wh">What happened?</label><textarea id="wh"></textarea><label for="tp">Other driver's name and registration</label><input id="tp"><label for="up">Upload photos of the damage</label><input id="up" type="file" multiple><button>Submit claim</button></form>`,
      { footer: '<a href="/legal/terms">Terms</a><a href="/legal/privacy-and-cookies">Privacy and cookies</a>' },
    ),
  },
];
