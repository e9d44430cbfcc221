import { describe, expect, it } from 'vitest';
import { isCalendarDay, passesIban, passesLuhn, passesNationalInsurance, passesNhs, passesSocialSecurity } from '#domain/platform/redaction/checks';

describe('check digits', () => {
  it('of cards: the test numbers of the card companies pass, one digit off fails', () => {
    // Source: numbers that Visa, Mastercard and American Express give out for tests.
    for (const number of ['4111 1111 1111 1111', '5555-5555-5555-4444', '378282246310005']) expect(passesLuhn(number), number).toBe(true);
    for (const number of ['4111 1111 1111 1112', '0000000000000000', '4111']) expect(passesLuhn(number), number).toBe(false);
  });

  it('of IBANs: the examples of the registry pass, in any spacing and case', () => {
    // Source: SWIFT, IBAN Registry, examples of the United Kingdom, Germany and Norway.
    for (const iban of ['GB29 NWBK 6016 1331 9268 19', 'DE89370400440532013000', 'no9386011117947']) expect(passesIban(iban), iban).toBe(true);
    for (const iban of ['GB29 NWBK 6016 1331 9268 18', 'GB29', 'XX00000000000000']) expect(passesIban(iban), iban).toBe(false);
  });

  it('of NHS numbers', () => {
    // 9·10 + 4·9 + 3·8 + 4·7 + 7·6 + 6·5 + 5·4 + 9·3 + 1·2 = 299; 299 mod 11 = 2; 11 − 2 = 9.
    expect(passesNhs('943 476 5919')).toBe(true);
    expect(passesNhs('943 476 5918')).toBe(false);
    expect(passesNhs('943 476 591')).toBe(false);
  });

  it('of National Insurance: letters that are not given out do not pass', () => {
    expect(passesNationalInsurance('AB 12 34 56 C')).toBe(true);
    for (const number of ['BG 12 34 56 A', 'DA 12 34 56 A', 'AO 12 34 56 A', 'AB 12 34 56 E']) expect(passesNationalInsurance(number), number).toBe(false);
  });

  it('of social security: areas that are not given out do not pass', () => {
    expect(passesSocialSecurity('123-45-6789')).toBe(true);
    for (const number of ['000-12-3456', '666-12-3456', '912-12-3456', '123-00-4567', '123-45-0000']) expect(passesSocialSecurity(number), number).toBe(false);
  });

  it('of days: either order, no 13th month', () => {
    for (const day of ['31/12/2001', '12/31/2001', '2001-12-31', '1.2.99']) expect(isCalendarDay(day), day).toBe(true);
    for (const day of ['31/13/2001', '0/1/2001', '32/12/2001', '12/2001', '1/1/1700']) expect(isCalendarDay(day), day).toBe(false);
  });
});
