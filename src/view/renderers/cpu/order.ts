/**
 * Rows in an order in which neighbors in space follow one another (Morton's), so that a picture's memory is written
 * place by place and not here and there. Its text is sent to a worker: it uses nothing from outside itself.
 */
export function spatialOrder(positions: Float32Array, dims: 2 | 3): Int32Array {
  const n = positions.length / dims;
  const order = new Int32Array(n);
  if (n < 4096) {
    for (let i = 0; i < n; i++) order[i] = i;
    return order;
  }
  const bits = dims === 2 ? 9 : 6;
  const side = 1 << bits;
  const least = [Infinity, Infinity, Infinity];
  const most = [-Infinity, -Infinity, -Infinity];
  for (let p = 0; p < positions.length; p += dims) {
    for (let d = 0; d < dims; d++) {
      const value = positions[p + d];
      // What has no place is no number or infinite: its difference with itself is no 0.
      if (value - value !== 0) continue;
      if (value < least[d]) least[d] = value;
      if (value > most[d]) most[d] = value;
    }
  }
  // The bits of a coordinate, with the room between them that the others take.
  const spread = new Int32Array(side);
  for (let v = 0; v < side; v++)
    for (let b = 0; b < bits; b++) spread[v] |= ((v >> b) & 1) << (dims * b);
  const scales = least.map((low, d) => (most[d] > low ? (side - 0.5) / (most[d] - low) : 0));
  const cells = new Int32Array(n);
  const starts = new Int32Array((1 << (dims * bits)) + 1);
  for (let i = 0, p = 0; i < n; i++) {
    let cell = 0;
    for (let d = 0; d < dims; d++, p++) {
      const at = ((positions[p] - least[d]) * scales[d]) | 0;
      cell |= spread[at < 0 ? 0 : at >= side ? side - 1 : at] << d;
    }
    cells[i] = cell;
    starts[cell + 1]++;
  }
  for (let c = 1; c < starts.length; c++) starts[c] += starts[c - 1];
  for (let i = 0; i < n; i++) order[starts[cells[i]]++] = i;
  return order;
}
