// English frames, in the order in which they are tried: the first that holds decides.
import type { LawfulBasis } from '../../notice/lawful-basis.ts';
import type { Frame, Verdict } from './frame.ts';
import type { SectionKind } from './section.ts';

interface Options {
  for?: readonly LawfulBasis[];
  outside?: readonly SectionKind[];
  unless?: readonly RegExp[];
  confidence?: number;
}

const frame = (id: string, says: Verdict, trigger: RegExp, match: string[], not: string[], options: Options = {}): Frame => ({
  id: `${id}-en`,
  says,
  scope: 'sentence',
  trigger,
  confidence: options.confidence ?? 0.9,
  examples: { match, not },
  ...(options.unless ? { negators: options.unless } : {}),
  ...(options.for ? { for: options.for } : {}),
  ...(options.outside ? { outside: options.outside } : {}),
});

const CONSENT: readonly LawfulBasis[] = ['consent'];
const INTERESTS: readonly LawfulBasis[] = ['legitimate_interests', 'recognised_legitimate_interests'];
const BY_WORDS: readonly LawfulBasis[] = [
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests',
  'recognised_legitimate_interests',
];

const SAYS_BASIS = /\b(?:legal|lawful) (?:basis|bases|grounds?)\b|\brel(?:y|ies|ied|ying) (?:up)?on\b/i;
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

