import { cos } from '../../../core/numeric.ts';
import {
  createEvenConvolution,
  type EvenConvolution,
} from '../../../numerics/fourier/even-convolution.ts';

/** Largest distance of mesh nodes, in the unit of the kernel. */
const SPACING = 1 / 3;
/** Fewest cells across the points; the cells of a map too large for the most are larger. */
const FEWEST_CELLS = 24;
const MOST_CELLS = 2048;

/**
 * The potential Φ(y) = Σⱼ 1/(1 + ‖y − yⱼ‖²) of points in one or two dimensions, and its gradient, in O(n) and one
 * convolution on a mesh.
 *
 * The points are spread over the nodes by cubic B-splines, the nodes are convolved with the kernel by Fourier
 * transforms, and the spline of the result is read and differentiated at any place. Repulsion of t-SNE is
 * −½∇Φ = Σⱼ (y − yⱼ)/(1 + ‖y − yⱼ‖²)²: one convolution where interpolating each component takes four.
 */
export interface StudentMesh {
  /** Computes the potential of n × dim points over the box that holds them and `margin` around it. */
  fill(points: Float64Array, margin?: number): void;
  /** Whether place i lies where the potential is known. */
  covers(places: Float64Array, i: number): boolean;
  /** −½∇Φ at r × dim places, into `forces`; returns the sum of Φ over them. */
  read(places: Float64Array, forces: Float64Array): number;
}

/** Where the nodes lie: node (1, 1) at the lowest corner of the box, `rows` along the first coordinate. */
interface Nodes {
  readonly dim: number;
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
  readonly spacing: number;
  readonly rows: number;
  readonly cols: number;
}

export function createStudentMesh(dim: 1 | 2): StudentMesh {
  let nodes: Nodes = { dim, low: [0, 0], high: [0, 0], spacing: SPACING, rows: 0, cols: 0 };
  let grid = new Float64Array(0);
  let convolve: EvenConvolution | undefined;
  return {
    fill(points, margin = 0) {
      const last = nodes;
      nodes = nodesAround(points, dim, margin);
      const { spacing, rows, cols } = nodes;
      if (rows !== last.rows || cols !== last.cols || spacing !== last.spacing) {
        grid = new Float64Array(rows * cols);
        convolve = studentConvolution(nodes);
      } else {
        grid.fill(0);
      }
      spread(points, nodes, grid);
      convolve?.(grid);
    },
    covers(places, i) {
      for (let c = 0; c < dim; c++) {
        const at = places[i * dim + c];
        if (!(at >= nodes.low[c] && at <= nodes.high[c])) return false;
      }
      return true;
    },
    read: (places, forces) => read(places, nodes, grid, forces),
  };
}

function nodesAround(points: Float64Array, dim: number, margin: number): Nodes {
  const low: [number, number] = [0, 0];
  const high: [number, number] = [0, 0];
  for (let c = 0; c < dim; c++) {
    let [least, most] = [Infinity, -Infinity];
    for (let at = c; at < points.length; at += dim) {
      if (points[at] < least) least = points[at];
      if (points[at] > most) most = points[at];
    }
    low[c] = least - margin;
    high[c] = most + margin;
  }
  const span = Math.max(high[0] - low[0], high[1] - low[1]);
  let spacing = SPACING;
  while (span < FEWEST_CELLS * spacing && spacing > 1e-6) spacing /= 2;
  while (span > MOST_CELLS * spacing) spacing *= 2;
  // One node before the box and three after it; sizes in steps of eight, so that few spectra are computed.
  const count = (c: 0 | 1) => Math.ceil((high[c] - low[c]) / spacing / 8 + 0.5) * 8;
  return { dim, low, high, spacing, rows: count(0), cols: count(1) };
}

function studentConvolution({ spacing, rows, cols }: Nodes): EvenConvolution {
  const squared = spacing * spacing;
  const kernel = (i: number, j: number) => 1 / (1 + squared * (i * i + j * j));
  return createEvenConvolution(rows, cols, kernel, sharpening);
}

