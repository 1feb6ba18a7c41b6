import type { Camera } from '../../camera.ts';
import type { Projection } from '../../projections/projection.ts';
import type { DrawSettings } from '../renderer.ts';

/** What the processor draws. */
export interface Scene {
  readonly positions: Float32Array;
  readonly dims: 2 | 3;
  /** n: the shade, 256 more where selected, 65535 where hidden. */
  readonly codes: Uint16Array;
  /** Whether any point is selected, so that the others are paler. */
  readonly isSelecting: boolean;
  readonly camera: Camera;
  readonly width: number;
  readonly height: number;
  readonly settings: DrawSettings;
}

/** Draws scenes into memory of its own that the next one overwrites. */
export interface Splatter {
  setPalette(colors: Uint32Array, background: number): void;
  /** RGBA, row by row. */
  draw(scene: Scene): Uint8ClampedArray<ArrayBuffer>;
}

/** What the one who draws is handed: functions that stand alone. */
export interface Tools {
  readonly projectionOf: (camera: Camera) => Projection;
  readonly paleness: (depth: number) => number;
  readonly paletteTable: (
    colors: Uint32Array,
    background: number,
  ) => { table: Uint32Array; ground: number };
  readonly solidity: (points: number, opacity: number) => number;
  readonly brushesOf: (
    size: number,
    stride: number,
  ) => { cells: Int32Array; weights: Uint8Array }[];
  readonly spatialOrder: (positions: Float32Array, dims: 2 | 3) => Int32Array;
}

/**
 * Draws points on the processor, without blending: each pixel keeps how much of it is covered and the key of its
 * uppermost point; then these become colors by a table. A key is, from its highest bit: selected, rank in 14 bits (depth,
 * or a hash of the row, so that the order of a file decides nothing), shade. Square points keep key and number in one
 * cell, so that a point costs one access to memory. Round ones cover by sixteenths, in cells of their own, and the core
 * of a point goes before the edge of another. It draws where there are no kernels, and is what they are held to. This
 * function's text is sent to a worker: it uses nothing from outside itself but what it is handed.
 */
