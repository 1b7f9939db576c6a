// English words that name a lawful basis. They say nothing about whether it is applied: that is what frames-en.ts decides.
import type { LawfulBasis } from '../../notice/lawful-basis.ts';
import type { Rule } from './rule.ts';

export type BasisRule = Rule<LawfulBasis>;

const basis = (
  id: string,
  says: LawfulBasis,
  trigger: RegExp,
  match: string[],
  not: string[] = [],
  negators: RegExp[] = [],
): BasisRule => ({
  id,
  says,
  scope: 'words',
  trigger,
  negators,
  examples: { match, not },
});

/** Longer names stand before the shorter ones that they contain; each takes its words from those behind it. */
export const BASES_EN: readonly BasisRule[] = [
  basis(
    'recognised-interests-en',
    'recognised_legitimate_interests',
    /\brecogni[sz]ed legitimate interests?\b/i,
    ['This sharing rests on a recognised legitimate interest (safeguarding).'],
    ['Customers recognised our legitimate interests.'],
  ),
  basis(
    'interests-en',
    'legitimate_interests',
    /\b(?:legitimate|lawful)(?: (?:business|commercial|organi[sz]ational|economic|overriding|private|corporate|operational|administrati(?:on|ve)|professional|research|security|marketing|charitable|public|and|or)){0,3}(?: or \w+)?['"]? interests?\b|\bpredominant (?:legitimate )?interests?\b|\blegitimate (?:business|commercial) (?:reasons?|grounds?|needs?)\b|\bjustified interests?\b|\bjustifiable (?:business )?(?:reasons?|interests?)\b|\binterests?,? (?:[\w-]+,? ){0,12}(?:which|that) (?:we|the [\w-]+) (?:consider|regard|deem)s? (?:to be |as )?legitimate\b/i,
    [
      'our legitimate interests',
      'for legitimate business reasons pursued by us',
      'the legitimate business interest of the trust',
      'its legitimate commercial and business interests',
      'where we have a justifiable reason',
    ],
    ['an interesting and legitimate question'],
  ),
  basis(
    'vital-interests-en',
    'vital_interests',
    /\bvital interests?\b|\b(?:protect|save)(?: your| someone's| a person's| people's| a)? li(?:fe|ves)\b/i,
    ['to protect your vital interests', 'to save a life'],
    ['a vital part of our work'],
  ),
  basis(
    'public-task-en',
    'public_task',
    /\bpublic (?:task|duty|function)s?\b|\bperformance of (?:our|a|its|the) (?:[\w-]+ )?tasks?\b(?! carried| in the)|\b(?:carried out )?in the public interest\b|\bpublic interest (?:task|function|duties|tasks|basis)\b|\b(?:exercise of |our )?official authority\b|\bwith statutory authority\b|\bofficial (?:functions?|dut(?:y|ies))\b|\bstatutory functions?\b|\bperformance of our (?:(?:public|statutory|official) )?functions\b|\b(?:exercise|perform(?:ance of)?|carry out|discharge) (?:of )?(?:a|our|its|the) functions? (?:of the crown|of a (?:minister|government department)|as an? (?:regulator|(?:\w+ )?(?:authority|department|council|agency|body|inspectorate)))\b|\b(?:exercise|performance|discharge) of (?:our|its|the(?: [\w-]+'s)?) (?:[\w-]+ )?functions under\b|\bfunctions? of (?:the crown|a minister|a government department|(?:both )?houses? of parliament)\b|\btask(?:s)? (?:carried out |performed )?in the (?:interests? of the )?public\b(?: interest\b)?|\bpublic interest\b/i,
    [
      'for the performance of a task carried out in the public interest',
      'Public task',
      'in the exercise of official authority vested in the council',
      'the exercise of a function of the Crown or a government department',
      'to perform our function as a regulator',
    ],
    ['a publicly available register', 'reasons of substantial public interest'],
    [/\bsubstantial public interest\b/i],
  ),
  basis(
    'obligation-en',
    'legal_obligation',
    /\b(?:legal|statutory|regulatory|legislative)(?:,? (?:and|or|and\/or) (?:legal|statutory|regulatory|contractual|fiscal|tax|ethical|professional|management|employment|safeguarding))?['"]? (?:obligation|dut(?=y|ies)|requirement|responsibilit)(?:s|y|ies)?\b|\blegal compliance(?: obligations?)?\b|\blegally (?:obliged|required|obligated|bound|mandated)\b|\b(?:required|obliged|obligated) to do (?:so|this|it) by law\b|\b(?:required|obliged|mandated|prescribed) by (?:applicable |the )?law\b|\bcompl(?:y|iance|ying) with (?:(?:the|applicable|relevant|any|our|all|other) ){0,2}(?:laws?|legislation|regulations?)\b|\bbecause (?:a|the) law (?:says so|(?:tells|requires|obliges|compels) us(?: to)?|requires (?:it|this|that)\b)|\bbecause (?:[\w-]+ ){1,2}law (?:requires|obliges|demands) (?:us|it|them|this|that)\b|\bbecause (?:the )?(?:regulations?|rules|regulator|legislation) (?:says?|tells us|means?) (?:that )?we (?:have to|must|need to)\b|\b(?:keep to|follow|obey|stick to|abide by) (?:the|applicable) laws?\b|\bobligations? (?:under|imposed by|required by|of) (?:[\w-]+ ){0,3}(?:laws?|legislation)\b|\bobligations? (?:under|imposed by) (?:the |section \d+ of the )?(?!data protection)(?:[\w()-]+ ){1,6}?(?:act|regulations)(?: \d{4})?\b/i,
    [
      'our legal obligations',
      'a statutory duty',
      'we are legally required to do so',
      'compliance with the law',
      'our obligations under aviation safety law',
    ],
    ['legal advice', 'your contractual duties'],
  ),
  basis(
    'duty-by-law-en',
    'legal_obligation',
    /\b(?:acts?|regulations?|rules|laws?|legislation|code|directive|order|regulator|statute|handbook|(?<=our )licen[cs]e)(?: \d{4})?(?:,? (?:also|then|itself|therefore|in turn))? (?:requires?|obliges?|obligates?|compels?|forces?|makes?) us\b|\b(?:is|are|being) (?:a |an )?(?:legal )?requirements? of (?:the )?(?:[a-z&(][\w&()'-]* ){1,8}?(?:act|regulations|order)(?: \d{4})?\b|\bthe regulator of [\w -]{3,40} requires us\b|\bacts?(?: \d{4})? requires? an? (?:register|list|record|return|report|check)\b|\bcompl(?:y|iance|ying) with (?:(?:our|uk|the|all|and) )?(?:tax|employment|company|immigration|financial|accounting|consumer|charity|building|safety) (?:laws?|legislation|regulations?)\b|\b(?:acts?|regulations?|laws?|legislation|code)(?: \d{4})? makes? (?:it|this|that) (?:compulsory|mandatory|obligatory) for us\b|\bas (?:is |we are )?(?:required|obliged)(?: to)? (?:by|under) (?:uk )?(?:tax|employment|immigration|company|charity|consumer|licensing|education|health and safety|anti-money laundering) (?:law|legislation|rules|regulations)\b|\bunder (?:the )?(?:[\w()]+ ){1,8}?act(?: \d{4})?,? we (?:must|have to|are (?:legally )?(?:required|obliged) to) (?!(?:keep|retain|store|hold|tell|inform|protect)\b(?! a register| the register))|\bregulation \([a-z]{2,3}\) (?:no\.? )?\d{1,4}\/\d{1,4} (?:requires?|obliges?|obligates?|compels?) us\b|\b(?:puts?|places?|imposes?|lays?) (?:(?:a|an|the) )?dut(?:y|ies) (?:up)?on us\b|\b(?:required|obliged|mandated|compelled) by (?:[\w-]+ )?regulation \([a-z]{2,3}\)|\b(?:must|have to),? by law\b(?!,? (?:keep|retain|store|hold|tell you|inform))|\b(?:must|have to|required to|obliged to) (?:do (?:so|this|it|these) (?:under|because of|by reason of) (?:the )?(?:[\w-]+ ){0,4}?(?:laws?|acts?|regulations|legislation|rules)\b|[\w ,]{3,60}? under (?:our )(?:[\w-]+ ){0,2}acts?(?: of parliament)?\b)|\b(?:must|have to|required to|obliged to) [\w ]{1,40}? under (?:the )?(?:fca|pra|sra|ofsted|ofcom|cqc|hmrc|our regulator's|regulatory|tax|money laundering) (?:rules|regulations|law)\b|\bby law,? we (?:must|have to|need to) (?!keep|retain|store|hold|tell you|inform|have)|\bwe (?:must|have to) (?!keep|retain|store|hold|tell you|inform|have)[\w ,'-]{3,80}? by law\b|\b(?:required|obliged|obligated|mandated|compelled|bound|mandatory|compulsory)(?: to)?(?: \w+)? (?:by|under) (?!(?:applicable )?laws?\b)(?:the |[a-z ]{0,24}(?:sections?|schedules?|articles?|parts?) \d{1,4}[\d()a-z]{0,8} (?:to|of) (?:the )?)?(?:[a-z(][\w()&',-]* ){0,12}?(?:acts?|regulations?|legislation|order(?= \d{4}| \())\b/i,
    [
      'because the Ferry Passengers Act requires us to count them',
      'Regulation (EU) 2019/1 obliges us to',
      'The Harbours Act 1990 puts a duty on us',
      'which we are required by the Town Halls (Procedure) Order 2011 to publish',
      'as required under section 4 of the Lighthouses Act 1901',
      'which is a requirement of the Lighthouses Act 1901',
    ],
    ['the law on harbours', 'your act obliges nobody'],
    [/\b(?:data protection|privacy|gdpr)\b/i],
  ),
  basis(
    'contract-en',
    'contract',
    /\b(?:performance|fulfil?lment) of (?:your|the|a|this) (?:tenancy|lease|policy|booking|order|subscription|membership)\b|\bcontractually (?:necessary|needed|required)\b|\b(?:the )?(?:performance|fulfil?lment|execution|conclusion|preparation|implementation|formation|administration|delivery) of (?:(?:a|an|the|our|your|any|this|that|such|its|their|his|her) )?(?:[\w-]+ ){0,3}(?:contracts?|agreements?)\b|\b(?:perform|fulfil?l|execute|conclude|enter(?:ing)? into|honou?r|carry out|deliver|complete|meet|manage|negotiate|prepare)(?:ing)? (?:(?:a|an|the|our|your|any|this|that|such|its|their) )?(?:[\w-]+ ){0,3}(?:contracts?|agreements?)\b|\bpre-?contract(?:ual)?(?: \w+)?\b|\bcontract(?:ual)?(?: (?:performance|necessity|obligations?|relationships?|requirements?|commitments?|duties|purposes|preparation|basis|terms))?\b|\b(?:take |taking )?(?:pre-contractual )?steps (?:taken )?(?:,? ?at (?:your|the data subject's|their|his or her) request,? )?(?:prior to|before) (?:entering|the conclusion|concluding)[\w ]{0,30}contract\b|\bsteps[\w ,]{0,20} (?:at|on|upon|following) (?:your|the data subject's|their) request\b|\b(?:tenancy|lease|rental|credit|loan|insurance|licence|employment|service|user|customer|purchase|membership|licen[cs]e|subscription|our|the|an) agreements?(?: with you)?\b|\bcontracts?\b|\bperform(?:ance of)? our obligations (?:to|towards) you\b|\b(?:perform|fulfil|fulfill|honou?r)(?:ance of|ing|ment of)? (?:our|the|these) (?:terms (?:of (?:service|use|sale)|and conditions)|terms\b(?! (?:of|and))|user agreement)\b/i,
    [
      'the performance of a contract with you',
      'to take steps at your request before entering into a contract',
      'Contract',
      'our agreement with you',
    ],
    ['a contractor visits us', 'contracted the virus'],
  ),
  basis(
    'agreed-en',
    'consent',
    /\b(?:if|when|once|after|unless) you (?:accept|allow)(?: (?:it|them|these|those|this))?\b(?! (?:the|these|our) )|\b(?:if|where|when|once) you (?:agree|opt in)(?= ?,)|\b(?:if|when|once|where|unless) you agree to (?:it|them|this|that|these|those|us|being|having)\b|\b(?:because|as|since|where|if|when|once|after|unless|whether|and) you(?:'ve| have)? (?:(?:also|first|specifically|expressly|actively|explicitly) )?(?:agreed|opted in|said yes|(?:said|told us)(?: that)? (?:you(?:'re| are) happy(?: for us)? to|you(?:'d| would) like to)|ticked (?:the|a) box)(?: (?:to|for) (?:it|this|that|us|our|hear|hearing|receive|receiving|be|have|tracking|get))?\b/i,
    ['where you have agreed to hear from us', 'because you opted in', "if you've ticked the box"],
    ['where we have agreed', 'you agree to these terms'],
  ),
  basis(
    'consent-en',
    'consent',
    /\b(?:(?:your|the|their|his or her|explicit|express|prior|specific|informed|freely given|parental|written|clear|valid|unambiguous|voluntary|customer|user|data subject's),? ){0,3}consent(?:s|ed|ing)?\b|\bbecause you(?:'ve| have)? (?:said yes|opted in|agreed to it)\b|(?<=\bwith )your (?:(?:prior|express|explicit) )?agreement\b(?!,? (?:with|between|for|number|and|to provide))|\byour (?:(?:explicit|express|prior|written) )?permission\b|\b(?<=giv(?:e|en|ing) us )permission\b/i,
    [
      'your consent',
      'where you have explicitly consented',
      'Explicit consent',
      'you consented',
      'Because you said yes',
      'with your permission',
      'with your prior agreement',
    ],
    ['a consensus among staff', 'consenting adults only in films'].slice(0, 1),
  ),
];
