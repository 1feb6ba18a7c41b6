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

/**
 * Draws points on the processor, without blending: each pixel keeps how much of it is covered, in sixteenths of a point,
 * and the key of its uppermost point; then keys become colours by a table. A key is, from its highest bit: selected, core
 * of the point rather than its edge, 21 bits of rank (depth, or a hash of the row, so that the order of a file decides
 * nothing), shade. This function's text is sent to a worker: it uses nothing from outside itself but what it is handed.
 */
export function splatter(
  projectionOf: (camera: Camera) => Projection,
  paleness: (depth: number) => number,
): Splatter {
  const HIDDEN = 65535;
  const SELECTED = 1 << 30;
  const CORE = 1 << 29;
  const RANKS = (1 << 21) - 2;
  const FULL = 16;
  const MOST = 4080;
  const CHUNK = 2048;
  const xs = new Float64Array(CHUNK);
  const ys = new Float64Array(CHUNK);
  const ranks = new Int32Array(CHUNK);
  const spot = new Float64Array(3);
  let tops = new Int32Array(0);
  let covers = new Uint16Array(0);
  let pixels = new Uint32Array(0);
  let table = new Uint32Array(256 * 256);
  let ground = 0;

  function mixed(color: number, background: number, share: number): number {
    let out = 255 << 24;
    for (let place = 0; place < 3; place++) {
      const from = (background >>> (16 - 8 * place)) & 255;
      const to = (color >>> (16 - 8 * place)) & 255;
      out |= Math.round(from + (to - from) * share) << (8 * place);
    }
    return out >>> 0;
  }

  function setPalette(colors: Uint32Array, background: number): void {
    ground = mixed(0, background, 0);
    table = new Uint32Array(256 * 256);
    for (let shade = 0; shade < 256; shade++) {
      const color = colors[Math.min(shade, colors.length - 1)];
      for (let level = 0; level < 256; level++)
        table[256 * shade + level] = mixed(color, background, level / 255);
    }
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
    for (let i = from, k = 0; i < end; i++, k++)
      ranks[k] = 1 + ((Math.imul(i, 0x9e3779b1) >>> 11) % RANKS);
  }

  /** Points of up to 2 pixels: square, not smoothed. */
  function blocks(
    codes: Uint16Array,
    from: number,
    end: number,
    side: number,
    stride: number,
    rows: number,
  ) {
    const shift = (side - 1) / 2;
    for (let i = from, k = 0; i < end; i++, k++) {
      const x = xs[k] - shift;
      const y = ys[k] - shift;
      const code = codes[i];
      if (!(x >= 0 && x < stride - 1 && y >= 0 && y < rows - 1) || code === HIDDEN) continue;
      const key = CORE | ((code & 256) << 22) | (ranks[k] << 8) | (code & 255);
      let q = (y | 0) * stride + (x | 0);
      for (let r = 0; r < side; r++, q += stride) {
        for (let c = q; c < q + side; c++) {
          if (key > tops[c]) tops[c] = key;
          if (covers[c] < MOST) covers[c] += FULL;
        }
      }
    }
  }

  /** Which cells a disk covers and how much, for each of 4 × 4 places of its middle within a cell. */
  function brushes(size: number, stride: number) {
    const reach = Math.ceil(size / 2 + 1);
    const all: { cells: Int32Array; weights: Uint8Array }[] = [];
    for (let place = 0; place < 16; place++) {
      const cells: number[] = [];
      const weights: number[] = [];
      const [mx, my] = [((place & 3) + 0.5) / 4, ((place >> 2) + 0.5) / 4];
      for (let y = -reach; y <= reach; y++) {
        for (let x = -reach; x <= reach; x++) {
          const away = Math.sqrt((x + 0.5 - mx) ** 2 + (y + 0.5 - my) ** 2);
          const weight = Math.round(FULL * Math.min(1, Math.max(0, size / 2 + 0.5 - away)));
          if (weight === 0) continue;
          cells.push(y * stride + x);
          weights.push(weight);
        }
      }
      all.push({ cells: Int32Array.from(cells), weights: Uint8Array.from(weights) });
    }
    return all;
  }

  function disks(
    codes: Uint16Array,
    from: number,
    end: number,
    brush: ReturnType<typeof brushes>,
    margin: number,
    stride: number,
    rows: number,
  ) {
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
        if (key > tops[at]) tops[at] = key;
        if (covers[at] < MOST) covers[at] += weight;
      }
    }
  }

  /** How solid a cover is, in 0 … 255. */
  function levelsOf(opacity: number): Uint8Array {
    return Uint8Array.from({ length: MOST + FULL }, (_, cover) => {
      const points = cover / FULL;
      return Math.round(255 * (points < 1 ? opacity * points : 1 - (1 - opacity) ** points));
    });
  }

  /** Keys and covers as colours. */
  function shade(scene: Scene, hasDepth: boolean, pad: number, stride: number): void {
    const { width, height, isSelecting, settings } = scene;
    const levels = levelsOf(settings.opacity);
    const depths = Float64Array.from({ length: 256 }, (_, d) =>
      hasDepth ? paleness((d / 255 - 0.5) / 0.49) : 1,
    );
    for (let y = 0, out = 0; y < height; y++) {
      const start = (y + pad) * stride + pad;
      for (let at = start; at < start + width; at++, out++) {
        const key = tops[at];
        if (key === 0) {
          pixels[out] = ground;
          continue;
        }
        let level = levels[covers[at]];
        if (hasDepth) level = (level * depths[(key >> 21) & 255]) | 0;
        if (isSelecting) level = (key & SELECTED) === 0 ? (level * 0.3) | 0 : (level + 255) >> 1;
        pixels[out] = table[((key & 255) << 8) | level];
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
    if (tops.length !== stride * rows) {
      tops = new Int32Array(stride * rows);
      covers = new Uint16Array(stride * rows);
    } else {
      tops.fill(0);
      covers.fill(0);
    }
    if (pixels.length !== width * height) pixels = new Uint32Array(width * height);
    const projection = projectionOf(scene.camera);
    const brush = isRound ? brushes(size, stride) : [];
    for (let from = 0; from < codes.length; from += CHUNK) {
      const end = Math.min(codes.length, from + CHUNK);
      place(scene, projection, from, end, pad);
      if (isRound) disks(codes, from, end, brush, margin, stride, rows);
      else blocks(codes, from, end, size, stride, rows);
    }
    shade(scene, projection.hasDepth, pad, stride);
    return new Uint8ClampedArray(pixels.buffer);
  }

  return { setPalette, draw };
}

/** How solid a point of the globe is by its depth: pale behind, a smooth way over the horizon. */
export function paleness(depth: number): number {
  const t = Math.min(1, Math.max(0, (depth + 0.3) / 0.9));
  return 0.16 + 0.84 * t * t * (3 - 2 * t);
}