export function splatter({
  projectionOf,
  paleness,
  paletteTable,
  solidity,
  brushesOf,
}: Tools): Splatter {
  const HIDDEN = 65535;
  const SELECTED = 1 << 30;
  const CORE = 1 << 29;
  const RANKS = (1 << 14) - 2;
  const FULL = 16;
  const MOST = 4080;
  const CHUNK = 2048;
  const NO_COVERS = new Uint16Array(0);
  const xs = new Float64Array(CHUNK);
  const ys = new Float64Array(CHUNK);
  const ranks = new Int32Array(CHUNK);
  const spot = new Float64Array(3);
  /** Of square points: selected, rank, shade, number up to 255. Of round ones: selected, core, rank, shade. */
  let cells = new Int32Array(0);
  let covers = new Uint16Array(0);
  let pixels = new Uint32Array(0);
  let table: Uint32Array = new Uint32Array(256 * 256);
  let ground = 0;

  function setPalette(colors: Uint32Array, background: number): void {
    ({ table, ground } = paletteTable(colors, background));
  }

  /** Where points `from` to `end` are in the picture, whose left upper corner is at (left, top); and their ranks. */
  function place(scene: Scene, projection: Projection, from: number, end: number, pad: number) {
    const { camera, positions, dims, width, height } = scene;
    const { scale } = camera;
    const [right, down] = camera.kind === 'plane' ? [0, 0] : camera.shift;
    const x0 = width / 2 + right + pad;
    const y0 = height / 2 + down + pad;
    if (camera.kind === 'plane') {
      const bx = x0 - camera.center[0] * scale;
      const by = y0 + camera.center[1] * scale;
      for (let i = from, k = 0; i < end; i++, k++) {
        xs[k] = bx + positions[2 * i] * scale;
        ys[k] = by - positions[2 * i + 1] * scale;
      }
    } else if (projection.hasDepth && camera.kind === 'globe') {
      const [a, b, c, d, e, f, g, h, j] = camera.turn;
      for (let i = from, k = 0; i < end; i++, k++) {
        const x = positions[3 * i];
        const y = positions[3 * i + 1];
        const z = positions[3 * i + 2];
        xs[k] = x0 + (a * x + b * y + c * z) * scale;
        ys[k] = y0 - (d * x + e * y + f * z) * scale;
        ranks[k] = 1 + ((g * x + h * y + j * z) * 0.49 + 0.5) * RANKS;
      }
    } else {
      for (let i = from, k = 0; i < end; i++, k++) {
        const p = dims * i;
        projection.project(positions[p], positions[p + 1], dims === 3 ? positions[p + 2] : 0, spot);
        xs[k] = x0 + spot[0] * scale;
        ys[k] = y0 - spot[1] * scale;
      }
    }
    if (projection.hasDepth) return;
    for (let i = from, k = 0; i < end; i++, k++) ranks[k] = (Math.imul(i, 0x9e3779b1) >>> 18) | 1;
  }

  /**
   * Points of one pixel: the greater key, and one more point up to 255. Without a branch, which would be guessed wrong
   * half of the time; arrays are constants of the loop, since what a closure may change is fetched anew each time.
   */
  function dots(codes: Uint16Array, from: number, end: number, stride: number, rows: number) {
    const memory = cells;
    for (let i = from, k = 0; i < end; i++, k++) {
      const x = xs[k];
      const y = ys[k];
      const code = codes[i];
      if (!(x >= 0 && x < stride && y >= 0 && y < rows) || code === HIDDEN) continue;
      const key = ((code & 256) << 22) | (ranks[k] << 16) | ((code & 255) << 8);
      const at = (y | 0) * stride + (x | 0);
      const cell = memory[at];
      const count = cell & 255;
      const rise = key - (cell - count);
      memory[at] = (cell - count + (rise & ~(rise >> 31))) | (count + ((count - 255) >>> 31));
    }
  }

  /** Square points of more, the same for each of their cells. */
  function squares(
    codes: Uint16Array,
    from: number,
    end: number,
    side: number,
    stride: number,
    rows: number,
  ) {
    const memory = cells;
    const shift = (side - 1) / 2;
    const [right, bottom] = [stride - side + 1, rows - side + 1];
    for (let i = from, k = 0; i < end; i++, k++) {
      const x = xs[k] - shift;
      const y = ys[k] - shift;
      const code = codes[i];
      if (!(x >= 0 && x < right && y >= 0 && y < bottom) || code === HIDDEN) continue;
      const key = ((code & 256) << 22) | (ranks[k] << 16) | ((code & 255) << 8);
      const first = (y | 0) * stride + (x | 0);
      const last = first + (side - 1) * stride;
      for (let q = first; q <= last; q += stride) {
        for (let at = q; at < q + side; at++) {
          const cell = memory[at];
          const count = cell & 255;
          const rise = key - (cell - count);
          memory[at] = (cell - count + (rise & ~(rise >> 31))) | (count + ((count - 255) >>> 31));
        }
      }
    }
  }

  function disks(
    codes: Uint16Array,
    from: number,
    end: number,
    brush: ReturnType<typeof brushesOf>,
    margin: number,
    stride: number,
    rows: number,
  ) {
    const [memory, sums] = [cells, covers];
    for (let i = from, k = 0; i < end; i++, k++) {
      const x = xs[k];
      const y = ys[k];
      const code = codes[i];
      const isInside = x >= margin && x < stride - margin && y >= margin && y < rows - margin;
      if (!isInside || code === HIDDEN) continue;
      const edge = ((code & 256) << 22) | (ranks[k] << 8) | (code & 255);
      const q = (y | 0) * stride + (x | 0);
      const { cells, weights } = brush[((4 * x) & 3) | (((4 * y) & 3) << 2)];
      for (let c = 0; c < cells.length; c++) {
        const weight = weights[c];
        const at = q + cells[c];
        const key = weight >= 8 ? edge | CORE : edge;
        if (key > memory[at]) memory[at] = key;
        if (sums[at] < MOST) sums[at] += weight;
      }
    }
  }

  /** Round points as square ones, with how solid they are instead of a number. */
  function joinCovers(opacity: number): void {
    const levels = new Uint8Array(MOST + FULL);
    for (let cover = 0; cover < levels.length; cover++)
      levels[cover] = solidity(cover / FULL, opacity);
    const [memory, weights] = [cells, covers];
    for (let at = 0; at < memory.length; at++) {
      const key = memory[at];
      if (key !== 0)
        memory[at] = (key & SELECTED) | ((key & (CORE - 1)) << 8) | levels[weights[at]];
    }
  }

  /** Cells as colors. */
  function shade(scene: Scene, levels: Uint8Array, hasDepth: boolean, pad: number, stride: number) {
    const { width, height, isSelecting } = scene;
    const depths = new Int32Array(256).fill(256);
    if (hasDepth)
      for (let d = 0; d < 256; d++) depths[d] = Math.round(256 * paleness((d / 255 - 0.5) / 0.49));
    const [memory, out, colors, background] = [cells, pixels, table, ground];
    for (let y = 0; y < height; y++) {
      const start = (y + pad) * stride + pad;
      for (let x = 0, to = y * width; x < width; x++, to++) {
        const cell = memory[start + x];
        if (cell === 0) {
          out[to] = background;
          continue;
        }
        let level = (levels[cell & 255] * depths[(cell >> 22) & 255]) >> 8;
        if (isSelecting) level = (cell & SELECTED) === 0 ? (level * 77) >> 8 : (level + 255) >> 1;
        out[to] = colors[(cell & 0xff00) | level];
      }
    }
  }

  function draw(scene: Scene): Uint8ClampedArray<ArrayBuffer> {
    const { width, height, codes, settings } = scene;
    const isRound = settings.pointSize >= 2.5;
    const size = isRound
      ? Math.min(64, settings.pointSize)
      : Math.max(1, Math.round(settings.pointSize));
    // Cells around the picture take what hangs over its edge, so that no cell has to be checked.
    const margin = isRound ? Math.ceil(size / 2 + 1) : 0;
    const pad = isRound ? 2 * margin : 1;
    const stride = width + 2 * pad;
    const rows = height + 2 * pad;
    if (cells.length === stride * rows) cells.fill(0);
    else cells = new Int32Array(stride * rows);
    if (!isRound) covers = NO_COVERS;
    else if (covers.length === cells.length) covers.fill(0);
    else covers = new Uint16Array(cells.length);
    if (pixels.length !== width * height) pixels = new Uint32Array(width * height);
    const projection = projectionOf(scene.camera);
    const brush = isRound ? brushesOf(size, stride) : [];
    for (let from = 0; from < codes.length; from += CHUNK) {
      const end = Math.min(codes.length, from + CHUNK);
      place(scene, projection, from, end, pad);
      if (isRound) disks(codes, from, end, brush, margin, stride, rows);
      else if (size === 1) dots(codes, from, end, stride, rows);
      else squares(codes, from, end, size, stride, rows);
    }
    const levels = new Uint8Array(256);
    if (isRound) joinCovers(settings.opacity);
    for (let i = 0; i < 256; i++) levels[i] = isRound ? i : solidity(i, settings.opacity);
    shade(scene, levels, projection.hasDepth, pad, stride);
    return new Uint8ClampedArray(pixels.buffer);
  }

  return { setPalette, draw };
}
