/** Digits of a text. */
const digitsOf = (text: string): number[] => Array.from(text.replace(/\D/g, ''), Number);

/** The check digit of payment cards. Source: ISO/IEC 7812-1, annex B (Luhn). */
export function passesLuhn(text: string): boolean {
  const digits = digitsOf(text).reverse();
  if (digits.length < 12 || digits.length > 19) return false;
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 && digits.some((digit) => digit !== 0);
}

/** The check digits of an IBAN. Source: ISO 13616, ISO/IEC 7064 MOD 97-10. */
export function passesIban(text: string): boolean {
  const iban = text.replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = /\d/.test(sign) ? sign : String(sign.charCodeAt(0) - 55);
    for (const digit of value) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** The check digit of an NHS number. Source: NHS Data Dictionary, "NHS NUMBER" (modulus 11). */
export function passesNhs(text: string): boolean {
  const digits = digitsOf(text);
  if (digits.length !== 10) return false;
  const sum = digits.slice(0, 9).reduce((total, digit, place) => total + digit * (10 - place), 0);
  const check = 11 - (sum % 11);
  return check !== 10 && (check === 11 ? 0 : check) === digits[9];
}

/** Whether letters may begin a National Insurance number. Source: HMRC, National Insurance Manual NIM39110. */
export function passesNationalInsurance(text: string): boolean {
  const number = text.replace(/\s/g, '').toUpperCase();
  return /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(number);
}

/** Whether a US social security number may have been given out. Source: Social Security Administration, RM 10201.035. */
export function passesSocialSecurity(text: string): boolean {
  const [area = '', group = '', serial = ''] = text.split(/[- ]/);
  return area !== '000' && area !== '666' && !area.startsWith('9') && group !== '00' && serial !== '0000';
}

/** Whether a day, month and year name a day of the calendar in either order. */
export function isCalendarDay(text: string): boolean {
  const parts = text.split(/[-/. ]+/).map(Number);
  if (parts.length !== 3) return false;
  const [a = 0, b = 0, c = 0] = parts;
  const [year, first, second] = a > 31 ? [a, b, c] : [c, a, b];
  const isDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return (year < 100 || (year >= 1_890 && year <= 2_100)) && (isDay(first, second) || isDay(second, first));
}
