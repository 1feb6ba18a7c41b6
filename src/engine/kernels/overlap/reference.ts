import { fourSumDot } from '../../../numerics/rows/dot.ts';
import {
  type ClosePair,
  chordOf,
  type OverlapKernel,
  type OverlapShape,
  type OverlapSums,
} from './contract.ts';

/** Plain TypeScript; the way for few coordinates, and what the WebAssembly one is held to. */
export class ReferenceOverlap implements OverlapKernel {
  readonly #shape: OverlapShape;
  #first: Int32Array;
  #second: Int32Array;
  #count = 0;
  readonly #between: () => void;

  /** `between` is called after every few million products, and may throw to end a long look at all pairs. */
  constructor(shape: OverlapShape, between: () => void = () => {}) {
    this.#shape = shape;
    this.#between = between;
    this.#first = new Int32Array(8 * shape.n);
    this.#second = new Int32Array(8 * shape.n);
  }

  collect(points: Float64Array, least: number): number {
    this.#count = 0;
    if (this.#shape.d === 3 && !this.#shape.lines) this.#collectOnSphere(points, least);
    else this.#collect(points, least);
    return this.#count;
  }

  forces(points: Float64Array, diameter: number, gradient: Float64Array): OverlapSums {
    gradient.fill(0);
    const onSphere = this.#shape.d === 3 && !this.#shape.lines;
    const sums = onSphere
      ? this.#forcesOnSphere(points, diameter, gradient)
      : this.#forces(points, diameter, gradient);
    projectTangents(points, gradient, this.#shape);
    return sums;
  }

  closer(points: Float64Array, least: number): ClosePair[] {
    const { d, lines } = this.#shape;
    const out: ClosePair[] = [];
    for (let p = 0; p < this.#count; p++) {
      const product = fourSumDot(points, this.#first[p], points, this.#second[p], d);
      const sign = lines && product < 0 ? -1 : 1;
      if (sign * product <= least) continue;
      out.push({
        i: this.#first[p] / d,
        j: this.#second[p] / d,
        sign,
        cosine: sign * product,
      });
    }
    return out;
  }

  count(points: Float64Array, least: number): number {
    let count = 0;
    this.#eachCosine(points, (cosine) => {
      if (cosine > least) count += 1;
    });
    return count;
  }

  largestCosine(points: Float64Array): number {
    let largest = -Infinity;
    this.#eachCosine(points, (cosine) => {
      if (cosine > largest) largest = cosine;
    });
    return largest;
  }

  #eachCosine(points: Float64Array, visit: (cosine: number) => void): void {
    const { d, lines } = this.#shape;
    const pieces = new Pieces(this.#between);
    for (let i = d; i < points.length; i += d) {
      pieces.add(i);
      for (let j = 0; j < i; j += d) {
        const product = fourSumDot(points, i, points, j, d);
        visit(lines ? Math.abs(product) : product);
      }
    }
  }

  #collectOnSphere(x: Float64Array, least: number): void {
    const pieces = new Pieces(this.#between);
    for (let i = 3 * Math.max(1, this.#shape.frozen); i < x.length; i += 3) {
      pieces.add(i);
      const a = x[i];
      const b = x[i + 1];
      const c = x[i + 2];
      for (let j = 0; j < i; j += 3) {
        if (a * x[j] + b * x[j + 1] + c * x[j + 2] > least) this.#add(i, j);
      }
    }
  }

  #collect(x: Float64Array, least: number): void {
    const { d, frozen, lines } = this.#shape;
    const pieces = new Pieces(this.#between);
    for (let i = d * Math.max(1, frozen); i < x.length; i += d) {
      pieces.add(i);
      for (let j = 0; j < i; j += d) {
        const cosine = fourSumDot(x, i, x, j, d);
        if (cosine > least || (lines && -cosine > least)) this.#add(i, j);
      }
    }
  }

  #add(i: number, j: number): void {
    if (this.#count === this.#first.length) {
      this.#first = doubled(this.#first);
      this.#second = doubled(this.#second);
    }
    this.#first[this.#count] = i;
    this.#second[this.#count] = j;
    this.#count += 1;
  }

  /** The case d = 3 written out: about three times as fast as the loop over coordinates. */
  #forcesOnSphere(x: Float64Array, diameter: number, g: Float64Array): OverlapSums {
    const least = 1 - diameter ** 2 / 2;
    let energy = 0;
    let overlapSum = 0;
    for (let p = 0; p < this.#count; p++) {
      const i = this.#first[p];
      const j = this.#second[p];
      const cosine = x[i] * x[j] + x[i + 1] * x[j + 1] + x[i + 2] * x[j + 2];
      if (cosine <= least) continue;
      const r = chordOf(cosine);
      const h = diameter - r;
      energy += h * h;
      overlapSum += h;
      const push = (2 * h) / r;
      g[i] += push * x[j];
      g[i + 1] += push * x[j + 1];
      g[i + 2] += push * x[j + 2];
      g[j] += push * x[i];
      g[j + 1] += push * x[i + 1];
      g[j + 2] += push * x[i + 2];
    }
    return { energy, overlapSum };
  }

  #forces(x: Float64Array, diameter: number, g: Float64Array): OverlapSums {
    const { d, lines } = this.#shape;
    const least = 1 - diameter ** 2 / 2;
    let energy = 0;
    let overlapSum = 0;
    for (let p = 0; p < this.#count; p++) {
      const i = this.#first[p];
      const j = this.#second[p];
      const product = fourSumDot(x, i, x, j, d);
      const sign = lines && product < 0 ? -1 : 1;
      if (sign * product <= least) continue;
      const r = chordOf(sign * product);
      const h = diameter - r;
      energy += h * h;
      overlapSum += h;
      const push = (2 * sign * h) / r;
      for (let k = 0; k < d; k++) {
        g[i + k] += push * x[j + k];
        g[j + k] += push * x[i + k];
      }
    }
    return { energy, overlapSum };
  }
}

/** Products after which there is a chance to end. */
const PIECE = 5e6;

/** Counts products and calls `between` after every piece of them. */
class Pieces {
  readonly #between: () => void;
  #done = 0;

  constructor(between: () => void) {
    this.#between = between;
  }

  add(products: number): void {
    this.#done += products;
    if (this.#done < PIECE) return;
    this.#done = 0;
    this.#between();
  }
}

function projectTangents(x: Float64Array, g: Float64Array, { d, frozen }: OverlapShape): void {
  g.fill(0, 0, frozen * d);
  for (let i = frozen * d; i < x.length; i += d) {
    let radial = 0;
    for (let k = i; k < i + d; k++) radial += g[k] * x[k];
    for (let k = i; k < i + d; k++) g[k] -= radial * x[k];
  }
}

function doubled(a: Int32Array): Int32Array {
  const out = new Int32Array(2 * a.length);
  out.set(a);
  return out;
}
