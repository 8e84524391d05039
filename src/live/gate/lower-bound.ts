/*
 * The exact one-sided lower confidence bound of a proportion: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits
 * illustrated in the case of the binomial", Biometrika 26 (1934), 404–413. The incomplete beta function by its continued fraction, NIST
 * Digital Library of Mathematical Functions, 8.17.22 (https://dlmf.nist.gov/8.17#v); the logarithm of the gamma function by Stirling's
 * series, 5.11.1, with the recurrence 5.5.1 below `minStirling`.
 */

import { maxHalvings, maxTerms, minStirling } from '../limits.ts';

/** The natural logarithm of the gamma function, for x > 0. */
function logGamma(x: number): number {
  let [shift, at] = [0, x];
  for (; at < minStirling; at += 1) shift += Math.log(at);
  const square = 1 / (at * at);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** The continued fraction of the incomplete beta function by the modified method of Lentz. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= maxTerms; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}

/** The regularized incomplete beta function I_x(a, b), for 0 ≤ x ≤ 1 and a, b > 0. */
export function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on the near side of the mean only.
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/**
 * The lower bound of a proportion of which `agreed` of `compared` were seen: the true one is at least that with the given confidence.
 * 0 where nothing was compared.
 */
export function lowerBound(agreed: number, compared: number, confidence: number): number {
  const alpha = 1 - confidence;
  if (agreed === 0) return 0;
  if (agreed === compared) return alpha ** (1 / compared);
  // So many or more agree with the probability I_p(agreed, compared - agreed + 1), which grows with p.
  let [low, high] = [0, agreed / compared];
  for (let step = 0; step < maxHalvings; step += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (regularizedBeta(middle, agreed, compared - agreed + 1) < alpha) low = middle;
    else high = middle;
  }
  return low;
}

/** How many requests, all of them alike, bring the lower bound to `parity`. */
export function neededFor(parity: number, confidence: number): number {
  const needed = Math.ceil(Math.log(1 - confidence) / Math.log(parity));
  return lowerBound(needed, needed, confidence) < parity ? needed + 1 : needed;
}
