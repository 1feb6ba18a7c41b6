import { cos } from '../../../core/numeric.ts';
import {
  createEvenConvolution,
  type EvenConvolution,
} from '../../../numerics/fourier/even-convolution.ts';

/** Largest distance of mesh nodes, in the unit of the kernel. */
const SPACING = 0.4;
/** Fewest cells across the points; the cells of a map too large for the most are larger. */
const FEWEST_CELLS = 24;
const MOST_CELLS = 2048;

/**
 * The potential Φ(y) = Σⱼ 1/(1 + ‖y − yⱼ‖²) of points in one or two dimensions, and its gradient, in O(n) and one
 * convolution on a mesh.
 *
 * The points are spread over the nodes by B-splines of degree five, the nodes are convolved with the kernel by Fourier
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

/** Where the nodes lie: node (2, 2) at the lowest corner of the box, `rows` along the first coordinate. */
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
  // Two nodes before the box and four after it; sizes in steps of eight, so that few spectra are computed.
  const count = (c: 0 | 1) => Math.ceil((high[c] - low[c]) / spacing / 8 + 0.75) * 8;
  return { dim, low, high, spacing, rows: count(0), cols: count(1) };
}

function studentConvolution({ spacing, rows, cols }: Nodes): EvenConvolution {
  const squared = spacing * spacing;
  const kernel = (i: number, j: number) => 1 / (1 + squared * (i * i + j * j));
  return createEvenConvolution(rows, cols, kernel, sharpening);
}

/** Undoes the smoothing by the spline on the way to the nodes and back: (33 + 26 cos f + cos 2f)/60 each way. */
function sharpening(frequency: number): number {
  const smoothed = (33 + 26 * cos(frequency) + cos(2 * frequency)) / 60;
  return 1 / (smoothed * smoothed);
}

/** Weights of the six nodes about a place that is a share t of a cell past the third. */
function splineInto(t: number, out: Float64Array): void {
  const s = 1 - t;
  const [t2, s2] = [t * t, s * s];
  out[0] = (s2 * s2 * s) / 120;
  out[1] = (26 + t * (-50 + t * (20 + t * (20 + t * (-20 + 5 * t))))) / 120;
  out[2] = (66 + t2 * (-60 + t2 * (30 - 10 * t))) / 120;
  out[3] = (66 + s2 * (-60 + s2 * (30 - 10 * s))) / 120;
  out[4] = (26 + s * (-50 + s * (20 + s * (20 + s * (-20 + 5 * s))))) / 120;
  out[5] = (t2 * t2 * t) / 120;
}

/** Derivatives of those weights by t. */
function slopesInto(t: number, out: Float64Array): void {
  const s = 1 - t;
  const [t2, s2] = [t * t, s * s];
  out[0] = -(s2 * s2) / 24;
  out[1] = (-10 + t * (8 + t * (12 + t * (-16 + 5 * t)))) / 24;
  out[2] = (t * (-24 + t2 * (24 - 10 * t))) / 24;
  out[3] = -(s * (-24 + s2 * (24 - 10 * s))) / 24;
  out[4] = -(-10 + s * (8 + s * (12 + s * (-16 + 5 * s)))) / 24;
  out[5] = (t2 * t2) / 24;
}

const SUPPORT = 6;

function spread(
  points: Float64Array,
  { dim, low: [lowX, lowY], spacing, cols }: Nodes,
  grid: Float64Array,
): void {
  const scale = 1 / spacing;
  const alongX = new Float64Array(SUPPORT);
  const alongY = new Float64Array(SUPPORT);
  for (let at = 0; at < points.length; at += dim) {
    const u = (points[at] - lowX) * scale;
    const v = dim === 2 ? (points[at + 1] - lowY) * scale : 0;
    const i = Math.floor(u);
    const j = Math.floor(v);
    splineInto(u - i, alongX);
    splineInto(v - j, alongY);
    const y0 = alongY[0];
    const y1 = alongY[1];
    const y2 = alongY[2];
    const y3 = alongY[3];
    const y4 = alongY[4];
    const y5 = alongY[5];
    for (let a = 0; a < SUPPORT; a++) {
      const x = alongX[a];
      const node = (i + a) * cols + j;
      grid[node] += x * y0;
      grid[node + 1] += x * y1;
      grid[node + 2] += x * y2;
      grid[node + 3] += x * y3;
      grid[node + 4] += x * y4;
      grid[node + 5] += x * y5;
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
  const [alongX, alongY] = [new Float64Array(SUPPORT), new Float64Array(SUPPORT)];
  const [slopesX, slopesY] = [new Float64Array(SUPPORT), new Float64Array(SUPPORT)];
  let total = 0;
  for (let at = 0; at < places.length; at += dim) {
    const u = (places[at] - lowX) * scale;
    const v = dim === 2 ? (places[at + 1] - lowY) * scale : 0;
    const i = Math.floor(u);
    const j = Math.floor(v);
    splineInto(u - i, alongX);
    slopesInto(u - i, slopesX);
    splineInto(v - j, alongY);
    slopesInto(v - j, slopesY);
    let [value, slopeX, slopeY] = [0, 0, 0];
    for (let a = 0; a < SUPPORT; a++) {
      const node = (i + a) * cols + j;
      let [along, across] = [0, 0];
      for (let b = 0; b < SUPPORT; b++) {
        along += grid[node + b] * alongY[b];
        across += grid[node + b] * slopesY[b];
      }
      value += alongX[a] * along;
      slopeX += slopesX[a] * along;
      slopeY += alongX[a] * across;
    }
    total += value;
    forces[at] = (-slopeX * scale) / 2;
    if (dim === 2) forces[at + 1] = (-slopeY * scale) / 2;
  }
  return total;
}
