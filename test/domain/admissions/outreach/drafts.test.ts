import { describe, expect, it } from 'vitest';
import { checkDraft } from '#domain/admissions/outreach/checks';
import { fillFields } from '#domain/admissions/outreach/mergeFields';

const words = new Set('hello thank you for asking about the course please call us when can and we will not write again today it is a chance to win something do know what want look at this'.split(' '));
const kinds = (subject: string, body: string): unknown => checkDraft({ subject, body }, (word) => words.has(word)).map(({ kind, words: about }) => [kind, ...about]);

describe('a draft', () => {
  it('takes what is known of its lead, and shows what is not', () => {
    const values = { given_name: 'Zoë', course: null, campus: ' ', sender: 'Ada', school: 'Hill School' };
    expect(fillFields('Hello {given_name}, {Given Name}: {course} in {campus}, {salary} { sender }', values)).toEqual({
      text: 'Hello Zoë, Zoë: {course} in {campus}, {salary} Ada',
      missing: ['course', 'campus'],
      unknown: ['salary'],
    });
  });

  it('is looked through for what filters and readers mind, and for spelling', () => {
    expect(kinds('Thank you', 'Hello {given_name}, thank you for asking about the course. We don’t know when Zoë calls us.')).toEqual([]);
    expect(kinds('Thank you', 'Plaese call us tuday')).toEqual([['spelling', 'tuday']]);
    expect(kinds('', 'call us')).toEqual([['noSubject']]);
    expect(kinds('LOOK AT THIS CHANCE!!', 'Click here: act now. https://a.example https://b.example https://c.example')).toEqual([
      ['spelling', 'here', 'act', 'now'],
      ['shouting', 'CHANCE'],
      ['pressure', 'act now', 'click here'],
      ['links', 'https://a.example', 'https://b.example', 'https://c.example'],
    ]);
    expect(kinds('please '.repeat(12), 'call us '.repeat(130))).toEqual([['longSubject'], ['longBody']]);
  });
});
