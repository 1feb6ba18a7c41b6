import type { Matrix } from '../../../../core/matrix.ts';
import { exp, log } from '../../../../core/numeric.ts';
import { Random } from '../../../../core/random.ts';
import { zerosOf } from '../../../../core/transposed.ts';
import { logHypergeometric0F1 } from '../../../../numerics/laws/special.ts';
import type { NullValue } from '../../../../numerics/statistics/null-value.ts';
import { simulatedInterval } from '../../../../numerics/statistics/simulated-interval.ts';
import type { UniformModel } from '../../../../structures/uniform/uniform-model.ts';

/** Of n × d numbers and d³/20: what a whole set may cost to be drawn. */
const DRAWN_WORK = 2e5;
const SETS = 20;
const DRAWS = 200;
/** Lengths whose mean stands for that of all; the longest count one by one. */
const QUANTILES = 48;
/** Kurtosis of a sum beyond which a few long rows make it, and no normal law holds. */
const HEAVY = 0.1;

/**
 * The law of I(W) for rows with the lengths that they have and uniform directions; `isotropy` is the
 * number of such rows. Small sets are drawn. For the others, along ± the k-th axis ln Z/n is
 * ln E e^{ℓ s_k t} ± ε_k, with t a coordinate of a uniform point, E e^{ℓt} = ₀F₁(; d/2; ℓ²/4),
 * s_k² = dλ_k from the spectrum of uniform points (its spread widened by √(E ℓ⁴)/E ℓ², as unequal
 * lengths do), and ε_k normal with the variance of the mean of sinh ℓt over `summed` rows.
 *
 * Undefined where neither will do: many rows of which a few long ones make up the sums, or n < 2d.
 */
export async function partitionNull(
  model: UniformModel,
  summed: number,
  isotropy: (raw: Matrix) => Promise<number>,
): Promise<NullValue | undefined> {
  const { n, d, lengths = new Float64Array(n).fill(1) } = model;
  if (n < 2) return undefined;
  if (n * d + d ** 3 / 20 <= DRAWN_WORK) return drawnNull(model, lengths, isotropy);
  const few = someLengths(lengths);
  if (n < 2 * d || heaviness(few, n, d) > HEAVY) return undefined;
  const { secondMoment } = await model.spectra();
  const random = Random.fromSeed(0).fork('partition null');
  const lines = secondMoment.slice(0, DRAWS).map((values) => linesOf(values, few, n, d, summed));
  const drawn = Array.from({ length: DRAWS }, (_, r) =>
    drawnRatio(lines[r % lines.length], random),
  );
  const { mean, low, high } = simulatedInterval(drawn, n, n);
  const how = 'asymptotic, uniform directions of the same lengths; mean';
  return { value: mean, low, high, how };
}

async function drawnNull(
  model: UniformModel,
  lengths: Float64Array,
  isotropy: (raw: Matrix) => Promise<number>,
): Promise<NullValue> {
  const { n, d } = model;
  const values: number[] = [];
  for (let r = 0; r < SETS; r++) {
    const points = model.draw(r);
    const raw = zerosOf(points, n, d);
    for (let e = 0; e < raw.data.length; e++) {
      raw.data[e] = points.data[e] * lengths[Math.floor(e / d)];
    }
    values.push(await isotropy(raw));
  }
  const { mean, low, high } = simulatedInterval(values, n, n);
  const how = `simulated, uniform directions of the same lengths: ${SETS} draws; mean`;
  return { value: mean, low: Math.max(0, low), high: Math.min(1, high), how };
}

/** One axis: ln Z/n, the standard error of what the sign changes, and of what a sample adds. */
interface Line {
  readonly even: number;
  readonly odd: number;
  readonly rest: number;
}

function drawnRatio(lines: readonly Line[], random: Random): number {
  let [least, largest] = [Infinity, -Infinity];
  for (const { even, odd, rest } of lines) {
    const middle = even + rest * random.normal();
    const shift = Math.abs(odd * random.normal());
    least = Math.min(least, middle - shift);
    largest = Math.max(largest, middle + shift);
  }
  return exp(least - largest);
}

function linesOf(values: Float64Array, few: Weighted, n: number, d: number, summed: number) {
  const mean = (s: number) => meanOf(few, (l) => meanExponential(l * s, d));
  const square = meanOf(few, (l) => l * l);
  const widened = Math.sqrt(meanOf(few, (l) => l ** 4)) / square;
  return Array.from(values, (value): Line => {
    const s = Math.sqrt(Math.max(0, 1 + (d * value - 1) * widened));
    const [once, twice] = [mean(s), mean(2 * s)];
    const odd = Math.sqrt(Math.max(0, (twice - 1) / 2) / summed) / once;
    const squares = Math.max(0, (twice + 1) / 2 - once * once);
    const rest = Math.sqrt(squares * Math.max(0, 1 / summed - 1 / n)) / once;
    return { even: log(once), odd, rest };
  });
}

/** Σ E sinh⁴ ℓt over (Σ E sinh² ℓt)². */
function heaviness(few: Weighted, n: number, d: number): number {
  const m = (s: number) => meanOf(few, (l) => meanExponential(l * s, d));
  return (m(4) - 4 * m(2) + 3) / 8 / ((m(2) - 1) / 2) ** 2 / n;
}

/** E e^{ℓt} for a coordinate t of a uniform point. */
function meanExponential(length: number, d: number): number {
  return exp(logHypergeometric0F1(d / 2, (length * length) / 4));
}

interface Weighted {
  readonly lengths: Float64Array;
  readonly weights: Float64Array;
}

/** The longest lengths one by one and quantiles of the others. */
function someLengths(all: Float64Array): Weighted {
  const sorted = all.slice().sort().reverse();
  const longest = Math.min(QUANTILES, sorted.length);
  const others = sorted.length - longest;
  const count = Math.min(QUANTILES, others);
  const places = Array.from({ length: count }, (_, q) => longest + ((q + 0.5) * others) / count);
  const lengths = [...sorted.subarray(0, longest), ...places.map((at) => sorted[Math.floor(at)])];
  const weights = lengths.map((_, at) => (at < longest ? 1 : others / count) / sorted.length);
  return { lengths: Float64Array.from(lengths), weights: Float64Array.from(weights) };
}

function meanOf({ lengths, weights }: Weighted, f: (length: number) => number): number {
  let sum = 0;
  for (let q = 0; q < lengths.length; q++) sum += weights[q] * f(lengths[q]);
  return sum;
}
