import type { Find } from './types';

const streetWords =
  'street|st|road|rd|avenue|ave|lane|ln|dr|ct|square|sq|terrace|boulevard|blvd|crescent|cres|gardens|mews|highway|hwy|parkway|pkwy|quay|broadway';
/** Those that are everyday words too: they want a capital. */
const capitalStreetWords = 'Drive|Close|Court|Place|Pl|Way|Grove|Hill|Walk|Row|Circle|Trail|Park|Green|View|Rise';
/** Words for a street in other languages, in front of its name. */
const streetFirst = 'via|viale|piazza|rua|avenida|av|calle|carrer|camino|camiño|paseo|plaza|rue|allée|chemin|impasse|quai|place|ulica|ul|strada|str|bd|praça|travessa|largo|rambla|avda|cesta|trg';
/** Endings of words for a street in other languages. */
const streetEnding = 'stra(?:ss|ß)e|str|gasse|weg|platz|allee|ufer|ring|damm|laan|straat|plein|dreef|steenweg|kade|vej|gade|allé|vägen|gatan|gränd|stigen|katu|tie|kuja|polku|gata|vegen|veien|utca|út|tér|plads|brink|hof';
const unit = '(?:(?:apt|apartment|suite|ste|flat|unit|room|rm)\\.? ?#?\\d+[A-Z]?|#\\d+)';
const number = '\\d{1,5}[A-Z]?(?:[-/]\\d{1,4})?\\.?';
/** A house may have two numbers: of the street and of the house. */
const house = `${number}(?: ${number})?`;
const word = "\\p{L}[\\p{L}\\p{M}.'’-]*(?![\\p{L}\\p{N}])";

/** What may follow the street: a flat, the place, a region, a postal code, the country. */
const rest = `(?:[,\\s>?]{1,6}${unit})?(?:(?: {0,2},? ?(?:\\n[ >?]{0,4}){1,2},? ?|, ?)(?:${word}(?: ${word}){0,4}(?: \\d{4,6})?|[A-Z]{2} \\d{5}|\\d{4,6}|${unit})){0,5}`;

/** A form that an address has. */
export interface AddressForm {
  readonly id: string;
  readonly confidence: number;
  readonly expression: RegExp;
  readonly near?: RegExp;
}

const near = /\b(?:address|live[sd]?|living|located|residen(?:t|ce)|reside[sd]?|sent? (?:it )?to|deliver(?:ed|y)?|ship(?:ped|ping)?|mail(?:ed)? to|taxi to|billing|moved to|meet(?:ing)? (?:at|in)|come to|house|home|corner of|return to|refers to|enter on|office is at)\b/iu;

/** The forms of addresses that are looked for. */
export const addressForms: readonly AddressForm[] = [
  { id: 'address.street', confidence: 0.9, expression: new RegExp(`(?<![\\p{L}\\p{N}.,])${house},? (?:${word} ){1,4}(?:${streetWords})\\b\\.?${rest}`, 'giu') },
  { id: 'address.streetCapital', confidence: 0.85, expression: new RegExp(`(?<![\\p{L}\\p{N}.,])${house},? (?:\\p{Lu}${word} ){1,3}(?:${capitalStreetWords})\\b\\.?${rest}`, 'gu') },
  { id: 'address.streetFirst', confidence: 0.85, expression: new RegExp(`(?<![\\p{L}\\p{N}])(?:${house} )?(?:${streetFirst})\\b\\.? (?:${word} ){1,5}${number}(?!\\p{N})${rest}`, 'giu') },
  { id: 'address.streetEnding', confidence: 0.85, expression: new RegExp(`(?<![\\p{L}\\p{N}])(?:${house} )?(?:${word} ){0,3}\\p{L}*(?:${streetEnding}) ${number}(?!\\p{N})${rest}`, 'giu') },
  { id: 'address.twoNumbers', confidence: 0.75, expression: new RegExp(`(?<![\\p{L}\\p{N}.,])${house} (?:\\p{Lu}[\\p{L}\\p{M}.'’-]*(?: ${word}){0,4}) ${number}(?!\\p{N}|[.:/-]\\d)${rest}`, 'gu') },
  { id: 'address.withUnit', confidence: 0.85, expression: new RegExp(`(?<![\\p{L}\\p{N}.,])${house} (?:${word} ?){1,5}(?:${number})?[,\\s]{1,3}${unit}${rest}`, 'giu') },
  { id: 'address.unit', confidence: 0.6, expression: new RegExp(`(?<![\\p{L}\\p{N}])(?:apt|apartment|suite|flat)\\.? ?\\d+[A-Z]?(?!\\p{N})${rest}`, 'giu') },
  { id: 'address.postBox', confidence: 0.85, expression: /(?<![\p{L}\p{N}])(?:p\.?\s?o\.?\s?box|post office box) ?\d{1,6}(?!\p{N})/giu },
  { id: 'address.military', confidence: 0.95, expression: /(?<![\p{L}\p{N}])(?:(?:(?:PSC|Unit|CMR) \d{1,5},? ?Box \d{1,5}|USS \p{L}+|USN[SV] \p{L}+|USCGC \p{L}+)\s{0,2},?\s{0,2})?(?:APO|FPO|DPO),? A[AEP],? \d{5}(?!\p{N})/giu },
  { id: 'address.near', confidence: 0.65, near, expression: new RegExp(`(?<![\\p{L}\\p{N}.,])(?:${number} (?:${word} ){1,4}${number}|\\p{Lu}${word} (?:${word} ){0,2}${number}|${number} \\p{Lu}${word}(?: \\p{Lu}${word}){0,3})(?!\\p{N})${rest}`, 'gu') },
  { id: 'address.streetName', confidence: 0.55, near: /\b(?:corner of|street in|lives? (?:on|in)|located|address|shows on)\b/iu, expression: new RegExp(`(?<![\\p{L}\\p{N}])(?:\\p{Lu}${word} ){1,3}(?:[Ss]treet|[Rr]oad|[Aa]venue|[Ll]ane|[Dd]rive|[Ss]quare|[Tt]errace|[Bb]oulevard|[Cc]rescent)\\b`, 'gu') },
];

const looksBack = 80;

/** Addresses by their forms, in English and in a few neighbouring languages. */
export function findAddresses(text: string): Find[] {
  if (!/\d|street|road|avenue|lane/iu.test(text)) return [];
  return addressForms.flatMap(({ id, expression, confidence, near: wanted }) => {
    const finds: Find[] = [];
    for (const match of text.matchAll(expression)) {
      const value = match[0].replace(/[\s,]+$/u, '');
      const start = match.index;
      if (wanted !== undefined && !wanted.test(text.slice(Math.max(0, start - looksBack), start))) continue;
      finds.push({ type: 'address', start, end: start + value.length, confidence, pattern: id });
    }
    return finds;
  });
}
