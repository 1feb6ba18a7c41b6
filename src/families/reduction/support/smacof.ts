import type { Matrix } from '../../../core/matrix.ts';

/** δ_ij of n rows for j < i: entry i(i − 1)/2 + j. */
export function pairDistances({ data, rows: n, cols: d }: Matrix): Float64Array {
  const out = new Float64Array((n * (n - 1)) / 2);
  let pair = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let squares = 0;
      for (let c = 0; c < d; c++) squares += (data[i * d + c] - data[j * d + c]) ** 2;
      out[pair++] = Math.sqrt(squares);
    }
  }
  return out;
}

/**
 * Moves n × m places to their Guttman transform, 1/n Σⱼ (δ_ij/‖yᵢ − yⱼ‖)(yᵢ − yⱼ), which never raises the stress; returns
 * Σ (‖yᵢ − yⱼ‖ − δ_ij)² as it was before.
 *
 * @param room n × m numbers that are overwritten
 */
export function guttmanStepInPlace(
  y: Matrix<Float64Array>,
  distances: Float64Array,
  room: Float64Array,
): number {
  const { data, rows: n, cols: m } = y;
  room.fill(0);
  let stress = 0;
  let pair = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const wanted = distances[pair++];
      let squares = 0;
      for (let c = 0; c < m; c++) squares += (data[i * m + c] - data[j * m + c]) ** 2;
      const length = Math.sqrt(squares);
      stress += (length - wanted) ** 2;
      // Equal places have no direction to part in.
      if (length === 0) continue;
      const ratio = wanted / length;
      for (let c = 0; c < m; c++) {
        const pull = ratio * (data[i * m + c] - data[j * m + c]);
        room[i * m + c] += pull;
        room[j * m + c] -= pull;
      }
    }
  }
  for (let e = 0; e < data.length; e++) data[e] = room[e] / n;
  return stress;
}

const MOST_STEPS = 500;
/** Moves of less, relative to the mean distance, end the search. */
const STILL = 1e-8;
/** Moves go further than the majorization says, which from 2 on would no longer lower the stress. */
const RELAXATION = 1.8;

/**
 * The place of a row among landmarks: moves `place` from where it is down Σ_l (‖y − y_l‖ − δ_l)² by
 * y ← 1/L Σ_l (y_l + δ_l·(y − y_l)/‖y − y_l‖), relaxed.
 */
export function placeAmongInPlace(
  place: Float64Array,
  { data, rows: count, cols: m }: Matrix,
  distances: Float64Array,
): void {
  const next = new Float64Array(m);
  const scale = distances.reduce((sum, distance) => sum + distance, 0) / count;
  for (let step = 0; step < MOST_STEPS; step++) {
    next.fill(0);
    for (let l = 0; l < count; l++) {
      let squares = 0;
      for (let c = 0; c < m; c++) squares += (place[c] - data[l * m + c]) ** 2;
      const ratio = squares > 0 ? distances[l] / Math.sqrt(squares) : 0;
      for (let c = 0; c < m; c++) next[c] += data[l * m + c] + ratio * (place[c] - data[l * m + c]);
    }
    let moved = 0;
    for (let c = 0; c < m; c++) {
      const move = RELAXATION * (next[c] / count - place[c]);
      moved += move * move;
      place[c] += move;
    }
    if (moved <= (STILL * scale) ** 2) return;
  }
}
