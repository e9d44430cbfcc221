/** Lanczos' coefficients for g = 7, n = 9. Source: Numerical Recipes, 3rd ed., section 6.1, after Godfrey. */
const lanczos = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6,
  1.505_632_735_149_311_6e-7,
] as const;

/** The natural logarithm of the gamma function, for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  let sum: number = lanczos[0];
  for (let k = 1; k < lanczos.length; k += 1) sum += (lanczos[k] ?? 0) / (z + k);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** The continued fraction of the incomplete beta function. Source: Numerical Recipes, 3rd ed., section 6.4 (modified Lentz). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let h = d;
  for (let m = 1; m <= 300; m += 1) {
    for (const numerator of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 + numerator * d;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = 1 + numerator / c;
      if (Math.abs(c) < tiny) c = tiny;
      h *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return h;
}

/** The share of a Beta(a, b) below x: the regularised incomplete beta function. */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) - logBeta(a, b));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The value below which a share of a Beta(a, b) lies, by bisection to 1e-9. */
export function betaQuantile(share: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (betaBelow(middle, a, b) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The chance of at least `least` of `trials` where the rate is itself a Beta(a, b): the tail of the beta-binomial distribution.
 */
export function betaBinomialTail(least: number, trials: number, a: number, b: number): number {
  let sum = 0;
  for (let k = Math.max(0, least); k <= trials; k += 1) sum += Math.exp(logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1) + logBeta(k + a, trials - k + b) - logBeta(a, b));
  return Math.min(1, sum);
}

/** The chance of at least `least` of `trials` at a known rate. It is the incomplete beta function. */
export function binomialTail(least: number, trials: number, rate: number): number {
  if (least <= 0) return 1;
  if (least > trials) return 0;
  return betaBelow(rate, least, trials - least + 1);
}
