import { alike, type Matrix, matrix } from '../../../core/matrix.ts';
import type { FitContext } from '../types.ts';
import { type Axes, axesOf, firstColumns, scaledRows } from './axes.ts';
import type { Paired } from './held-out.ts';

/** Directions of two spaces, in pairs, of largest correlation first. */
export interface Canonical {
  readonly means: { readonly a: Float64Array; readonly b: Float64Array };
  /** Correlations of the regularised spaces, k of them. */
  readonly correlations: Float64Array;
  /** d × k and e × k: (x − mean) times them are the canonical variables, of variance 1/p where the ridge is 0. */
  readonly a: Matrix;
  readonly b: Matrix;
}

/** The axes of both sides and their products: what every ridge has in common. */
export interface CanonicalParts {
  readonly a: Axes;
  readonly b: Axes;
  /** A₀ᵀB₀ on the axes, rA × rB. */
  readonly cross: Matrix;
}

type Context = Pick<FitContext, 'engine' | 'work'>;

export async function canonicalParts({ a, b }: Paired, context: Context): Promise<CanonicalParts> {
  const { engine, work } = context;
  const [ofA, ofB] = [await axesOf(a, context), await axesOf(b, context)];
  const products = await engine.matmul(ofA.centered, ofB.centered, { transposeA: true }, work);
  const left = await engine.matmul(alike(ofA.vectors, a), products, {}, work);
  const cross = await engine.matmul(left, alike(ofB.vectors, a), { transposeB: true }, work);
  return { a: ofA, b: ofB, cross };
}

/** Canonical correlation with a ridge: UΣVᵀ = (A₀ᵀA₀ + λ_A I)^{−½} A₀ᵀB₀ (B₀ᵀB₀ + λ_B I)^{−½}, on the axes of each side. */
export async function canonicalDirections(
  { a, b, cross }: CanonicalParts,
  ridge: number,
  { engine, work }: Context,
): Promise<Canonical> {
  const [whitenA, whitenB] = [whitening(a, ridge), whitening(b, ridge)];
  const { cols: rB, rows: rA } = cross;
  const whitened = matrix(
    Float64Array.from(cross.data, (x, e) => x * whitenA[Math.floor(e / rB)] * whitenB[e % rB]),
    rA,
    rB,
  );
  const { u, s, v } = await engine.linalg.svd(whitened, work);
  const directions = ({ vectors, centered }: Axes, factors: Float64Array, turned: Matrix) =>
    engine.matmul(
      alike(scaledRows(vectors, factors), centered),
      alike(turned, centered),
      { transposeA: true },
      work,
    );
  return {
    means: { a: a.mean, b: b.mean },
    correlations: s.map((value) => Math.min(1, value)),
    a: await directions(a, whitenA, u),
    b: await directions(b, whitenB, v),
  };
}

function whitening({ values, vectors }: Axes, ridge: number): Float64Array {
  const unit = values.reduce((sum, value) => sum + value, 0) / vectors.cols;
  return values.map((value) => 1 / Math.sqrt(value + ridge * unit));
}

/** The first k directions, each times the root of its correlation where they are weighted. */
export function chosenDirections(directions: Canonical, k: number, weighted: boolean): Canonical {
  const correlations = directions.correlations.slice(0, k);
  const factors = correlations.map((value) => (weighted ? Math.sqrt(value) : 1));
  const of = (m: Matrix) => {
    const first = firstColumns(m, k);
    for (let e = 0; e < first.data.length; e++) first.data[e] *= factors[e % k];
    return first;
  };
  return { ...directions, correlations, a: of(directions.a), b: of(directions.b) };
}
