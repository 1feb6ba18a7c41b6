/** Four vectors of one length. */
export type FourRows = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** Four vectors of zeros. */
export function fourRows(length: number): FourRows {
  const row = () => new Float64Array(length);
  return [row(), row(), row(), row()];
}

/** Products of each of four rows with two of the vectors of `length` numbers that stand one behind another, j and j + 1. */
export function productsInto(
  [s0, s1, s2, s3]: FourRows,
  j: number,
  [x0, x1, x2, x3]: FourRows,
  vectors: Float64Array,
  length: number,
): void {
  const [v, w] = [j * length, (j + 1) * length];
  // Eight sums: as many as stay in registers, and each number read serves several.
  let v0 = 0;
  let v1 = 0;
  let v2 = 0;
  let v3 = 0;
  let w0 = 0;
  let w1 = 0;
  let w2 = 0;
  let w3 = 0;
  for (let c = 0; c < length; c++) {
    const a = vectors[v + c];
    const b = vectors[w + c];
    v0 += x0[c] * a;
    w0 += x0[c] * b;
    v1 += x1[c] * a;
    w1 += x1[c] * b;
    v2 += x2[c] * a;
    w2 += x2[c] * b;
    v3 += x3[c] * a;
    w3 += x3[c] * b;
  }
  s0[j] = v0;
  s1[j] = v1;
  s2[j] = v2;
  s3[j] = v3;
  s0[j + 1] = w0;
  s1[j + 1] = w1;
  s2[j + 1] = w2;
  s3[j + 1] = w3;
}

/** Squared distances of each of four rows from vectors j and j + 1, as above. */
export function squaredGapsInto(
  [s0, s1, s2, s3]: FourRows,
  j: number,
  [x0, x1, x2, x3]: FourRows,
  vectors: Float64Array,
  length: number,
): void {
  const [v, w] = [j * length, (j + 1) * length];
  let v0 = 0;
  let v1 = 0;
  let v2 = 0;
  let v3 = 0;
  let w0 = 0;
  let w1 = 0;
  let w2 = 0;
  let w3 = 0;
  for (let c = 0; c < length; c++) {
    const a = vectors[v + c];
    const b = vectors[w + c];
    const a0 = x0[c] - a;
    const b0 = x0[c] - b;
    v0 += a0 * a0;
    w0 += b0 * b0;
    const a1 = x1[c] - a;
    const b1 = x1[c] - b;
    v1 += a1 * a1;
    w1 += b1 * b1;
    const a2 = x2[c] - a;
    const b2 = x2[c] - b;
    v2 += a2 * a2;
    w2 += b2 * b2;
    const a3 = x3[c] - a;
    const b3 = x3[c] - b;
    v3 += a3 * a3;
    w3 += b3 * b3;
  }
  s0[j] = v0;
  s1[j] = v1;
  s2[j] = v2;
  s3[j] = v3;
  s0[j + 1] = w0;
  s1[j + 1] = w1;
  s2[j + 1] = w2;
  s3[j + 1] = w3;
}

/** Vectors j and j + 1, as above, more by each row times its factor of place j and j + 1; added row by row. */
export function addToTwo(
  vectors: Float64Array,
  j: number,
  [x0, x1, x2, x3]: FourRows,
  [s0, s1, s2, s3]: FourRows,
  length: number,
): void {
  const [v, w] = [j * length, (j + 1) * length];
  const [v0, v1, v2, v3] = [s0[j], s1[j], s2[j], s3[j]];
  const [w0, w1, w2, w3] = [s0[j + 1], s1[j + 1], s2[j + 1], s3[j + 1]];
  for (let c = 0; c < length; c++) {
    const a = x0[c];
    const b = x1[c];
    const e = x2[c];
    const f = x3[c];
    vectors[v + c] = vectors[v + c] + v0 * a + v1 * b + v2 * e + v3 * f;
    vectors[w + c] = vectors[w + c] + w0 * a + w1 * b + w2 * e + w3 * f;
  }
}

/** The first `length` numbers of each row times its factor, added row by row to the target from `to` on. */
export function addFourRows(
  target: Float64Array,
  to: number,
  length: number,
  [x0, x1, x2, x3]: FourRows,
  f0: number,
  f1: number,
  f2: number,
  f3: number,
): void {
  for (let c = 0; c < length; c++)
    target[to + c] = target[to + c] + f0 * x0[c] + f1 * x1[c] + f2 * x2[c] + f3 * x3[c];
}
