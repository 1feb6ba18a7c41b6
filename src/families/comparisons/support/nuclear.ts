import { rowDot, squaredLengths } from '../../../numerics/rows/dot.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import { oncePerPair } from './pair.ts';
import { mapped, roundedProduct, scaledBy } from './scatter.ts';

/** What shape distances are made of, as sums over rows, and each row's part. */
export interface ShapeParts {
  /** ‖A‖² and ‖B‖² of the centred rows, and ‖AᵀB‖_∗ = max over rotations of Σ ⟨Q aᵢ, bᵢ⟩. */
  readonly a: number;
  readonly b: number;
  readonly nuclear: number;
  readonly rows: {
    readonly a: Float64Array;
    readonly b: Float64Array;
    readonly nuclear: Float64Array;
  };
}

export const shapeParts = /* @__PURE__ */ oncePerPair(async (pair): Promise<ShapeParts> => {
  const { a, b } = pair.centered();
  const { s, u, v } = await pair.crossSvd();
  const turned = await mapped(a, await roundedProduct(u, v, true, pair), pair.engine, pair.work);
  const rows = {
    a: squaredLengths(a),
    b: squaredLengths(b),
    nuclear: Float64Array.from({ length: pair.n }, (_, i) => rowDot(turned, i, b, i)),
  };
  return { a: sumOf(rows.a), b: sumOf(rows.b), nuclear: sumOf(s), rows };
});

/** ‖AᵀB‖_∗ when one space is turned at random, one value a draw. */
export const turnedNuclearNorms = /* @__PURE__ */ oncePerPair(async (pair): Promise<number[]> => {
  const { a, b } = await pair.axes();
  const [left, right] = [a.values.map(Math.sqrt), b.values.map(Math.sqrt)];
  const norms: number[] = [];
  for (const drawn of await pair.turnedBlocks()) {
    norms.push(sumOf(await pair.engine.linalg.singularValues(scaledBy(drawn, left, right))));
  }
  return norms;
});