/** Undoes the smoothing by the spline on the way to the nodes and back: (2 + cos f)/3 each way. */
function sharpening(frequency: number): number {
  const smoothed = (2 + cos(frequency)) / 3;
  return 1 / (smoothed * smoothed);
}

function spread(
  points: Float64Array,
  { dim, low: [lowX, lowY], spacing, cols }: Nodes,
  grid: Float64Array,
): void {
  const scale = 1 / spacing;
  for (let at = 0; at < points.length; at += dim) {
    const u = (points[at] - lowX) * scale;
    const v = dim === 2 ? (points[at + 1] - lowY) * scale : 0;
    const i = Math.floor(u);
    const j = Math.floor(v);
    const s = u - i;
    const t = v - j;
    const t1 = 1 - t;
    const y0 = (t1 * t1 * t1) / 6;
    const y1 = (4 - 3 * t * t * (2 - t)) / 6;
    const y2 = (4 - 3 * t1 * t1 * (2 - t1)) / 6;
    const y3 = (t * t * t) / 6;
    const s1 = 1 - s;
    let node = i * cols + j;
    for (let a = 0; a < 4; a++) {
      const x =
        a === 0
          ? (s1 * s1 * s1) / 6
          : a === 1
            ? (4 - 3 * s * s * (2 - s)) / 6
            : a === 2
              ? (4 - 3 * s1 * s1 * (2 - s1)) / 6
              : (s * s * s) / 6;
      grid[node] += x * y0;
      grid[node + 1] += x * y1;
      grid[node + 2] += x * y2;
      grid[node + 3] += x * y3;
      node += cols;
    }
  }
}

function read(
  places: Float64Array,
  { dim, low: [lowX, lowY], spacing, cols }: Nodes,
  grid: Float64Array,
  forces: Float64Array,
): number {
  const scale = 1 / spacing;
  let total = 0;
  for (let at = 0; at < places.length; at += dim) {
    const u = (places[at] - lowX) * scale;
    const v = dim === 2 ? (places[at + 1] - lowY) * scale : 0;
    const i = Math.floor(u);
    const j = Math.floor(v);
    const s = u - i;
    const t = v - j;
    const t1 = 1 - t;
    const y0 = (t1 * t1 * t1) / 6;
    const y1 = (4 - 3 * t * t * (2 - t)) / 6;
    const y2 = (4 - 3 * t1 * t1 * (2 - t1)) / 6;
    const y3 = (t * t * t) / 6;
    const dy0 = -(t1 * t1) / 2;
    const dy1 = (t * (3 * t - 4)) / 2;
    const dy2 = (-t1 * (3 * t1 - 4)) / 2;
    const dy3 = (t * t) / 2;
    const s1 = 1 - s;
    let node = i * cols + j;
    let [value, slopeX, slopeY] = [0, 0, 0];
    for (let a = 0; a < 4; a++) {
      const g0 = grid[node];
      const g1 = grid[node + 1];
      const g2 = grid[node + 2];
      const g3 = grid[node + 3];
      const along = g0 * y0 + g1 * y1 + g2 * y2 + g3 * y3;
      const across = g0 * dy0 + g1 * dy1 + g2 * dy2 + g3 * dy3;
      let x = (s1 * s1 * s1) / 6;
      let dx = -(s1 * s1) / 2;
      if (a === 1) {
        x = (4 - 3 * s * s * (2 - s)) / 6;
        dx = (s * (3 * s - 4)) / 2;
      } else if (a === 2) {
        x = (4 - 3 * s1 * s1 * (2 - s1)) / 6;
        dx = (-s1 * (3 * s1 - 4)) / 2;
      } else if (a === 3) {
        x = (s * s * s) / 6;
        dx = (s * s) / 2;
      }
      value += x * along;
      slopeX += dx * along;
      slopeY += x * across;
      node += cols;
    }
    total += value;
    forces[at] = (-slopeX * scale) / 2;
    if (dim === 2) forces[at + 1] = (-slopeY * scale) / 2;
  }
  return total;
}
