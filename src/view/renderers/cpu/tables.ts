/** The colors of 256 shades at 256 levels, as the memory of a picture has them. Self-contained: its text is sent to a worker. */
export function paletteTable(colors: Uint32Array, background: number) {
  function mixed(color: number, share: number): number {
    let out = 255 << 24;
    for (let place = 0; place < 3; place++) {
      const from = (background >>> (16 - 8 * place)) & 255;
      const to = (color >>> (16 - 8 * place)) & 255;
      out |= Math.round(from + (to - from) * share) << (8 * place);
    }
    return out >>> 0;
  }
  const table = new Uint32Array(256 * 256);
  for (let shade = 0; shade < 256; shade++) {
    const color = colors[Math.min(shade, colors.length - 1)];
    for (let level = 0; level < 256; level++)
      table[256 * shade + level] = mixed(color, level / 255);
  }
  return { table, ground: mixed(0, 0) };
}

/** How solid so many points are, in 0 … 255. Self-contained. */
export function solidity(points: number, opacity: number): number {
  return Math.round(255 * (points < 1 ? opacity * points : 1 - (1 - opacity) ** points));
}

/**
 * Which cells a disk covers and how much, in sixteenths, for each of 4 × 4 places of its middle within a cell.
 * Self-contained.
 */
export function brushesOf(size: number, stride: number) {
  const reach = Math.ceil(size / 2 + 1);
  const all: { cells: Int32Array; weights: Uint8Array }[] = [];
  for (let place = 0; place < 16; place++) {
    const cells: number[] = [];
    const weights: number[] = [];
    const [mx, my] = [((place & 3) + 0.5) / 4, ((place >> 2) + 0.5) / 4];
    for (let y = -reach; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++) {
        const away = Math.sqrt((x + 0.5 - mx) ** 2 + (y + 0.5 - my) ** 2);
        const weight = Math.round(16 * Math.min(1, Math.max(0, size / 2 + 0.5 - away)));
        if (weight === 0) continue;
        cells.push(y * stride + x);
        weights.push(weight);
      }
    }
    all.push({ cells: Int32Array.from(cells), weights: Uint8Array.from(weights) });
  }
  return all;
}

/** How solid a point of the globe is by its depth: pale behind, a smooth way over the horizon. Self-contained. */
export function paleness(depth: number): number {
  const t = Math.min(1, Math.max(0, (depth + 0.3) / 0.9));
  return 0.16 + 0.84 * t * t * (3 - 2 * t);
}
