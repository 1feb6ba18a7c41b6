import { zeros64 } from '../../../core/matrix.ts';
import { cos, sin } from '../../../core/numeric.ts';
import type { Construction, Family } from './contract.ts';
import { finiteField, primePower } from './finite-field.ts';
import { antipodal, withRoot } from './realized.ts';

/** Lines of C^m as 4 points each, the phases 1, −1, i, −i; coordinates are roots of unity of one order. */
interface Exponents {
  readonly order: number;
  /** Coordinate j of line l is e^{2πi · exponent(l, j)/order}. */
  readonly exponent: (line: number, j: number) => number;
}

/** Writes `count` points of 2m coordinates, points 4l … 4l + 3 from line l. */
function phasePoints({ order, exponent }: Exponents, m: number, count: number, d: number) {
  const points = zeros64(count, d);
  const scale = 1 / Math.sqrt(m);
  const cosines = Float64Array.from(
    { length: order },
    (_, e) => scale * cos((2 * Math.PI * e) / order),
  );
  const sines = Float64Array.from(
    { length: order },
    (_, e) => scale * sin((2 * Math.PI * e) / order),
  );
  const exponents = new Int32Array(m);
  for (let i = 0; i < count; i++) {
    const [line, phase] = [i >> 2, i & 3];
    if (phase === 0) for (let j = 0; j < m; j++) exponents[j] = exponent(line, j);
    const sign = phase & 1 ? -1 : 1;
    for (let j = 0; j < m; j++) {
      const [c, s] = [cosines[exponents[j]], sines[exponents[j]]];
      points.data[i * d + 2 * j] = sign * (phase < 2 ? c : 0 - s);
      points.data[i * d + 2 * j + 1] = sign * (phase < 2 ? s : c);
    }
  }
  return points;
}

/**
 * Singer: characters of Z_N, N = q² + q + 1, on a planar difference set of q + 1 elements.
 *
 * Two characters have a product of size √q/(q + 1): an equiangular tight frame of C^{q+1}, and with
 * four phases 4N points of R^{2q+2} at a cosine of at most that.
 */
function singer(q: number): Construction {
  const order = q * q + q + 1;
  return withRoot(
    {
      name: `Singer difference set of order ${q}, with phases`,
      source:
        'Singer, 1938; Xia, Zhou, Giannakis, Achieving the Welch bound with difference sets, 2005',
      size: 4 * order,
      dim: 2 * (q + 1),
      build: (count, d) => {
        const set = singerSet(q);
        const exponent = (line: number, j: number) => (line * (set[j] ?? 0)) % order;
        return { points: phasePoints({ order, exponent }, q + 1, count, d) };
      },
    },
    q,
    (q + 1) ** 2,
  );
}

const singerSets = new Map<number, readonly number[]>();

/**
 * A planar difference set modulo q² + q + 1: the places where a recurrence of order 3 over GF(q) is 0.
 *
 * They form one for each recurrence whose period, up to factors, is q² + q + 1.
 */
export function singerSet(q: number): readonly number[] {
  const known = singerSets.get(q);
  if (known) return known;
  const { add, multiply } = finiteField(q);
  const order = q * q + q + 1;
  for (let code = 0; ; code++) {
    const [a, b, c] = [code % q, Math.floor(code / q) % q, (Math.floor(code / (q * q)) % q) + 0];
    if (c === 0) continue;
    const places: number[] = [];
    let state = [0, 0, 1];
    let t = 0;
    do {
      if (state[0] === 0) places.push(t);
      const [x, y, z] = state as [number, number, number];
      state = [y, z, add(add(multiply(a, z), multiply(b, y)), multiply(c, x))];
      t++;
    } while (t < order && !(state[0] === 0 && state[1] === 0));
    if (t === order && places.length === q + 1 && isDifferenceSet(places, order)) {
      singerSets.set(q, places);
      return places;
    }
  }
}

function isDifferenceSet(places: readonly number[], order: number): boolean {
  const seen = new Uint8Array(order);
  for (const x of places) {
    for (const y of places) {
      const difference = (x - y + order) % order;
      if (x === y) continue;
      if (seen[difference]) return false;
      seen[difference] = 1;
    }
  }
  return true;
}

/**
 * Mutually unbiased bases of C^q, q an odd prime power: x ↦ e^{2πi Tr(ax² + bx)/p} and the unit vectors.
 *
 * q(q + 1) lines at |cos| 0 or 1/√q; with four phases 4q(q + 1) points of R^{2q}.
 */
