// What a publisher should know of a notice, each with its place in it and the sentence that stands there; and what changed
// between two versions, in meaning.
import type * as v from 'valibot';

import { issueWords } from '../../shared/notice/issues.ts';
import type { NoticeChange as Change, NoticeFinding } from '../../shared/operator.ts';
import { partWords } from './notice-words.ts';
import { Empty } from './states.tsx';
import './notices.css';

export type Finding = v.InferOutput<typeof NoticeFinding>;
export type NoticeChange = v.InferOutput<typeof Change>;

interface FindingsProps {
  findings: readonly Finding[];
  /** The sentence at a place, where there is one. */
  sentence: (place: string) => string | null;
}

const Place = ({ place, words }: { place: string; words: string | null }) => (
  <>
    {words !== null && <blockquote dir="auto">{words}</blockquote>}
    <p class="note">
      at <code>{place}</code>
    </p>
  </>
);

/** What is said of several places is said once. */
export const Findings = ({ findings, sentence }: FindingsProps) =>
  findings.length === 0 ? (
    <p class="all-well">The check found nothing.</p>
  ) : (
    <ul class="findings">
      {[...Map.groupBy(findings, ({ code, statement }) => `${code} ${statement}`)].map(([same, list]) => {
        const [{ severity, code, statement, rule } = findings[0] as Finding] = list;
        return (
          <li key={same} class={severity} data-code={code}>
            <p>
              <span class={`severity ${severity}`}>{severity}</span> <strong>{issueWords(code).title}</strong>{' '}
              <span class="note">
                {rule}
                {list.length > 1 && `, ${list.length} places`}
              </span>
            </p>
            <p>{statement}</p>
            {list.map(({ place }, i) => place !== null && <Place key={`${i}-${place}`} place={place} words={sentence(place)} />)}
          </li>
        );
      })}
    </ul>
  );

interface ChangesProps {
  changes: readonly NoticeChange[];
  /** The activity's title by its id, where it is known. */
  titles?: ReadonlyMap<string, string>;
}

/** Grouped by activity; what is of the document as a whole stands first. */
export function Changes({ changes, titles }: ChangesProps) {
  if (changes.length === 0) return <Empty title="Nothing changed in meaning" />;
  const groups = [...Map.groupBy(changes, ({ activity }) => activity)].sort(
    ([a], [b]) => Number(a !== null) - Number(b !== null),
  );
  return (
    <div class="changes">
      {groups.map(([activity, list]) => (
        <section key={activity ?? ''} data-activity={activity ?? ''}>
          <h3>
            {activity === null ? 'The document as a whole' : <bdi>{titles?.get(activity) ?? activity.replaceAll('-', ' ')}</bdi>}
          </h3>
          <ul>
            {list.map(({ part, change, before, after }, i) => (
              <li key={`${i}-${part}`} class={change}>
                <p class="what">
                  <strong>{partWords(part)}</strong> <span class="change">{change}</span>
                </p>
                {before !== null && <del dir="auto">{before}</del>}
                {after !== null && <ins dir="auto">{after}</ins>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
