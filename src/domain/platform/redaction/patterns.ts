import { isCalendarDay, passesIban, passesLuhn, passesNationalInsurance, passesNhs, passesSocialSecurity } from './checks';
import type { PersonalDataType } from './types';

/** A form that personal data has. */
export interface Pattern {
  readonly id: string;
  readonly type: PersonalDataType;
  /** With the flags g and u; where it has a group named `value`, that is what was found. */
  readonly expression: RegExp;
  /** How sure it is by itself. */
  readonly confidence: number;
  /** A check digit or the like: what fails is no find. */
  readonly check?: (value: string) => boolean;
  /** Words before it that make it more sure, within 60 characters. */
  readonly near?: RegExp;
  /** Whether it is a find only near such words. */
  readonly onlyNear?: boolean;
  /** Whether it can be found where there is no digit at all. */
  readonly withoutDigits?: boolean;
}

const months = '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const birth = /\b(?:d\.?o\.?b\b|date of birth|birth ?date|birthday|born|geboren)/iu;
const telephone = /\b(?:phone|telephone|tel|mobile|cell|call|ring|fax|whatsapp|text (?:me|us)|contact|number|reach|dial|hotline|line|answering|office)\b/iu;
const student = /\b(?:student|pupil|learner|ucas|applicant|candidate|enrol?ment|matriculation|hesa|admission)\b/iu;
const money = /\b(?:account|a\/c|bank|sort code|iban|card|credit|debit|visa|mastercard|amex|payment|iban|routing|billing)\b/iu;
const driver = /\b(?:driver'?s?|driving)[ -]?(?:licen[cs]e|permit)|\blicen[cs]e (?:no|number)\b|\bDL\b/iu;

/** UK postcodes. Source: Royal Mail, Programmers' Guide, valid formats. */
const ukPostcode = '(?:GIR ?0AA|(?:[A-PR-UWYZ](?:\\d{1,2}|[A-HK-Y]\\d{1,2}|\\d[A-HJKPSTUW]|[A-HK-Y]\\d[ABEHMNPRVWXY])) ?\\d[ABD-HJLNP-UW-Z]{2})';

export const patterns: readonly Pattern[] = [
  { id: 'email', type: 'email', withoutDigits: true, confidence: 0.99, expression: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}\p{L}{2,24}(?![\p{L}\p{N}])/gu },
  { id: 'email.written', type: 'email', withoutDigits: true, confidence: 0.85, expression: /(?<![\p{L}\p{N}])[a-z0-9._%+-]{1,64} ?[[(]at[\])] ?[a-z0-9-]{1,63}(?: ?[[(]dot[\])] ?[a-z0-9-]{2,24}){1,4}/giu },

  { id: 'phone.uk', type: 'phone', confidence: 0.9, expression: /(?<![\p{L}\p{N}.+/-])(?:\+44 ?(?:\(0\) ?)?|\(?0)(?:1\d{1,4}\)?[ -]?\d{2,4}[ -]?\d{3,4}|2\d\)?[ -]?\d{4}[ -]?\d{4}|3\d{2}[ -]?\d{3}[ -]?\d{4}|7\d{3}\)?[ -]?\d{3}[ -]?\d{3}|8\d{2}[ -]?\d{3}[ -]?\d{3,4})(?![\p{N}]|[-./]\d)/gu },
  { id: 'phone.us', type: 'phone', confidence: 0.85, expression: /(?<![\p{L}\p{N}.+/-])(?:(?:\+?1|001)[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?: ?(?:x|ext\.?) ?\d{1,6})?(?![\p{N}]|[-./]\d)/giu },
  { id: 'phone.usPlain', type: 'phone', confidence: 0.5, near: telephone, expression: /(?<![\p{L}\p{N}.+/-])(?:(?:\+1|001)[-. ]?)?\(?[2-9]\d{2}\)?\d{3}[-. ]?\d{4}(?:x\d{1,6})?(?![\p{L}\p{N}]|[-./]\d)/giu, onlyNear: true },
  { id: 'phone.international', type: 'phone', confidence: 0.9, expression: /(?<![\p{L}\p{N}.])(?:\+|00)[1-9]\d{0,2}(?:[ -.]?\(?\d{1,4}\)?){2,5}(?: ?(?:x|ext\.?) ?\d{1,6})?(?![\p{L}\p{N}])/giu, check: (value) => value.replace(/\D/g, '').length >= 8 && value.replace(/\D/g, '').length <= 20 },
  { id: 'phone.grouped', type: 'phone', confidence: 0.45, near: telephone, expression: /(?<![\p{L}\p{N}.$£€/-])\(?0?\d{1,5}\)?(?:[ -]\d{2,4}){2,4}(?![\p{L}\p{N}]|[-./]\d| ?[%€£])/gu, check: (value) => value.replace(/\D/g, '').length >= 7 && value.replace(/\D/g, '').length <= 12, onlyNear: true },
  { id: 'phone.short', type: 'phone', confidence: 0.4, near: telephone, expression: /(?<![\p{L}\p{N}.$£€/-])\d{3,5}[ -]\d{3,8}(?![\p{L}\p{N}]|[-./]\d)/gu, onlyNear: true, check: (value) => value.replace(/\D/g, '').length >= 7 },
  { id: 'phone.trunk', type: 'phone', confidence: 0.7, near: telephone, expression: /(?<![\p{L}\p{N}.$£€/-])\(?0\d{1,4}\)?[ /-]?\d{2,8}(?:[ -]\d{2,4}){0,4}(?![\p{L}\p{N}]|[-./]\d)/gu, check: (value) => value.replace(/\D/g, '').length >= 8 && value.replace(/\D/g, '').length <= 12 && !/^0\d?[-/]\d\d?[-/]|^\d{3}-\d{2}-\d{4}$/.test(value) },

  { id: 'student.labelled', type: 'student_id', confidence: 0.9, expression: /\b(?:student|pupil|learner|applicant|candidate|enrol?ment|matriculation|admission)s? ?(?:id|no\.?|number|code|ref(?:erence)?|#)[ :#=]{0,4}(?:is |was )?(?<value>[A-Z]{0,4}[-/]?\d[\dA-Z/-]{3,14})(?![\p{L}\p{N}])/giu },
  { id: 'student.ucas', type: 'student_id', confidence: 0.85, expression: /\bucas (?:personal )?(?:id|no\.?|number|ref(?:erence)?)?[ :#]{0,3}(?<value>\d{3}-\d{3}-\d{4}|\d{10})(?!\p{N})/giu },
  { id: 'student.prefixed', type: 'student_id', confidence: 0.75, near: student, expression: /(?<![\p{L}\p{N}-])(?:STU|SID|STUD|APP|LRN|ULN)[-_ ]?\d{4,12}(?!\p{N})/gu },
  { id: 'student.uln', type: 'student_id', confidence: 0.85, expression: /\b(?:ULN|unique learner number)[ :#]{0,3}(?:is )?(?<value>\d{10})(?!\p{N})/giu },

  { id: 'national.insurance', type: 'national_id', confidence: 0.95, expression: /(?<![\p{L}\p{N}])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/giu, check: passesNationalInsurance },
  { id: 'national.nhs', type: 'national_id', confidence: 0.8, near: /\bnhs\b/iu, expression: /(?<![\p{L}\p{N}-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\p{L}\p{N}-])/gu, check: passesNhs, onlyNear: true },
  { id: 'national.socialSecurity', type: 'national_id', confidence: 0.85, expression: /(?<![\p{L}\p{N}-])\d{3}-\d{2}-\d{4}(?![\p{L}\p{N}-])/gu, check: passesSocialSecurity },
  { id: 'national.socialSecurityPlain', type: 'national_id', confidence: 0.75, near: /\b(?:ssn|social security)\b/iu, onlyNear: true, expression: /(?<![\p{L}\p{N}-])\d{3} ?\d{2} ?\d{4}(?![\p{L}\p{N}-])/gu },
  { id: 'national.passport', type: 'national_id', confidence: 0.85, expression: /\bpassport ?(?:no\.?|number|#)?[ :#]{0,3}(?:is )?(?<value>[A-Z]{0,2}\d{6,9})(?![\p{L}\p{N}])/giu },
  { id: 'national.drivingLicenceUk', type: 'national_id', confidence: 0.9, expression: /(?<![\p{L}\p{N}])[A-Z9]{5}\d[0156]\d[0-3]\d{2}[A-Z9]{2}\d[A-Z]{2}(?![\p{L}\p{N}])/gu },
  { id: 'national.drivingLicence', type: 'national_id', confidence: 0.8, near: driver, onlyNear: true, expression: /(?<![\p{L}\p{N}-])[A-Z]{0,2}\d{6,14}[A-Z]?(?![\p{L}\p{N}-])/giu },

  { id: 'postcode.uk', type: 'postcode', confidence: 0.9, expression: new RegExp(`(?<![\\p{L}\\p{N}])${ukPostcode}(?![\\p{L}\\p{N}])`, 'gu') },
  { id: 'postcode.ukSmall', type: 'postcode', confidence: 0.75, near: /\b(?:post ?code|address|live|road|street|avenue)\b/iu, onlyNear: true, expression: new RegExp(`(?<![\\p{L}\\p{N}])${ukPostcode}(?![\\p{L}\\p{N}])`, 'giu') },
  { id: 'postcode.us', type: 'postcode', confidence: 0.85, expression: /(?<=,? (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]) )\d{5}(?:-\d{4})?(?![\p{L}\p{N}])/gu },
  { id: 'postcode.labelled', type: 'postcode', confidence: 0.85, expression: /\b(?:post ?code|zip(?: ?code)?|plz)[ :#]{0,3}(?:is )?(?<value>[A-Z]{0,2}\d[A-Z\d]{1,4}(?:[ -]?\d[A-Z\d]{1,3})?)(?![\p{L}\p{N}])/giu },

  { id: 'birth.numeric', type: 'date_of_birth', confidence: 0.6, near: birth, onlyNear: true, expression: /(?<![\p{L}\p{N}/.-])(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}|(?:18|19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2})(?![\p{L}\p{N}/-])/gu, check: isCalendarDay },
  { id: 'birth.written', type: 'date_of_birth', confidence: 0.6, near: birth, onlyNear: true, expression: new RegExp(`(?<![\\p{L}\\p{N}])(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${months},? (?:19|20)\\d{2}|${months} \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d{2})(?!\\p{N})`, 'giu') },

  { id: 'financial.card', type: 'financial', confidence: 0.95, expression: /(?<![\p{L}\p{N}.-])(?:\d[ -]?){12,18}\d(?![\p{L}\p{N}]|-\d)/gu, check: passesLuhn },
  { id: 'financial.cardNear', type: 'financial', confidence: 0.7, near: /\b(?:card|visa|mastercard|amex|maestro|discover)\b/iu, onlyNear: true, expression: /(?<![\p{L}\p{N}.-])(?:\d{4}[ -]?){3}\d{1,7}(?![\p{L}\p{N}]|-\d)/gu },
  { id: 'financial.iban', type: 'financial', confidence: 0.97, expression: /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/giu, check: passesIban },
  { id: 'financial.ibanNear', type: 'financial', confidence: 0.8, near: /\biban\b/iu, onlyNear: true, expression: /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}[A-Z0-9]{11,30}(?![\p{L}\p{N}])/giu },
  { id: 'financial.sortCode', type: 'financial', confidence: 0.85, near: /\bsort ?code\b/iu, onlyNear: true, expression: /(?<![\p{L}\p{N}-])\d{2}[- ]?\d{2}[- ]?\d{2}(?![\p{L}\p{N}-])/gu },
  { id: 'financial.account', type: 'financial', confidence: 0.75, near: money, expression: /\b(?:account|a\/c|routing) ?(?:no\.?|number|#)?[ :#]{0,3}(?:is )?(?<value>\d{6,12})(?![\p{L}\p{N}])/giu },
  { id: 'financial.salary', type: 'financial', confidence: 0.7, expression: /\b(?:salary|income|earns?|wages?|household income|bursary|debt)\b[^.\n\d]{0,25}(?<value>(?:£|\$|€|GBP ?|USD ?|EUR ?)\d{1,3}(?:[, ]?\d{3})*(?:\.\d{2})?k?)/giu },

  { id: 'academic.average', type: 'academic', confidence: 0.8, expression: /\b(?:GPA|grade point average)\b[^.\n\d]{0,12}(?<value>[0-4]\.\d{1,2}(?: ?\/ ?[45](?:\.0{1,2})?)?)/giu },
  { id: 'academic.grades', type: 'academic', withoutDigits: true, confidence: 0.8, expression: /\b(?:A[- ]?levels?|AS[- ]?levels?|GCSEs?|BTECs?|grades?|predicted|achieved)\b[^.\n]{0,20}?(?<value>\b(?:A\*|[A-EU]){3,4}(?![\p{L}\p{N}*])|\bD\*?D\*?[DM]\*?(?![\p{L}\p{N}*]))/gu },
  { id: 'academic.subjectGrade', type: 'academic', withoutDigits: true, confidence: 0.7, expression: /\b(?:grade|mark|score)d? (?:of |is |was |: ?)?(?<value>A\*|[A-F][+-]?|\d{1,3} ?%)(?![\p{L}\p{N}*+])/gu },
  { id: 'academic.class', type: 'academic', withoutDigits: true, confidence: 0.75, expression: /(?<![\p{L}\p{N}.])(?:2[:.][12]|first[- ]class|upper second(?:[- ]class)?|lower second(?:[- ]class)?)(?: honou?rs)?(?: degree)(?!\p{L})/giu },
  { id: 'academic.language', type: 'academic', confidence: 0.8, expression: /\b(?:IELTS|TOEFL(?: iBT)?|SAT|ACT|GRE|GMAT)\b(?: score)?[^.\n\d]{0,12}(?<value>\d{1,4}(?:\.\d)?)(?![\p{L}\p{N}])/gu },
  { id: 'academic.points', type: 'academic', confidence: 0.75, expression: /(?<value>(?<!\p{N})\d{2,3}) (?:UCAS|tariff) points\b/giu },
];
