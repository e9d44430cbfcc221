/** A source of uniform numbers in [0, 1). Passed in, so that every engine and every test can be repeated bit by bit. */
export type Rng = () => number;

/**
 * A small seeded generator (sfc32 by Chris Doty-Humphrey, public domain), good enough for sampling and far from cryptographic use.
 *
 * @param seed any 32-bit integer
 */
export function seededRng(seed: number): Rng {
  let a = 0x9e3779b9 | 0;
  let b = 0x243f6a88 | 0;
  let c = seed | 0;
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let warmUp = 0; warmUp < 15; warmUp += 1) next();
  return next;
}
