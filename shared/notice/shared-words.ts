// Words that the title of an activity and a page have in common and that tell this activity from the others.
import { evenText } from './stems.ts';

// Words that stand in most titles and on most pages.
const COMMON = new Set(
  (
    'about access activities activity additional administration also and any application applications applicant applicants apply applying are automatic based before book booking bookings ' +
    'business buttons categories certain client clients collect collected collecting collection com communication communications companies company complete contact contacts controller cookie cookies create customer customers data detail ' +
    'details digital does doing during each email emails enquire enquiries enquiry inquiries inquiry events event example fill first for form forms from general get getting give giving handle handling have help here high hold home how ' +
    'improve individuals information into join joining keep know latest legal like link links login mail make making management medical manage may more most name new news notice number of off offer offers official online or order other others our ' +
    'out over page pages part party people person personal persons please policy portal privacy process processed processing product products programme programmes project projects provide provided providing purpose purposes receive record records register registered registration ' +
    'related relevant report request requests required response search section secure see send sending service services share shared sharing sign site sites social some staff start store submission submissions submit support system take taking team terms than ' +
    'that the their them these they third this those through tools training type under update updates upon use used user users using various view visit visitor visitors visits want ways web website websites welcome what when where which who why will with within work ' +
    'working world would you your non full free learn local great find full-time public group limited page read club clubs society association verein ' +
    'und der die das den dem des ein eine einer für mit von zur zum bei auf unsere unserer ihre ihrer daten nutzung verarbeitung personenbezogener anmeldung informationen website webseite seite allgemeine im rahmen ' +
    'app are can did get has her his its let not now one own per two via was way web yes all see try los las del per con che ' +
    'wir sie mit von aus sich les des une pour vos nos votre notre dans par sur avec donnees données personnelles traitement utilisation site page formulaire demande services'
  ).split(/\s+/),
);

const tokens = (text: string): string[] => (evenText(text).match(/\p{L}{3,}/gu) ?? []).filter((word) => !COMMON.has(word));

/** "adopting" and "adoption", "puppy" and "puppies": the same beginning, and not much else. */
function same(one: string, other: string): boolean {
  if (one === other) return true;
  const shorter = Math.min(one.length, other.length);
  // "Rezept" and "Rezeptbestellung".
  if (shorter >= 6 && (one.startsWith(other) || other.startsWith(one))) return true;
  if (shorter < 5 || Math.max(one.length, other.length) - shorter > 4) return false;
  // "Court" is no course.
  const length = shorter === 5 ? 4 : Math.max(5, shorter - 2);
  return one.slice(0, length) === other.slice(0, length);
}

/** Those of a title that could tell it from others; "membership" and "members" are one. */
export const ownWords = (title: string): string[] =>
  tokens(title).filter((word, index, all) => !all.slice(0, index).some((other) => same(other, word)));

/** A title that names the organisation in more than one word of its name: "Working at Hobb & Lane" is not about each lane. */
function withoutName(own: readonly string[], name: readonly string[]): readonly string[] {
  const rest = own.filter((word) => !name.includes(word));
  return own.length - rest.length > 1 ? rest : own;
}

/** For each title, its words that stand on the page and in no other title. `organisation`: whose pages these are. */
export function sharedWords(titles: readonly string[], page: string, organisation = ''): string[][] {
  const name = tokens(organisation);
  const onPage = tokens(page);
  const words = titles.map((title) => withoutName(ownWords(title), name));
  return words.map((own, index) => [
    ...new Set(
      own.filter(
        (word) =>
          onPage.some((each) => same(each, word)) &&
          !words.some((others, other) => other !== index && others.some((each) => same(each, word))),
      ),
    ),
  ]);
}

const LONGEST_NAME = 4;

/** A short heading that says what the title says and nothing more. */
export function isNamedBy(heading: string, title: string): boolean {
  const words = evenText(heading).match(/\p{L}{3,}/gu) ?? [];
  const own = evenText(title).match(/\p{L}{3,}/gu) ?? [];
  return (
    words.length > 0 &&
    words.length <= LONGEST_NAME &&
    tokens(heading).length > 0 &&
    words.every((word) => own.some((each) => same(each, word)))
  );
}
