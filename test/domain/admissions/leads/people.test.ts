import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, normaliseEmail, normalisePhone, splitName } from '#domain/admissions/leads/normalise';
import { packReach, unpackReach } from '#domain/admissions/leads/reach';
import { hasReached, stages } from '#domain/admissions/leads/stages';
import { isContact, isLeadActivity, signalOf, touchpointKinds } from '#domain/admissions/leads/touchpoints';

const runs = { seed: 20261005, numRuns: 300 };

describe('an e-mail address', () => {
  it.each([
    [' Zara.Patel@Example.COM ', 'zara.patel@example.com'],
    ['mailto:zara@example.org', 'zara@example.org'],
    ['Zara Patel <zara@example.org>', 'zara@example.org'],
    ['zara+law@mail.example.co.uk', 'zara+law@mail.example.co.uk'],
    ['zara@localhost', null],
    ['zara@@example.org', null],
    ['zara@example.org, jan@example.org', null],
    ['nobody', null],
    ['', null],
    [`${'x'.repeat(250)}@example.org`, null],
  ])('%s is %s', (text, address) => {
    expect(normaliseEmail(text)).toBe(address);
  });

  it('that is one stays as it is, whatever was pasted', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' })), (text) => {
        const address = normaliseEmail(text);
        if (address !== null) expect(normaliseEmail(address)).toBe(address);
      }),
      runs,
    );
  });
});

describe('a telephone number', () => {
  it.each([
    ['07700 900001', 'GB', '+447700900001'],
    ['+44 (0)7700 900001', 'US', '+447700900001'],
    ['(415) 555-2671', 'US', '+14155552671'],
    ['030 901820', 'DE', '+4930901820'],
    ['12', 'GB', null],
    ['call me', 'GB', null],
  ])('%s in %s is %s', (text, country, number) => {
    expect(normalisePhone(text, country)).toBe(number);
  });
});

describe('a name', () => {
  it.each([
    ['Zara Patel', 'Zara', 'Patel'],
    ['van der Berg, Jan', 'Jan', 'van der Berg'],
    ['Jan van der Berg', 'Jan', 'van der Berg'],
    ['Maria de la Cruz', 'Maria', 'de la Cruz'],
    ['Madonna', 'Madonna', null],
    ['Mary  Ann   Smith', 'Mary Ann', 'Smith'],
    ['Patel,', null, 'Patel'],
    ['', null, null],
  ])('“%s” is split into %s and %s', (text, given, family) => {
    expect(splitName(text)).toEqual({ given, family });
  });

  it('is shown whole again, and as nothing where nothing is known', () => {
    expect(displayName(splitName('Jan van der Berg'))).toBe('Jan van der Berg');
    expect(displayName({ given: null, family: null })).toBeNull();
    expect(displayName({ given: '', family: 'Patel' })).toBe('Patel');
  });
});

describe('how a lead can be reached', () => {
  it('comes out of one number as it went in', () => {
    const reach = fc.record({ hasEmail: fc.boolean(), hasPhone: fc.boolean(), mayEmail: fc.boolean(), mayPhone: fc.boolean(), consentRecorded: fc.boolean() });
    fc.assert(fc.property(reach, (each) => { expect(unpackReach(packReach(each))).toEqual(each); }), runs);
  });

  it('is by nothing, and forbidden by nobody, where the number is zero', () => {
    expect(unpackReach(0)).toEqual({ hasEmail: false, hasPhone: false, mayEmail: true, mayPhone: true, consentRecorded: false });
  });
});

describe('a touchpoint', () => {
  it('is an activity of the lead where the lead did something', () => {
    expect(isLeadActivity({ kind: 'email', direction: 'inbound', outcome: null })).toBe(true);
    expect(isLeadActivity({ kind: 'call', direction: 'outbound', outcome: 'reached' })).toBe(true);
    expect(isLeadActivity({ kind: 'event', direction: 'outbound', outcome: 'attended' })).toBe(true);
    for (const outcome of ['left_message', 'no_answer', 'sent', null] as const) expect(isLeadActivity({ kind: 'call', direction: 'outbound', outcome })).toBe(false);
    expect(isLeadActivity({ kind: 'note', direction: 'inbound', outcome: 'reached' })).toBe(false);
  });

  it('is a contact of ours where we began it, and a note is none', () => {
    expect(touchpointKinds.filter((kind) => isContact({ kind, direction: 'outbound', outcome: null }))).toEqual(['call', 'email', 'sms', 'meeting', 'event', 'visit']);
    expect(isContact({ kind: 'call', direction: 'inbound', outcome: 'reached' })).toBe(false);
  });

  it('counts towards one signal, or none', () => {
    expect(touchpointKinds.map((kind) => signalOf({ kind, direction: 'inbound', outcome: null }))).toEqual(['conversations', 'conversations', 'conversations', 'conversations', 'eventsAttended', null, null]);
    expect(signalOf({ kind: 'call', direction: 'outbound', outcome: 'no_answer' })).toBeNull();
  });
});

describe('a stage', () => {
  it('is reached by those that lie beyond it, and by no lost lead', () => {
    expect(stages.filter((stage) => hasReached(stage, 'accepted'))).toEqual(['accepted', 'enrolled']);
    expect(hasReached('lost', 'enquiry')).toBe(false);
  });
});
