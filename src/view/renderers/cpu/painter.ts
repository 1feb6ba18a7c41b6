import type { Camera } from '../../camera.ts';
import type { Projection } from '../../projections/projection.ts';
import type { Scene, Splatter, Tools } from './splatter.ts';

/** What src/view/kernels exports; addresses are bytes, and counts multiples of 4. */
interface Kernels {
  place_plane(job: number, from: number, count: number): void;
  place_globe(job: number, from: number, count: number): void;
  place_lambert(job: number, from: number, count: number): void;
  place_mollweide(job: number, from: number, count: number): void;
  squares(job: number, from: number, count: number, side: number): void;
  disks(job: number, from: number, count: number): void;
  shade(job: number, isRound: number): void;
}

/**
 * Draws what `splatter` draws, by kernels, to the same bytes but for Mollweide's map, whose places may be a hundredth of a
 * pixel apart. Points lie in the kernels' memory, sorted by place; that is done once for positions. This function's text is
 * sent to a worker: it uses nothing from outside itself but what it is handed.
 */
export function painter(
  { projectionOf, paleness, paletteTable, solidity, brushesOf, spatialOrder }: Tools,
  module: WebAssembly.Module,
): Splatter {
  const PAGE = 65536;
  const CHUNK = 1024;
  /** Octaves of Mollweide's table and nodes in one: see src/view/kernels/mollweide.as.ts. */
  const [OCTAVES, NODES] = [56, 256];
  const memory = new WebAssembly.Memory({ initial: 16, maximum: PAGE });
  const kernels = new WebAssembly.Instance(module, { env: { memory } })
    .exports as unknown as Kernels;

  let end = 1024;
  const taken = (bytes: number) => {
    const at = end;
    end = (end + bytes + 63) & ~63;
    return at;
  };
  const job = taken(256);
  const levelsAt = taken(4096 + 64);
  const depthsAt = taken(1024);
  const colorsAt = taken(4 * 256 * 256);
  const anglesAt = taken(16 * (OCTAVES * NODES + 2));
  const [xsAt, ysAt, ranksAt] = [taken(8 * CHUNK), taken(8 * CHUNK), taken(4 * CHUNK)];
  const brushAt = taken(16 * 27_008);
  const pointsAt = end;

  let positions: Float32Array | undefined;
  let codes: Uint16Array | undefined;
  let order: Int32Array = new Int32Array(0);
  /** Points in memory: a multiple of 4. */
  let room = -1;
  let pictureAt = -1;
  let pictureBytes = 0;
  let brushName = '';
  let hasAngles = false;
  let ground = 0;
  let palette: Uint32Array | undefined;

  /** Memory up to there. */
  function reach(bytes: number): void {
    const pages = Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE;
    if (pages > 0) memory.grow(pages);
  }

  function setPalette(colors: Uint32Array, background: number): void {
    const made = paletteTable(colors, background);
    palette = made.table;
    ground = made.ground;
  }

  const column = (c: number) => pointsAt + 4 * room * c;

  /** Coordinates by column, in the order of space. */
  function takePoints(scene: Scene): void {
    if (scene.positions === positions) return;
    positions = scene.positions;
    codes = undefined;
    const { dims } = scene;
    order = spatialOrder(positions, dims);
    const before = room;
    room = (order.length + 3) & ~3;
    if (room !== before) pictureAt = -1;
    reach(pointsAt + 16 * room);
    const spots = new Float32Array(memory.buffer, pointsAt, 3 * room);
    for (let k = 0; k < order.length; k++) {
      const p = dims * order[k];
      spots[k] = positions[p];
      spots[room + k] = positions[p + 1];
      if (dims === 3) spots[2 * room + k] = positions[p + 2];
    }
  }

  /** Selected, rank by a hash of the row, and shade, as a cell has them; negative where nothing is drawn. */
  function takeCodes(scene: Scene): void {
    if (scene.codes === codes) return;
    codes = scene.codes;
    const keys = new Int32Array(memory.buffer, column(3), room).fill(-1);
    for (let k = 0; k < order.length; k++) {
      const row = order[k];
      const code = codes[row];
      if (code === 65535) continue;
      const rank = (Math.imul(row, 0x9e3779b1) >>> 18) | 1;
      keys[k] = ((code & 256) << 22) | (rank << 16) | ((code & 255) << 8);
    }
  }

  /** Sine and cosine of Mollweide's angle over 1 − |sin φ|, from the projection itself. */
  function takeAngles(): void {
    if (hasAngles) return;
    hasAngles = true;
    const turn = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    const exact = projectionOf({
      kind: 'globe',
      projection: 'mollweide',
      turn,
      scale: 1,
      shift: [0, 0],
    });
    const out = new Float64Array(3);
    const angles = new Float64Array(memory.buffer, anglesAt, 2 * (OCTAVES * NODES + 2));
    for (let node = 0; node <= OCTAVES * NODES + 1; node++) {
      const octave = Math.floor(node / NODES);
      const low = Math.min(1, (1 + (node - octave * NODES) / NODES) * 2 ** (octave - OCTAVES));
      exact.project(Math.sqrt(low * (2 - low)), 1 - low, 0, out);
      angles[2 * node] = out[0] / Math.SQRT2;
      angles[2 * node + 1] = out[1] / Math.SQRT2;
    }
  }

  function takeBrush(size: number, stride: number): void {
    const name = `${size} ${stride}`;
    if (name === brushName) return;
    brushName = name;
    const all = brushesOf(size, stride);
    const longest = Math.max(...all.map(({ cells }) => cells.length));
    const bytes = (longest * 6 + 15) & ~15;
    for (const [place, { cells, weights }] of all.entries()) {
      // Disks at some places have fewer cells than at others: the rest adds nothing to the middle.
      new Int32Array(memory.buffer, brushAt + place * bytes, longest).fill(0).set(cells);
      new Uint16Array(memory.buffer, brushAt + place * bytes + 4 * longest, longest)
        .fill(0)
        .set(weights);
    }
    new Int32Array(memory.buffer, job, 26)[15] = longest;
  }

  function takeLevels(opacity: number, isRound: boolean, hasDepth: boolean): void {
    const levels = new Uint8Array(memory.buffer, levelsAt, 4096);
    for (let i = 0; i < levels.length; i++) levels[i] = solidity(isRound ? i / 16 : i, opacity);
    const depths = new Int32Array(memory.buffer, depthsAt, 256).fill(256);
    if (!hasDepth) return;
    for (let d = 0; d < 256; d++) depths[d] = Math.round(256 * paleness((d / 255 - 0.5) / 0.49));
  }

  /** Empty cells, covers and pixels behind the points. */
  function takePicture(cells: number, pixels: number) {
    const at = (column(4) + 63) & ~63;
    const bytes = 6 * cells;
    if (pictureAt !== at || pictureBytes !== bytes) {
      reach(at + bytes + 64 + 4 * pixels);
      new Uint8Array(memory.buffer, at, bytes).fill(0);
      [pictureAt, pictureBytes] = [at, bytes];
    }
    return { cellsAt: at, coversAt: at + 4 * cells, pixelsAt: (at + bytes + 63) & ~63 };
  }

  /** Places of a chunk by the projection itself, where no kernel has it. */
  function placeSlowly(projection: Projection, scene: Scene, from: number, x0: number, y0: number) {
    const { scale } = scene.camera;
    const spots = new Float32Array(memory.buffer, pointsAt, 3 * room);
    const xs = new Float64Array(memory.buffer, xsAt, CHUNK);
    const ys = new Float64Array(memory.buffer, ysAt, CHUNK);
    const spot = new Float64Array(3);
    const last = Math.min(room, from + CHUNK);
    for (let i = from, k = 0; i < last; i++, k++) {
      const z = scene.dims === 3 ? spots[2 * room + i] : 0;
      projection.project(spots[i], spots[room + i], z, spot);
      xs[k] = x0 + spot[0] * scale;
      ys[k] = y0 - spot[1] * scale;
    }
  }

  function kernelFor({ camera }: Scene) {
    if (camera.kind === 'plane') return kernels.place_plane;
    if (camera.kind === 'disk') return undefined;
    if (camera.projection === 'globe') return kernels.place_globe;
    if (camera.projection === 'lambert') return kernels.place_lambert;
    if (camera.projection !== 'mollweide') return undefined;
    takeAngles();
    return kernels.place_mollweide;
  }

  /** Middle of the projection among the cells. */
  function middleOf(camera: Camera, { width, height }: Scene, pad: number): [number, number] {
    const [right, down] = camera.kind === 'plane' ? [0, 0] : camera.shift;
    const [x0, y0] = [width / 2 + right + pad, height / 2 + down + pad];
    if (camera.kind !== 'plane') return [x0, y0];
    return [x0 - camera.center[0] * camera.scale, y0 + camera.center[1] * camera.scale];
  }

  function draw(scene: Scene): Uint8ClampedArray<ArrayBuffer> {
    const { width, height, camera, settings } = scene;
    const isRound = settings.pointSize >= 2.5;
    const size = isRound
      ? Math.min(64, settings.pointSize)
      : Math.max(1, Math.round(settings.pointSize));
    // Cells around the picture take what hangs over its edge, so that no cell has to be checked.
    const margin = isRound ? Math.ceil(size / 2 + 1) : 0;
    const pad = isRound ? 2 * margin : 1;
    const [stride, rows] = [width + 2 * pad, height + 2 * pad];
    takePoints(scene);
    takeCodes(scene);
    const { cellsAt, coversAt, pixelsAt } = takePicture(stride * rows, width * height);
    const projection = projectionOf(camera);
    const place = kernelFor(scene);
    takeLevels(settings.opacity, isRound, projection.hasDepth);
    if (palette) new Uint32Array(memory.buffer, colorsAt, palette.length).set(palette);
    palette = undefined;
    if (isRound) takeBrush(size, stride);
    const numbers = new Int32Array(memory.buffer, job, 26);
    const addresses = [column(0), column(1), column(2), column(3), xsAt, ysAt, ranksAt];
    numbers.set([...addresses, cellsAt, coversAt, pixelsAt, colorsAt, levelsAt, depthsAt]);
    numbers.set([anglesAt, brushAt], 13);
    const flags = [Number(projection.hasDepth), Number(scene.isSelecting), ground];
    numbers.set([stride, rows, width, height, pad, margin, ...flags], 16);
    const [x0, y0] = middleOf(camera, scene, pad);
    const turn = camera.kind === 'globe' ? camera.turn : [];
    new Float64Array(memory.buffer, job + 104, 12).set([x0, y0, camera.scale, ...turn]);
    for (let from = 0; from < room; from += CHUNK) {
      const count = Math.min(room - from, CHUNK);
      if (place) place(job, from, count);
      else placeSlowly(projection, scene, from, x0, y0);
      if (isRound) kernels.disks(job, from, count);
      else kernels.squares(job, from, count, size);
    }
    kernels.shade(job, Number(isRound));
    return new Uint8ClampedArray(memory.buffer, pixelsAt, 4 * width * height);
  }

  return { setPalette, draw };
}
