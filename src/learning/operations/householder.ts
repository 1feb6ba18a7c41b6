import { InputError, ShapeError } from '../../core/errors.ts';
import { type Floats, type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { solveTriangular } from '../../numerics/decompositions/triangular.ts';
import { operation, shapeInWords, type Tensor } from '../tape/tensor.ts';
import { product } from './matmul.ts';

export interface HouseholderOptions {
  /** Whether the rows are multiplied by Qᵀ; default false. */
  readonly transposed?: boolean | undefined;
}

/**
 * Rows times an orthogonal matrix that is a product of reflections: x … n × d, vectors k × d, none of them 0.
 *
 *     y = x·Q,   Q = H₁·H₂ ⋯ H_k,   Hᵢ = I − 2 vᵢvᵢᵀ/‖vᵢ‖²
 *     Q = I − Vᵀ S⁻¹ V,   S the upper triangle of V Vᵀ, its diagonal halved
 *
 * The second line is the compact WY form, in which all reflections are one product; with `transposed` y = x·Qᵀ, and Sᵀ
 * stands in the place of S. Q does not depend on the lengths of the vectors. k·d numbers reach every orthogonal matrix of
 * determinant (−1)ᵏ with k = d; the first r rows of Qᵀ with k = r reach every frame of r rows, up to signs. S and
 * what is solved with it are in float64.
 */
export function householder(
  x: Tensor,
  vectors: Tensor,
  { transposed = false }: HouseholderOptions = {},
): Tensor {
  const [n, d] = matrixShape(x, 'rows');
  const [k, cols] = matrixShape(vectors, 'vectors');
  if (cols !== d)
    throw new ShapeError('householder', `vectors of ${d} numbers, as the rows have`, `${cols}`);
  let form = compactForm(zeros64(0, d), transposed);
  let along: Floats = new Float64Array(0);
  return operation('householder', [x, vectors], [n, d], {
    async forward({ engine, inputs: [rows, v], out, room }) {
      form = compactForm(requireDirections(matrix(Float64Array.from(v), k, d)), transposed);
      const solved = filled(room(k * d), form.solved.data);
      along = room(n * k);
      await product(engine, [rows, n, d], [v, k, d], [along, n, k], { transposeB: true });
      await product(engine, [along, n, k], [solved, k, d], [out, n, d]);
      for (let e = 0; e < out.length; e++) out[e] = rows[e] - out[e];
    },
    async backward({ engine, inputs: [rows, v], gradient, to: [toX, toV], room }) {
      const solved = filled(room(k * d), form.solved.data);
      const toAlong = room(n * k);
      await product(engine, [gradient, n, d], [solved, k, d], [toAlong, n, k], {
        transposeB: true,
      });
      for (let e = 0; e < toAlong.length; e++) toAlong[e] = -toAlong[e];
      if (toV) {
        await product(engine, [along, n, k], [gradient, n, d], [toV, k, d], { transposeA: true });
        const throughForm = formGradient(
          form,
          matrix(
            Float64Array.from(toV, (g) => -g),
            k,
            d,
          ),
        );
        await product(engine, [toAlong, n, k], [rows, n, d], [toV, k, d], { transposeA: true });
        for (let e = 0; e < toV.length; e++) toV[e] += throughForm[e];
      }
      if (!toX) return;
      await product(engine, [toAlong, n, k], [v, k, d], [toX, n, d]);
      for (let e = 0; e < toX.length; e++) toX[e] += gradient[e];
    },
  });
}

interface CompactForm {
  readonly vectors: Matrix<Float64Array>;
  /** The products ⟨vᵢ, vⱼ⟩ with half of the squares on the diagonal; of it one triangle is read. */
  readonly products: Matrix<Float64Array>;
  readonly transposed: boolean;
  /** S⁻¹V, or S⁻ᵀV: rows twice as long as those of a frame, whatever the vectors. */
  readonly solved: Matrix<Float64Array>;
}

function compactForm(vectors: Matrix<Float64Array>, transposed: boolean): CompactForm {
  const { data, rows: k, cols: d } = vectors;
  const products = zeros64(k, k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += data[i * d + c] * data[j * d + c];
      products.data[i * k + j] = products.data[j * k + i] = i === j ? sum / 2 : sum;
    }
  }
  const solved = solveTriangular(products, vectors, transposed ? 'lower' : 'upper');
  return { vectors, products, transposed, solved };
}

/** ∂L/∂V by way of S⁻¹V, whose own gradient is given. */
function formGradient(
  { vectors, products, transposed, solved }: CompactForm,
  gradient: Matrix<Float64Array>,
): Float64Array {
  const { rows: k, cols: d } = vectors;
  const back = solveTriangular(
    products,
    gradient,
    transposed ? 'lower-transposed' : 'upper-transposed',
  );
  const to = back.data.slice();
  for (let i = 0; i < k; i++) {
    for (let j = transposed ? 0 : i; j <= (transposed ? i : k - 1); j++) {
      let ofProduct = 0;
      for (let c = 0; c < d; c++) ofProduct -= back.data[i * d + c] * solved.data[j * d + c];
      for (let c = 0; c < d; c++) {
        to[i * d + c] += ofProduct * vectors.data[j * d + c];
        if (i !== j) to[j * d + c] += ofProduct * vectors.data[i * d + c];
      }
    }
  }
  return to;
}

function filled(room: Floats, values: Float64Array): Floats {
  room.set(values);
  return room;
}

function requireDirections(vectors: Matrix<Float64Array>): Matrix<Float64Array> {
  const { data, rows, cols } = vectors;
  for (let i = 0; i < rows; i++)
    if (data.subarray(i * cols, (i + 1) * cols).every((x) => x === 0))
      throw new InputError('householder', `vector ${i} is 0, and no reflection has it.`);
  return vectors;
}

function matrixShape({ shape }: Tensor, what: string): readonly [number, number] {
  const [rows, cols] = shape;
  if (shape.length !== 2 || rows === undefined || cols === undefined)
    throw new ShapeError('householder', `${what} of two axes`, shapeInWords(shape));
  return [rows, cols];
}