export const FRAMES_EN: readonly Frame[] = [
  frame(
    'consent-thing',
    'general',
    /\u25c6['"]? (?:management|manager|banner|tool|preferences?|settings?|platform|forms?|records?|box(?:es)?|mechanism|pop-?up|cookies?|notices?|status|procedures?|requirements?|captured)\b/i,
    ['Your choice is kept by our ◆ management tool.'],
    ['We rely on ◆ for this.'],
    { for: CONSENT },
  ),
  frame(
    'means',
    'definition',
    /^\W*(?:the |our |an? |explicit |your )?\u25c6(?:'s)?['"]?(?: \([^)]{0,60}\))? (?:means?\b|is defined|refers? to|must be\b|should be\b|has to be\b|is (?:any|when|where|an? (?:freely|indication|agreement|statement))|requires?\b|cannot be\b|obtained\b|may need\b)/i,
    ['"◆" means any freely given sign of your wishes.', '◆ must be freely given.'],
    ['◆ is our lawful basis.'],
  ),
  frame(
    'understood-as',
    'definition',
    /\b(?:by|the term|the word|the expression|understand\w*|definition of|defined as|defines?) ['"]?(?:the |a )?\u25c6/i,
    ['We understand ◆ as an active step.'],
    ['We act on ◆.'],
    { unless: [/\bjustified by\b|\brequired by\b|\bcovered by\b|\bsupported by\b|\bprocess\w* by\b/i] },
  ),
  frame(
    'withdrawn',
    'right',
    /\b(?:withdraw(?:ing|n|s|al)?|revok(?:e|es|ed|ing)|revocation|retract(?:ing)?|remov(?:e|ing)|cancel(?:ling)?|chang(?:e|ing)|refus(?:e|ing|al)|declin\w+|withh(?:old|eld)\w*)(?: of)?(?: (?:any|such|previously|given|that|this|your|the|their|its|for|marketing|prior|all|or|to|deny|our|refuse|modify|change|his|her)){0,5} \u25c6/i,
    ['You can withdraw your ◆ whenever you like.', 'The withdrawal of ◆ does not change the past.'],
    ['We process it on the basis of ◆.'],
    { for: CONSENT },
  ),
  frame(
    'when-then-right',
    'right',
    /^\W*(?:\(?\w\)\W+)?(?:also,? |however,? |in addition,? |and |but )?(?:where|when|whenever|if|insofar as|in so far as|to the extent(?: that)?|as far as|in (?:the )?(?:cases?|circumstances|situations) (?:where|in which|that)|for (?:any )?processing|in relation to processing|in respect of)\b[^,\u25c6]{0,120}\u25c6[^,]{0,80}, ?[^]{0,80}\b(?:withdraw|object|right|revoke|opt[- ]out|entitled|port|you (?:can|may|will be able))\b/i,
    ['Where we rely on ◆, you may withdraw it at any time.', 'If processing is based on ◆, you have the right to object.'],
    ['If you subscribe, we use your address on the basis of ◆, and you may withdraw.'],
  ),
  frame(
    'right-to-stop-it',
    'right',
    /\b(?:right|rights|entitled|able|can|may|ask|wish|request)\b[^\u25c6;]{0,60}\b(?:to )?(?:object|withdraw|stop|opt|challenge|oppose|restrict|revoke)\b[^\u25c6;]{0,160}\u25c6/i,
    ['You have the right to object to processing that is based on our ◆.'],
    ['You can join us; our legal basis is ◆.'],
    { unless: [/\bwe (?:process|rely|use)\b[^\u25c6]{0,80}\u25c6[^\u25c6]{0,10}$/i] },
  ),
  frame(
    'right-depends',
    'right',
    /\b(?:right to|right of|portab|machine-readable|this right|these rights|objection)\b[^\u25c6]{0,260}\u25c6/i,
    ['The right to data portability applies where processing is based on ◆ or ◇.'],
    ['We rely on ◆.'],
    { unless: [/\b(?:no|any|have the|have a) right to (?:work|live|remain|vote)\b|\bright to work\b/i] },
  ),
  frame(
    'what-happens-to-them',
    'right',
    /\u25c6[^.;\u25c6]{0,60}\b(?:before (?:its|the|your) (?:withdrawal|revocation)|prior to (?:its|the|your) (?:withdrawal|revocation))/i,
    ['Processing on ◆ before its withdrawal stays lawful.'],
    ['We use ◆.'],
  ),
  frame(
    'law-allows',
    'general',
    /\b(?:laws?|gdpr|regulations?|legislation|rules|act|article 6(?:\(1\))?|organi[sz]ations|compan(?:y|ies)|businesses|controllers?)\b[^\u25c6,;]{0,60}\b(?:allows?|permits?|requires? (?:us|that|all|any|organi|companies|a )|says?|recogni[sz]es|sets? out|states?|lists?|provides? (?:that|for)|stipulates|may (?:only )?process|must have|can (?:only )?process|need)\b[^]{0,260}\u25c6/i,
    ['The GDPR allows processing where ◆ exists.', 'Data protection law says that organisations need ◆ or ◇.'],
    ['We process it on the basis of ◆.'],
    {
      unless: [
        /\bour (?:legal|lawful) (?:basis|bases|grounds?)\b|\bwe (?:will |mainly |mostly |usually |normally |primarily |currently |generally )?(?:rel(?:y|ied)|use your)/i,
      ],
    },
  ),
  frame(
    'one-of-these',
    'general',
    /\b(?:at least one|one or more|one|any|some) of (?:the|these|its|six|those) (?:\w+ ){0,4}(?:bas[ei]s|grounds?|conditions?|criteria|legal reasons|applies|apply|reasons)\b[^]{0,200}\u25c6|\b(?:six|6|several|different|various|available) (?:\w+ ){0,2}(?:legal|lawful) (?:bases|grounds)[^]{0,160}\u25c6|\bprocessing (?:is|shall be|will be|can be|may be) (?:only )?lawful (?:only )?(?:if|where|when)\b[^]{0,200}\u25c6/i,
    ['At least one of these conditions must be met: ◆ or ◇.', 'Processing is lawful only if there is ◆.'],
    ['One of our reasons is ◆.'].slice(1).concat('We rely on ◆.'),
    { unless: [/\bwe rely on (?:one|at least|the following|these)\b|\bwe (?:will |only )*(?:process|use|collect)\b/i] },
  ),
  frame(
    'using-is-agreeing',
    'general',
    /\b(?:by|when) (?:using|accessing|visiting|continuing|submitting|providing|clicking|browsing|signing|registering|entering|sending|accepting|completing|ticking)\b[^\u25c6]{0,160}\byou(?: also| hereby| expressly| are| agree(?: and)?| will)?(?: be)?(?: giving| deemed to)? \u25c6/i,
    ['By using this site you ◆ to our terms.'],
    ['We rely on ◆.'],
    { for: CONSENT },
  ),
  frame(
    'parental',
    'general',
    /\b(?:parent(?:s|al)?(?: or|\/|,)?|guardian(?:s|'s)?|child(?:ren)?(?:'s)?|minors?|under (?:the age of )?(?:1\d|thirteen|sixteen|eighteen))\b[^\u25c6]{0,120}\u25c6|\u25c6[^\u25c6]{0,60}\b(?:parents?|guardians?|parental)\b/i,
    ['Children under 13 need the ◆ of a parent.'],
    ['We rely on ◆.'],
    { for: CONSENT, unless: [/\bcompany\b.{0,20}\bparent\b|\bparent company\b/i, SAYS_BASIS] },
  ),
  frame(
    'special-category',
    'special',
    /\b(?:special categor|sensitive (?:personal )?(?:data|information)|article 9|art\.? ?9\b|criminal (?:offence|conviction|record)|schedule 1)[^]{0,240}\u25c6|\u25c6[^]{0,160}\b(?:special categor|sensitive (?:personal )?(?:data|information)|article 9|art\.? ?9\()/i,
    ['For special category data we rely on your explicit ◆.'],
    ['We rely on ◆ for the newsletter.'],
    {
      for: ['consent', 'public_task', 'vital_interests', 'legal_obligation'],
      unless: [/\b(?:do|does|will) not (?:\w+ ){0,2}(?:collect|process)/i, /\barticle 6\b|\bart\.? ?6\b/i],
    },
  ),
  frame(
    'overriding',
    'general',
    /\u25c6(?: of \w+)?[^.;\u25c6]{0,60}\b(?:(?:are|is|does|do|be) not|aren't|don't|not) (?:be )?(?:overrid|outweigh|prejudic|impact|harm)|\b(?:balanc\w+|weigh\w*|outweigh\w*|overrid\w+|prevail\w*|harm\w*|safeguard\w*|prejudic\w+)\b[^\u25c6.;]{0,60}\u25c6|\bassess\w*[^\u25c6.;]{0,40}\u25c6/i,
    ['We have concluded that our ◆ are not overridden by your rights.', 'We balance your rights against our ◆.'],
    ['It is in our ◆ to keep the site running.', 'This is in our ◆, and does not override your rights.'],
    {
      for: INTERESTS,
      unless: [
        /\b(?:in|for|on|have|pursue|pursuit of|purposes? of) (?:(?:our|the|a|an|their|its|your|own|legitimate|[\w']+s') ){0,3}\u25c6/i,
        /\b(?:necessary|needed|basis|rely)\b[^\u25c6]{0,80}\u25c6/i,
      ],
    },
  ),
  frame(
    'not',
    'negated',
    /(?:\bwithout|\bunless|\bexcept|\bdo(?:es)? not|\bdid not|\bdon't|\bdoesn't|\bdidn't|\bnot|\bnever|\bno(?: longer)?|\bnor|\bcannot|\bcan't|\bwon't|\brather than|\binstead of|\buntil|\black of|\babsence of)(?: [^\s,;.:()\u25c6]+){0,6},? \u25c6/i,
    ['We do not rely on ◆ here.', 'No data is passed on without your ◆.'],
    ['We do not keep it; the basis is ◆.'],
    { unless: [/\bnot only\b/i, /\bif (?:you|we) do not\b[^\u25c6]*,[^\u25c6]*\u25c6/i] },
  ),
  frame(
    'not-our-basis',
    'negated',
    /\u25c6[^.;]{0,140}\bnot (?:our|the|a|your|an) (?:legal|lawful) (?:basis|ground)|^\W*(?:no|none of)\b(?: [\w-]+){1,9} (?:is|are)\b[^\u25c6.;]{0,60}\u25c6/i,
    ['◆ to take part is not our lawful basis.', 'No processing on this site is based on ◆.'],
    ['◆ is our lawful basis.'],
  ),
  frame(
    'not-needed',
    'negated',
    /\u25c6[^.,;\u25c6]{0,30}\b(?:is|are|was|will|would|does|do|has|have)(?: not|n't| no longer| never)\b/i,
    ['Your ◆ is not required for this.'],
    ['◆ is the basis.'],
  ),
  frame(
    'when-we-rely-then',
    'general',
    /^\W*(?:where|when|whenever|if|insofar as|to the extent(?: that)?|in (?:the )?cases where|should)\b (?:we|our|the (?:legal|lawful|processing|basis)|processing|the processing|your (?:personal )?(?:data|information) is)\b[^,\u25c6]{0,100}\u25c6[^,]{0,160}, (?:we (?:will (?:always |only )?|always |shall )?(?:make|ensure|consider|balance|carry|conduct|take|assess|have (?:considered|carried|assessed|conducted|balanced)|do so|tell|inform|ask|explain|notify|seek|obtain)|you\b|article|art\b)/i,
    ['Where we rely on ◆, we carry out a balancing test.'],
    ['When you order, we rely on ◆.'],
  ),
  frame(
    'basis-label',
    'applied',
    /(?:^|[.;:|(\u2022-] ?)\W*(?:(?:our|the|main|primary|applicable|relevant|gdpr|uk|article 6) ){0,3}(?:legal|lawful|processing) (?:basis|bases|grounds?|justifications?|reasons?)(?:\(s\)|\(es\))?(?: (?:for|of|under|we|in|on which|relied|to|as|gdpr|and)\b[^:\u25c6.]{0,90})?(?: ?\([^)]{0,60}\))? ?(?::|-|=|\u2192|\|)\W*[^\u25c6]{0,200}\u25c6/i,
    ['Legal basis: ◆', 'Lawful basis for processing - our ◆ in running the shop', 'Our legal basis (GDPR): necessary for ◆'],
    ['There is no legal basis in ◆.'],
    { confidence: 0.97 },
  ),
  frame(
    'basis-is',
    'applied',
    /\b(?:(?:legal|lawful|processing) (?:basis|bases|grounds?|justifications?|reasons?)(?:\(s\)|\(es\))?|(?:our|the|main) (?:basis|ground) (?:for|of|on which)|our (?:basis|grounds?))\b[^\u25c6]{0,180}(?:\b(?:is|are|was|will be|includes?|being|as follows|comes? from|would be|derives?|arises?|lies|consists?|stems?|may be|can be|namely|such as|rests?|(?:may |will )?rely|based)\b|:)[^\u25c6]{0,220}\u25c6/i,
    ['The lawful basis for this is ◆.', 'The legal bases on which we process your data are ◇ and ◆.'],
    ['Our ◆ are set out in law.'],
    {
      confidence: 0.95,
      outside: ['rights'],
      unless: [
        /\b(?:no|without a|another|other|alternative|different|appropriate|unless|a valid) (?:legal|lawful) (?:basis|ground)/i,
        /\bwhere (?:our|the) (?:legal|lawful) (?:basis|ground)\b/i,
        /\b(?:will|must|shall) (?:always )?have a\b/i,
      ],
    },
  ),
  frame(
    'is-basis',
    'applied',
    /\u25c6[^.]{0,120}\b(?:is|are|as|being|serves? as|provides?|constitutes?|forms?|becomes?)\b(?: [\w']+){0,4} (?:legal|lawful) (?:basis|bases|grounds?|justification|reason)\b/i,
    ['◆ is the legal basis for the newsletter.', 'We use ◆ as our lawful basis.'],
    ['◆ is not needed where there is another legal basis.'].slice(1).concat('Consent ◆ has been given.'),
    { confidence: 0.93, unless: [/\b(?:no|not|not our|another|other|alternative|different) (?:legal|lawful) (?:basis|ground)/i], outside: ['rights'] },
  ),
  frame(
    'relied-on',
    'applied',
    /\b(?:rel(?:y|ies|ied|ying)|relianc\w+)\b(?: [\w,()-]+){0,5} ?\b(?:up)?on\b[^\u25c6]{0,220}\u25c6/i,
    ['We rely on ◆ to send it.', 'We rely on the following: ◇, ◆ and ◇.'],
    ['You can rely on us.'].concat('We trust in ◆.'),
    { confidence: 0.93, outside: ['rights'], unless: [/\b(?:may|might|could) (?:also )?rely\b/i, /\brel(?:y|ies|ied|ying) on another\b/i] },
  ),
  frame(
    'may-rely-on',
    'applied',
    /\bwe (?:may|might)(?: \w+)? rely (?:up)?on\b[^\u25c6]{0,160}\u25c6/i,
    ['We may rely on ◆ for this.'],
    ['You may rely on us.'].concat('We may ask for ◆.'),
    { confidence: 0.7, outside: NOT_OWN },
  ),
  frame(
    'hypothetical',
    'general',
    /\b(?:(?:if|where|when|should) (?:it is |we are |we (?:are )?)?(?:required|necessary|needed|appropriate|applicable|need|have to|must|legally)|if we (?:wish|want|intend|decide|need|ever|were|are)|where (?:required|necessary|appropriate|applicable|relevant)|as (?:required|necessary|appropriate))\b[^\u25c6]{0,140}\u25c6/i,
    ['Where required, we ask for your ◆.'],
    ['We send it because you gave ◆.'],
    { for: CONSENT, unless: [SAYS_BASIS] },
  ),
  frame(
    'kept-for',
    'retention',
    /\b(?:keep|keeps|keeping|kept|retain\w*|retention|stor(?:e|ed|ing|age)|hold|held|archiv\w+|delet\w+|eras\w+|destroy\w*|as long as|longer)\b[^\u25c6;]{0,220}\u25c6/i,
    ['We keep invoices for seven years to meet our ◆.'],
    ['We use your name for ◆.'],
    {
      for: ['legal_obligation', 'legitimate_interests', 'contract', 'vital_interests', 'public_task'],
      unless: [
        /\b(?:legal|lawful) (?:basis|bases|ground)|\bbas(?:ed|is) (?:on|of)\b|\barticle 6\b|\bart\.? ?6\b/i,
        /\bprocessing\b[^\u25c6]{0,60}\bnecessary\b/i, /\bbecause\b[^\u25c6]{0,50}\b(?:is|are) necessary\b/i,
        /\bcollect\w*\b[^\u25c6]{0,80}\bnecessary\b/i,
      ],
    },
  ),
  frame(
    'kept-while',
    'retention',
    /\b(?:keep|retain\w*|stor(?:e|ed)|kept|held)\b[^\u25c6]{0,160}\b(?:until|as long as|while|for the duration)\b[^\u25c6]{0,80}\u25c6/i,
    ['We keep your address for as long as you ◆.'],
    ['We keep to your ◆.'],
  ),
  frame(
    'based-on',
    'applied',
    /\b(?:based|founded|grounded|justified|rests?|resting)\b(?: \w+){0,3} (?:up)?(?:on|by|in)\b[^\u25c6;.]{0,120}\u25c6|\bon (?:the |a )?(?:legal |lawful |sole )?(?:basis|bases|grounds?|strength|foundation)(?: of| that|:)[^\u25c6;.]{0,100}\u25c6/i,
    ['This processing is based on your ◆.', 'We do so on the basis of ◆ in Article 6.'],
    ['A company based in London with ◆.'],
    {
      confidence: 0.9,
      outside: ['rights', 'definitions', 'transfers'],
      unless: [
        /\bbased (?:in|at) (?:the |\p{Lu})/u,
        /\bdecisions?\b[^\u25c6]{0,60}\bbased\b/i,
        /\b(?:only|solely)\b[^\u25c6]{0,30}\b(?:disclos|shar)/i,
        /\bone or more\b/i,
      ],
    },
  ),
  frame(
    'shared-when',
    'general',
    /\b(?:shar(?:e|es|ed|ing)|disclos(?:e|es|ed|ing|ure|ures)|transfer(?:s|red|ring)?|pass(?:ed|ing)? (?:on|your|it|them|to)|(?:sell|sold|rent|release)(?: (?:your|any|the|it|them|personal))+(?= (?:data|information|to))|hand(?:ed)? over|third part(?:y|ies)|law enforcement|courts?)\b[^\u25c6]{0,240}\u25c6/i,
    ['We only share your data with partners with your ◆.', 'Data may be disclosed where ◆ exists.'],
    ['We use your address for ◆.'],
    {
      unless: [
        /\barticle 6\b|\bart\.? ?6\b/i,
        /\bofficial authority\b/i,
        /\binterests? of (?:us or )?(?:a )?third part/i,
        /\b(?:collect|process|use)\b[^\u25c6]{0,40}\b(?:collect|process|use)[^\u25c6]{0,60}\bnecessary\b/i,
        /\bthose of (?:a )?third part/i,
      ],
    },
  ),
  frame(
    'consent-to-share',
    'general',
    /\u25c6[^\u25c6]{0,140}\b(?:shar(?:e|es|ed|ing)|disclos(?:e|es|ed|ing|ure)|transfer(?:s|red|ring)?|pass(?:ed|ing)? (?:on|your|it|them)|sell|third part(?:y|ies))\b/i,
    ['With your ◆ we may pass on your details to partners.'],
    ['With your ◆ we send you news.'],
    { for: ['consent', 'legal_obligation'], unless: [SAYS_BASIS, /\bcookies?\b/i] },
  ),
  frame(
    'article',
    'applied',
    /\b(?:under|pursuant to|in accordance with|according to|in line with|within the meaning of|per|as per|in terms of|in conformity with|on|in|by virtue of|following|of)\b (?:the )?\u25c6 ?(?:of the |uk |eu )?(?:gdpr|general|$|[,.;)])|\(\W{0,3}(?:gdpr|legal basis|basis|cf\.?|see|under|pursuant to)?[:, ]*\u25c6/i,
    ['We process it under ◆ GDPR.', 'We keep the site running (◆).'],
    ['◆ sets out the bases of the law.'],
    { confidence: 0.88, outside: ['rights', 'definitions'], for: BY_WORDS.concat(CONSENT) },
  ),
  frame(
    'necessary-for',
    'applied',
    /\b(?:necessary|needed|essential|necessity|(?:we|it) (?:will )?needs?|required(?: in order)? (?:for|to)|(?:is|are) required)\b[^\u25c6.;]{0,140}\u25c6/i,
    ['The processing is necessary for ◆.', 'We need your name to comply with ◆.', 'It is necessary for the purposes of our ◆.'],
    ['It is our ◆.'],
    { for: BY_WORDS, confidence: 0.88, outside: NOT_OWN, unless: [/\bcookies? (?:are|is) (?:strictly )?necessary/i] },
  ),
  frame(
    'must-for',
    'applied',
    /\bwe (?:will )?(?:must|have to|are obliged to|do (?:so|this) to)\b[^\u25c6.;]{0,100}\b(?:to|because|under|for)\b[^\u25c6.;]{0,40}\u25c6|\bbecause (?:we have|of|we are(?: under)?) (?:a |an |our |the )?\u25c6/i,
    ['We must do so to comply with ◆.', 'We ask because we are ◆.'],
    ['We have to think about ◆.'],
    { for: ['contract', 'legal_obligation'], confidence: 0.8, outside: NOT_OWN },
  ),
  frame(
    'listed-bases',
    'applied',
    /\bwe (?:will |may |do |can |shall |normally |generally |typically |usually |mostly )*(?:only )?(?:collect|use|process|handle)\b[^]{0,260}\b(?:if|where|when|because|in the following|circumstances)\b[^]{0,400}\u25c6/i,
    ['We will normally only process your data where we have ◇, where we need ◆, or where there is ◇.'],
    ['We use ◆.'],
    {
      confidence: 0.8,
      outside: NOT_OWN,
      unless: [/^[^\u25c7]*\u25c6[^\u25c7]*$/, /^(?:[^\u25c7]*\u25c7[^\u25c7]*){1}$/, /\bshar(?:e|ing)\b|\bdisclos/i],
    },
  ),
  frame(
    'interest-in',
    'applied',
    /\b(?:in|within|for|pursu(?:e|es|ing|it of|ant)|further(?:ance of|ing)?|serv(?:es|ing|e)|have|has|having|part of|purposes? of|protect(?:s|ing)?|due to|because of|given|is|are|through|with|by|represents?|constitutes?)\b (?:(?:our|a|an|the|their|its|your|these|such|own|clear|strong|following|mutual|both|also|company's|employer's|to|purpose|pursue|of|[\w']+s') ){0,5}\u25c6/i,
    ['It is in our ◆ to keep the site secure.', 'We have ◆ in knowing our customers.'],
    ['They object to ◆.'],
    { for: INTERESTS, confidence: 0.8, outside: NOT_OWN },
  ),
  frame(
    'agreed-then-used',
    'applied',
    /\b(?:if|where|when|once|because|as|provided(?: that)?|given that|after) (?:you|the (?:user|customer|data subject|person)|individuals?|we)(?: have|'ve|'s| has)?(?: (?:given|provided|granted|gave|give|have|received|obtained|explicitly|expressly|freely|also|previously|specifically|us|asked us to do so,? or|signed up|your|indicated|agreed and))*,? \u25c6/i,
    ['If you have given ◆, we send you the newsletter.', 'We contact you because you ◆.'],
    ['By law ◆ is needed.'],
    { for: CONSENT, confidence: 0.7, outside: NOT_OWN.concat('cookies') },
  ),
  frame(
    'with-consent-we',
    'applied',
    /\b(?:with|upon|on|under|subject to|after|by|through) (?:(?:your|the|their|explicit|express|prior) ){0,3}\u25c6,? (?:we|our)\b|\bwe(?: \w+){0,2} (?:process|use|collect|send|contact|email|publish|take|record|store|set|place)\b[^\u25c6,;.]{0,120}\b(?:with|upon|on|under|subject to|after receiving|after obtaining) (?:(?:your|the|their|explicit|express|prior) ){0,3}\u25c6/i,
    ['With ◆, we send you offers.', 'We publish photographs with ◆.'],
    ['They asked for ◆.'],
    { for: CONSENT, confidence: 0.65, outside: NOT_OWN.concat('cookies'), unless: [/\bonly\b/i] },
  ),
];