export function unbiasedBases(q: number, p: number): Construction {
  return withRoot(
    {
      name: `mutually unbiased bases of C^${q}, with phases`,
      source:
        'Wootters, Fields, Optimal state-determination by mutually unbiased measurements, 1989',
      size: 4 * q * (q + 1),
      dim: 2 * q,
      build: (count, d) => {
        const traces = traceTable(q);
        const exponent = (line: number, x: number) => {
          const [a, b] = [Math.floor(line / q), line % q];
          return (traces.square[a * q + x] + traces.product[b * q + x]) % p;
        };
        const flat = Math.min(count, 4 * q * q);
        const points = zeros64(count, d);
        points.data.set(phasePoints({ order: p, exponent }, q, flat, d).data);
        for (let i = flat; i < count; i++) {
          const at = i - flat;
          const imaginary = at & 2 ? 1 : 0;
          points.data[i * d + 2 * (at >> 2) + imaginary] = at & 1 ? -1 : 1;
        }
        return { points };
      },
    },
    1,
    q,
  );
}

/** Tr(a x²) and Tr(a x) at a · q + x. */
function traceTable(q: number): { square: Uint16Array; product: Uint16Array } {
  const { multiply, trace } = finiteField(q);
  const traces = Uint16Array.from({ length: q }, (_, x) => trace(x));
  const product = new Uint16Array(q * q);
  const square = new Uint16Array(q * q);
  for (let x = 0; x < q; x++) {
    const squared = multiply(x, x);
    for (let a = 0; a < q; a++) {
      product[a * q + x] = traces[multiply(a, x)];
      square[a * q + x] = traces[multiply(a, squared)];
    }
  }
  return { square, product };
}

/**
 * Paley’s conference matrix: q + 1 equiangular lines of R^{(q+1)/2} and their ends, q ≡ 1 mod 4.
 *
 * Vector a is (cos, sin)(2π Tr(ar)/p) over the squares r up to sign and one constant coordinate, and
 * one more vector is that coordinate’s axis; all |cos| are 1/√q, the Welch bound.
 */
function paley(q: number, p: number): Construction {
  const dim = (q + 1) / 2;
  return withRoot(
    {
      name: `Paley conference matrix of order ${q + 1}, both ends of its lines`,
      source: 'Paley, 1933; van Lint, Seidel, Equilateral point sets in elliptic geometry, 1966',
      size: 2 * (q + 1),
      dim,
      build: (count, d) => {
        const field = finiteField(q);
        const squares = squaresUpToSign(q);
        const points = zeros64(count, d);
        const scale = 2 / Math.sqrt(q);
        // All lines once, then their other ends.
        for (let i = 0; i < count; i++) {
          const sign = i <= q ? 1 : -1;
          const a = i % (q + 1);
          if (a === q) {
            points.data[i * d + dim - 1] = sign;
            continue;
          }
          for (const [j, r] of squares.entries()) {
            const angle = (2 * Math.PI * field.trace(field.multiply(a, r))) / p;
            points.data[i * d + 2 * j] = sign * scale * cos(angle);
            points.data[i * d + 2 * j + 1] = sign * scale * sin(angle);
          }
          points.data[i * d + dim - 1] = (sign * scale) / 2;
        }
        return { points };
      },
    },
    1,
    q,
  );
}

function squaresUpToSign(q: number): number[] {
  const field = finiteField(q);
  const squares = new Set<number>();
  for (let x = 1; x < q; x++) {
    const square = field.multiply(x, x);
    if (!squares.has(field.negate(square))) squares.add(square);
  }
  return [...squares];
}

/** Odd prime powers q = p^k with 2q ≤ d. */
export function unbiasedOrders(d: number): { q: number; p: number }[] {
  const out: { q: number; p: number }[] = [];
  for (let q = 3; 2 * q <= d && q <= 1024; q += 2) {
    const parts = primePower(q);
    if (parts) out.push({ q, p: parts.p });
  }
  return out;
}

/** Singer sets, unbiased bases and Paley lines of at most d dimensions; the largest few orders of each. */
export const characterCodes: Family = (d) => {
  const out: Construction[] = [];
  for (let q = 2; 2 * q + 2 <= d && q <= 128; q++) if (primePower(q)) out.push(singer(q));
  for (const { q, p } of unbiasedOrders(d)) out.push(unbiasedBases(q, p));
  for (let q = 5; q + 1 <= 2 * d && q <= 4096; q += 4) {
    const parts = primePower(q);
    if (parts) out.push(paley(q, parts.p));
  }
  return out.map(antipodal);
};
