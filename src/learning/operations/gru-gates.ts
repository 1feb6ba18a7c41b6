import type { Floats } from '../../core/matrix.ts';

/** What a recurrence keeps for the way back, step after step. */
export interface Recurrence {
  readonly b: number;
  readonly t: number;
  readonly h: number;
  /** (t + 1) × b × h: before the first step, and after each. */
  readonly states: Floats;
  /** t × b × 3h: reset, update, candidate. */
  readonly gates: Floats;
  /** t × b × h: U_n s + b_n. */
  readonly candidates: Floats;
}

/** The parts of one step. */
export function placesOf({ b, h, states, gates, candidates }: Recurrence, step: number) {
  const size = b * h;
  return {
    before: states.subarray(step * size, (step + 1) * size),
    after: states.subarray((step + 1) * size, (step + 2) * size),
    gate: gates.subarray(step * 3 * size, (step + 1) * 3 * size),
    candidate: candidates.subarray(step * size, (step + 1) * size),
  };
}

/** One step: gates and the next state, which also goes to its place in `out`, b × t × h. */
export function gatesForward(
  kept: Recurrence,
  step: number,
  fromInputs: Floats,
  fromState: Floats,
  out: Floats,
): void {
  const { b, t, h } = kept;
  const { before, after, gate, candidate } = placesOf(kept, step);
  for (let i = 0; i < b; i++) {
    const [u, v] = [(i * t + step) * 3 * h, i * 3 * h];
    for (let c = 0; c < h; c++) {
      const e = i * h + c;
      const r = sigmoid(fromInputs[u + c] + fromState[v + c]);
      const z = sigmoid(fromInputs[u + h + c] + fromState[v + h + c]);
      const m = fromState[v + 2 * h + c];
      const n = Math.tanh(fromInputs[u + 2 * h + c] + r * m);
      gate[v + c] = r;
      gate[v + h + c] = z;
      gate[v + 2 * h + c] = n;
      candidate[e] = m;
      after[e] = (1 - z) * n + z * before[e];
      out[(i * t + step) * h + c] = after[e];
    }
  }
}

/**
 * The same step on the way back. `onState` holds ∂L/∂(state after the step) from later steps, and gets the part of
 * ∂L/∂(state before it) that does not go through U; `slopes` gets ∂L/∂(U s + b), `toU` ∂L/∂u.
 */
export function gatesBack(
  kept: Recurrence,
  step: number,
  gradient: Floats,
  onState: Floats,
  slopes: Floats,
  toU: Floats | null,
): void {
  const { b, t, h } = kept;
  const { before, gate, candidate } = placesOf(kept, step);
  for (let i = 0; i < b; i++) {
    const [u, v] = [(i * t + step) * 3 * h, i * 3 * h];
    for (let c = 0; c < h; c++) {
      const e = i * h + c;
      const [r, z, n] = [gate[v + c], gate[v + h + c], gate[v + 2 * h + c]];
      const g = onState[e] + gradient[(i * t + step) * h + c];
      const onCandidate = g * (1 - z) * (1 - n * n);
      const onReset = onCandidate * candidate[e] * r * (1 - r);
      const onUpdate = g * (before[e] - n) * z * (1 - z);
      slopes[v + c] = onReset;
      slopes[v + h + c] = onUpdate;
      slopes[v + 2 * h + c] = onCandidate * r;
      onState[e] = g * z;
      if (!toU) continue;
      toU[u + c] = onReset;
      toU[u + h + c] = onUpdate;
      toU[u + 2 * h + c] = onCandidate;
    }
  }
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
