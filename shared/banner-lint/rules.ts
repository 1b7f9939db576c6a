// The rules of the banner lint as data: what each asks for and where it comes from. What fires them stands in the checks beside this
// file; docs/banner-lint.md says which of the two ways of looking (a configuration, a rendered page) each can be seen by.

export type Severity = 'error' | 'warning';

export interface BannerRule {
  severity: Severity;
  /** What a banner has that holds to the rule: also what would make a finding right. */
  right: string;
  /** Where the rule comes from. The family of deceptive patterns, where it has one, is that of EDPB Guidelines 03/2022. */
  source: string;
}

const error = (right: string, source: string): BannerRule => ({ severity: 'error', right, source });
const warning = (right: string, source: string): BannerRule => ({ severity: 'warning', right, source });

const TASKFORCE = 'EDPB Cookie Banner Taskforce report, 17 January 2023';
const PATTERNS = 'EDPB Guidelines 03/2022';
const CONSENT = 'EDPB Guidelines 05/2020';
const CNIL = 'CNIL recommendation 2020-092';
const PECR = 'PECR Schedule A1';

export const BANNER_RULES = {
  L1: error('A control that refuses everything stands in the first layer, beside the one that accepts.', `${TASKFORCE}, para. 8`),
  L2: error(
    'Refusing is a button like accepting, reached by keyboard as well.',
    `${TASKFORCE}, para. 14; ${PATTERNS}, Hidden in plain sight`,
  ),
  L3: error('Refusing takes no more clicks than accepting.', `GDPR Art. 7(3); ${PATTERNS}, Longer than necessary`),
  L4: error('Withdrawing takes no more clicks than accepting did.', `GDPR Art. 7(3); ${TASKFORCE}, para. 32`),
  L5: error('Nothing that waits for consent is switched on beforehand.', `GDPR Rec. 32; ${PATTERNS}, Deceptive snugness`),
  L6: error('The words of every choice have a contrast of at least 4.5:1.', 'WCAG 2.2, 1.4.3'),
  L7: error(
    'Accept and refuse have the same size (within 5 %), letters, border and fill, and a contrast that differs by 1.0 at most.',
    `${TASKFORCE}, paras. 17-18; ${CNIL}, para. 34; the numbers are ours`,
  ),
  L8: warning('Neither accepting nor refusing has the focus, or answers Enter, before the other.', `${TASKFORCE}, para. 17`),
  L9: error('Closing, Escape, scrolling and waiting grant nothing.', `GDPR Rec. 32; ${CONSENT}, para. 86`),
  L10: error('The words do not take the use of the site for consent.', `${CONSENT}, para. 86`),
  L11: error('The choices are named by what they do: "Accept all" and "Reject all".', `${CNIL}, para. 34; GDPR Art. 7(2)`),
  L12: error('The words of a refusal are as plain as those of an acceptance.', `${PATTERNS}, Emotional steering`),
  L13: error('What a tick means can be understood without a double negative.', 'GDPR Art. 7(2)'),
  L14: error('Consent is a tick that a person has set; a box left alone means nothing.', 'GDPR Rec. 32; CJEU C-673/17'),
  L15: error('Marketing has a box of its own, apart from terms and from having read a notice.', 'GDPR Art. 7(2) and 7(4)'),
  L16: error('Each channel and each sender has a box of its own.', 'GDPR Rec. 43; PECR reg. 22'),
  L17: error('Saving grants what was selected and nothing more.', `${PATTERNS}, Misleading action`),
  L18: warning(
    'The first layer has at most eight controls, and a list of parties can be refused as a whole.',
    `${PATTERNS}, Too many options`,
  ),
  L19: error('The settings are within two layers.', `${PATTERNS}, Privacy maze`),
  L20: error('Links to the notices lead to them.', `GDPR Art. 12(1); ${PATTERNS}, Dead end`),
  L21: error(
    'A refusal holds at least as long as a consent, and nobody who refused is asked again within six months.',
    `${CNIL}, para. 39; ${PATTERNS}, Continuous prompting`,
  ),
  L22: error(
    'People are asked again only when the words, the purposes or the parties have changed.',
    `${PATTERNS}, Continuous prompting`,
  ),
  L23: warning('A consent holds for 13 months at most.', 'IAB TCF policies; CNIL'),
  L24: error('A purpose says what happens.', `GDPR Art. 5(1)(b); ${PATTERNS}, Ambiguous wording`),
  L25: error(
    'Advertising, social and session recording items wait for consent, and are not called necessary or statistical.',
    `${PECR}, paras. 2, 4 and 5; ePrivacy Art. 5(3)`,
  ),
  L26: error(
    'What runs as statistics without consent serves statistics alone: no other controller, no identifier across sites, no replay of single visits, no link to advertising.',
    `${PECR}, para. 5`,
  ),
  L27: error('What runs unless objected to has an objection control on the site itself.', `${PECR}, paras. 5 and 6`),
  L28: error(
    'Storage on the device is asked for by consent, not put on legitimate interests.',
    'ePrivacy Art. 5(3); IAB TCF policies',
  ),
  L29: error('No claim of legitimate interests is on in a layer behind the first.', `${TASKFORCE}, paras. 20-25`),
  L30: error(
    'A purpose rests on one basis: a refusal is not followed by another one.',
    `GDPR Art. 5(1)(a); ${CONSENT}, para. 122`,
  ),
  L31: error('The banner speaks the language of the page.', `${PATTERNS}, Language discontinuity`),
  L32: error('Narrow and wide screens have the same controls.', `${PATTERNS}, Inconsistent interface`),
  L33: warning('The banner asks about storage and nothing else.', `${PATTERNS}, Look over there`),
  L34: error('Nothing presses for time.', `${PATTERNS}, Emotional steering`),
  L35: error(
    'The site can be used without a choice and after a refusal, or a recorded assessment stands behind the wall.',
    `${CONSENT}, paras. 38-41; ICO, consent or pay`,
  ),
  L36: error(
    'The choice to pay is as prominent as that to consent, and says its price.',
    'ICO, consent or pay; EDPB Opinion 08/2024',
  ),
  L37: error('Every party that relies on the consent is named.', 'GDPR Art. 4(11); ICO, consent'),
  L38: error('The controller and the version of the notice are named.', 'GDPR Arts. 7(1) and 13(1)(a)'),
  L39: error('Each item stored says how long it stays, and stays no longer.', 'GDPR Art. 13(2)(a); CJEU C-673/17'),
  L40: error('What is stored and contacted is what is declared, when it is declared.', `${PATTERNS}, Conflicting information`),
  L41: error('Every page has a control to withdraw.', `GDPR Art. 7(3); ${TASKFORCE}, para. 32`),
  L42: error('Withdrawing needs no account, address or document.', 'GDPR Arts. 7(3) and 12(6)'),
  L43: error('Consent Mode begins with denied.', 'Google Consent Mode; ePrivacy Art. 5(3)'),
  L44: error('Consent Mode is told its default before a tag runs.', 'Google Consent Mode'),
  L45: error('TCF is used with the number of a registered platform and says which vendors were disclosed.', 'IAB TCF 2.3'),
} as const satisfies Record<string, BannerRule>;

export type BannerRuleId = keyof typeof BANNER_RULES;
