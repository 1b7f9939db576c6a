// French words that name a lawful basis.
import type { LawfulBasis } from '../../notice/lawful-basis.ts';
import type { BasisRule } from './bases-en.ts';

const basis = (id: string, says: LawfulBasis, trigger: RegExp, match: string[], not: string[] = []): BasisRule => ({
  id,
  says,
  scope: 'words',
  trigger,
  examples: { match, not },
});

export const BASES_FR: readonly BasisRule[] = [
  basis(
    'interests-fr',
    'legitimate_interests',
    /\bint[\u00e9e]r[\u00eae]ts?(?: (?:commercia(?:l|ux)|propres?|\u00e9conomiques?))? l[\u00e9e]gitimes?\b/i,
    ['notre intérêt légitime', 'les intérêts légitimes de la société'],
    ["l'intérêt général"],
  ),
  basis(
    'vital-interests-fr',
    'vital_interests',
    /\bint[\u00e9e]r[\u00eae]ts? vita(?:l|ux)\b/i,
    ['la sauvegarde de vos intérêts vitaux'],
    ['carte vitale'],
  ),
  basis(
    'public-task-fr',
    'public_task',
    /\bmissions? d'int[\u00e9e]r[\u00eae]t (?:public|g[\u00e9e]n[\u00e9e]ral)|\bint[\u00e9e]r[\u00eae]t public\b|\bautorit[\u00e9e] publique|\bmissions? de service public\b/i,
    ["une mission d'intérêt public", "l'exercice de l'autorité publique"],
    ['les services publics'],
  ),
  basis(
    'obligation-fr',
    'legal_obligation',
    /\bobligations? (?:\w+ (?:et|ou) )?(?:l[\u00e9e]gales?|r[\u00e9e]glementaires?|fiscales?|comptables?)(?:,? (?:et|ou) (?:l[\u00e9e]gales?|r[\u00e9e]glementaires?|fiscales?|comptables?))?|\bl[\u00e9e]galement (?:tenus?|oblig[\u00e9e]s?)\b|\brequis(?:es?)? par la loi\b|\b(?:si|lorsque|comme) la loi l'(?:exige|impose)\b/i,
    ['le respect de nos obligations légales', 'obligation légale'],
    ['mentions légales'],
  ),
  basis(
    'contract-fr',
    'contract',
    /\b(?:ex[\u00e9e]cution|conclusion|gestion|r[\u00e9e]alisation) (?:d'une? |du |de (?:la |votre |notre |ce |l'|mesures )?|des )?(?:[\w\u00c0-\u017f]+ ){0,3}(?:contrats?|pr[\u00e9e]contractuelles?|contractuelles?|conventions?|cgu|cgv|conditions g[\u00e9e]n[\u00e9e]rales)\b|\bex[\u00e9e]cuter (?:le|la|les|nos|notre|ce|un|votre) (?:contrats?|cgu|cgv|conditions g[\u00e9e]n[\u00e9e]rales|commande)\b|\bmesures pr[\u00e9e]-?contractuelles\b|\b(?:relations?|obligations?|n[\u00e9e]cessit[\u00e9e]s?|engagements?|base) (?:pr[\u00e9e]-?)?contractuelles?\b|\bpr[\u00e9e]-?contractuelles?\b|\bcontrats?\b/i,
    ["l'exécution d'un contrat", 'mesures précontractuelles', 'Contrat', 'pour exécuter nos CGU'],
    ['contraste'],
  ),
  basis(
    'consent-fr',
    'consent',
    /\b(?:consentements?|consent(?:i|ez|ir|ie|is)?|(?:votre )?accord (?:expr\u00e8s|pr\u00e9alable|explicite)|votre accord)\b/i,
    ['votre consentement', 'vous avez consenti'],
    ['constant'],
  ),
];
