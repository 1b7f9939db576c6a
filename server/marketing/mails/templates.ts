// Every mail that this service writes about messages. None of them is advertising, and each says who sends it and how to stop it.
import type { Channel } from '../../../shared/notice/schema.ts';
import { dateIn } from '../../mail/dates.ts';
import { filled, filledText, type Speech } from '../words/words.ts';
import { composeMail, textBlock, type Block, type ComposedMail } from './compose.ts';

export interface MailFacts {
  speech: Speech;
  siteName: string;
  /** The sender's name for people; of mails that are about no one sender, the site's. */
  sender: string;
  /** Full name and postal address. */
  identity: string;
  /** ms since 1970: when what the mail is about was done, and until when its link works. */
  at: number;
  until: number;
  /** Where its button leads. */
  link: string;
  /** Where everything is stopped. */
  stop: string;
}
export interface AskedFor {
  channel: Channel;
  sender: string;
  /** The legend over the box. */
  label: string;
}

const foot = ({ speech: { words }, siteName, identity, stop }: MailFacts): Block[] => [
  textBlock(words.footWho, { identity }),
  textBlock(words.footWhy, { site: siteName }),
  textBlock(words.footStop, { site: siteName }),
  { kind: 'link', label: words.stopLink, href: stop },
];

/** Double opt-in. `asked`: what was ticked. */
export function confirmationMail(facts: MailFacts, asked: readonly AskedFor[]): ComposedMail {
  const { speech, siteName: site, sender, at, until, link } = facts;
  const { words, code } = speech;
  return composeMail({
    speech,
    subject: filledText(words.confirmSubject, { sender }),
    body: [
      textBlock(words.confirmAsked, { site, date: dateIn(code, at) }),
      {
        kind: 'list',
        items: asked.map((one) => [
          ...filled(words.from, { channel: words[one.channel], sender: one.sender }),
          ' – ',
          { value: one.label },
        ]),
      },
      textBlock(words.confirmHow, { date: dateIn(code, until) }),
      { kind: 'link', label: words.confirmLink, href: link },
      textBlock(words.confirmNot),
    ],
    foot: foot(facts),
  });
}

/** The link to somebody's own page, which somebody asked for. */
export function choicesMail(facts: MailFacts): ComposedMail {
  const { speech, siteName: site, at, until, link } = facts;
  const { words, code } = speech;
  return composeMail({
    speech,
    subject: filledText(words.linkSubject, { site }),
    body: [
      textBlock(words.linkAsked, { site, date: dateIn(code, at) }),
      textBlock(words.linkHow, { date: dateIn(code, until) }),
      { kind: 'link', label: words.linkOpen, href: link },
      textBlock(words.linkNot),
    ],
    foot: foot(facts),
  });
}
