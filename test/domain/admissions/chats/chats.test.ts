import { describe, expect, it } from 'vitest';
import { aboutLead, asksForOverview, namesIn } from '#domain/admissions/chats/intent';
import { citedIn, citedPieces, partWriting, shownSoFar, unmistakable, withoutNames } from '#domain/admissions/chats/writing';

describe('a question beside a lead', () => {
  it.each([
    ['Why does she have this score?', ['score']],
    ['What should I do next for this lead?', ['next']],
    ['tell me about this lead', []],
    ['Is Zara ready?', []],
    ['how many leads from UCAS have a high score', null],
    ['top 5 by score', null],
    ['stalled leads from London', null],
  ])('"%s" is about it: %j', (text, topics) => {
    expect(aboutLead(text, 'Zara Patel')).toEqual(topics);
  });

  it('may name another, and may ask for the whole', () => {
    expect(namesIn('Tell me about Zara Patel and Jan van der Berg')).toEqual(expect.arrayContaining(['Zara Patel', 'Jan van der Berg']));
    expect(asksForOverview('give me an overview of all leads')).toBe(true);
    expect(asksForOverview('leads from London')).toBe(false);
  });
});

describe('what a model writes', () => {
  it('is parted into prose, proposals and questions', () => {
    expect(partWriting('Call Zara Patel.\n>> log | Zara Patel\n>> task | Zara Patel | Send the form\n>> delete | Zara Patel\n>> ask | Who is next?')).toEqual({
      text: 'Call Zara Patel.',
      proposals: [
        { kind: 'log', name: 'Zara Patel', words: null },
        { kind: 'task', name: 'Zara Patel', words: 'Send the form' },
      ],
      followUps: ['Who is next?'],
    });
    expect(shownSoFar('Call her.\n>')).toBe('Call her.');
    expect(shownSoFar('Call her.\n>> task | Za')).toBe('Call her.');
  });

  it('links whole names, the longer of two', () => {
    const leads = [{ id: '1', name: 'Zara' }, { id: '2', name: 'Zara Patel' }];
    expect(citedIn('Zara Patel leads; Zaragoza does not.', leads)).toEqual([leads[1]]);
    expect(citedPieces('Ask Zara.', leads).map(({ text }) => text)).toEqual(['Ask ', 'Zara', '.']);
  });

  it('tells leads of one name apart by their order, and a model’s only where no other has it', () => {
    const leads = [{ id: '1', name: 'Zara Patel' }, { id: '2', name: 'Zara Patel' }, { id: '3', name: 'Zara' }];
    expect(citedPieces('- Zara Patel: 80\n- Zara Patel: 60\n- Zara', leads).flatMap(({ lead }) => (lead === null ? [] : [lead.id]))).toEqual(['1', '2', '3']);
    expect(unmistakable(leads, null).map(({ id }) => id)).toEqual(['3']);
    expect(unmistakable(leads, '2').map(({ id }) => id)).toEqual(['2', '3']);
  });

  it('names nobody who is not to be seen, whole names alone', () => {
    const leads = [{ id: '1', name: 'Zara Patel' }, { id: '2', name: 'Zara' }];
    expect(withoutNames('Zara Patel, then Zara, then Zaragoza.', leads, new Set(['2']), '(hidden)')).toBe('(hidden), then Zara, then Zaragoza.');
    expect(withoutNames('Zara Patel, then Zara.', leads, new Set(['1']), '(hidden)')).toBe('Zara Patel, then (hidden).');
  });
});
