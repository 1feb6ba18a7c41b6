import { OptionError, ShapeError } from '../../../core/errors.ts';
import type { Floats, Matrix } from '../../../core/matrix.ts';
import { type Patches, patchShape } from './patches.ts';

/**
 * matmul: A n × k (k × n if transposed), B k × m (m × k if transposed) → A·B, Aᵀ·B, A·Bᵀ or Aᵀ·Bᵀ, n × m.
 *
 * The product is float64 if A or B is, else float32. `reference` sums in float64; `wasm` and `native` sum float32
 * products in float32, 256 terms at a time.
 */
export interface ProductOptions {
  readonly transposeA?: boolean | undefined;
  readonly transposeB?: boolean | undefined;
  /** A holds images, a row for each place, and stands for what windows over them see: a convolution. */
  readonly patches?: Patches | undefined;
  /** m numbers added to each row of the product. */
  readonly bias?: Floats | undefined;
  /** Where the product goes, n × m; what it held is overwritten. Neither A nor B. */
  readonly out?: Matrix | undefined;
}

export interface Product {
  readonly n: number;
  readonly k: number;
  readonly m: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly patches: Patches | undefined;
  readonly bias: Floats | undefined;
  readonly out: Matrix<Floats>;
}

/** The shape of the product and its place; `options`: `true` for `transposeB` alone. */
export function productOf(a: Matrix, b: Matrix, options: boolean | ProductOptions): Product {
  const given = typeof options === 'boolean' ? { transposeB: options } : options;
  const { transposeA = false, transposeB = false, patches, bias }: ProductOptions = given;
  const [rows, cols] = patches ? patchShape(a, patches) : [a.rows, a.cols];
  const [n, k] = transposeA ? [cols, rows] : [rows, cols];
  const [inner, m] = transposeB ? [b.cols, b.rows] : [b.rows, b.cols];
  if (k !== inner) {
    const sides = [transposeA ? 'rows' : 'columns', transposeB ? 'columns' : 'rows'];
    const rule = `as many ${sides[0]} in A as ${sides[1]} in B`;
    throw new ShapeError('matmul', rule, `${rows} × ${cols} and ${b.rows} × ${b.cols}`);
  }
  if (bias && bias.length !== m)
    throw new ShapeError('matmul', `a bias of ${m} numbers`, `${bias.length}`);
  const wide = a.data instanceof Float64Array || b.data instanceof Float64Array;
  return {
    n,
    k,
    m,
    transposeA,
    transposeB,
    patches,
    bias,
    out: placeOf(given, n, m, wide, [a, b]),
  };
}

function placeOf(
  { out }: ProductOptions,
  n: number,
  m: number,
  wide: boolean,
  factors: readonly Matrix[],
): Matrix<Floats> {
  if (!out) {
    const data = wide ? new Float64Array(n * m) : new Float32Array(n * m);
    return { data, rows: n, cols: m };
  }
  if (out.rows !== n || out.cols !== m || out.data.length !== n * m)
    throw new ShapeError('matmul', `room for ${n} × ${m} in out`, `${out.rows} × ${out.cols}`);
  const type = wide ? Float64Array : Float32Array;
  if (!(out.data instanceof type))
    throw new OptionError('matmul', 'out', `a ${type.name}`, out.data.constructor.name);
  if (factors.some(({ data }) => overlap(data, out.data)))
    throw new OptionError('matmul', 'out', 'memory of its own', 'memory of a factor');
  return out;
}

function overlap(a: Floats, b: Floats): boolean {
  const endsBefore = (x: Floats, y: Floats) => x.byteOffset + x.byteLength <= y.byteOffset;
  return a.buffer === b.buffer && !endsBefore(a, b) && !endsBefore(b, a);
}
