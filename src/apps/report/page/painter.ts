import type { SphereData } from '../sphere-data.ts';
import type { SphereGeometry } from './geometry.ts';

/** What is shown: the view, how far from before (0) to after (1), and the two marked rows. */
export interface SphereState {
  turn: Float64Array;
  share: number;
  hovered: number;
  found: number;
}

/**
 * Draws the points on a canvas; runs in the reader's browser and uses only what it is handed.
 * Colours and type are those of the page at the moment of drawing.
 */
export function spherePainter(
  canvas: HTMLCanvasElement,
  data: SphereData,
  { unpacked, between, seen, pointAt }: SphereGeometry,
) {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const before = unpacked(data.before);
  const after = data.after === undefined ? before : unpacked(data.after);
  const shown = new Float64Array(before.length);
  const layers = 14;
  let size = 0;
  let radius = 0;

  function css(name: string): string {
    return getComputedStyle(canvas).getPropertyValue(name).trim();
  }

  function mixed(a: string, b: string, t: number): string {
    const part = (hex: string, i: number) => Number.parseInt(hex.slice(2 * i + 1, 2 * i + 3), 16);
    const parts = [0, 1, 2].map((i) => Math.round(part(a, i) + t * (part(b, i) - part(a, i))));
    return `rgb(${parts.join(',')})`;
  }

  function resize(): void {
    const ratio = window.devicePixelRatio || 1;
    size = canvas.clientWidth;
    radius = size / 2 - 12;
    const pixels = Math.round(size * ratio);
    if (canvas.width !== pixels) {
      canvas.width = pixels;
      canvas.height = pixels;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size, size);
    context.translate(size / 2, size / 2);
  }

  function graticule(turn: Float64Array): void {
    const curve = new Float64Array(3 * 73);
    const turned = new Float64Array(curve.length);
    context.beginPath();
    for (const degrees of [-60, -30, 0, 30, 60, 100, 160, 220]) {
      const a = (degrees * Math.PI) / 180;
      const [c, s] = [Math.cos(a), Math.sin(a)];
      for (let i = 0; i <= 72; i++) {
        const [p, q] = [Math.cos((i * Math.PI) / 36), Math.sin((i * Math.PI) / 36)];
        // Parallels of latitude up to 60°, then meridians 60° apart.
        curve.set(degrees <= 60 ? [c * p, s, c * q] : [c * p, q, s * p], 3 * i);
      }
      seen(turn, curve, turned);
      for (let i = 3; i < turned.length; i += 3) {
        if (turned[i + 2] < 0 || turned[i - 1] < 0) continue;
        context.moveTo(radius * turned[i - 3], -radius * turned[i - 2]);
        context.lineTo(radius * turned[i], -radius * turned[i + 1]);
      }
    }
    context.strokeStyle = css('--tm-grid');
    context.lineWidth = 0.9;
    context.stroke();
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.strokeStyle = css('--tm-muted');
    context.globalAlpha = 0.5;
    context.stroke();
    context.globalAlpha = 1;
  }

  /** From the farthest layer to the nearest; points behind are pale and small. */
  function dots(color: string): void {
    context.fillStyle = color;
    const scale = Math.min(1.1, Math.max(0.7, size / 560));
    for (let layer = 0; layer < layers; layer++) {
      const from = -1 + (2 * layer) / layers;
      const z = from + 1 / layers;
      const r = scale * (z < 0 ? 1.3 + 0.3 * z : 1.5 + 1.3 * z);
      context.globalAlpha = z < 0 ? 0.18 + 0.08 * z : 0.4 + 0.5 * z;
      context.beginPath();
      for (let i = 0; i < shown.length; i += 3) {
        const depth = shown[i + 2];
        const last = layer === layers - 1;
        if (depth < from || (depth >= from + 2 / layers && !last)) continue;
        const [x, y] = [radius * shown[i], -radius * shown[i + 1]];
        context.moveTo(x + r, y);
        context.arc(x, y, r, 0, 2 * Math.PI);
      }
      context.fill();
    }
    context.globalAlpha = 1;
  }

  function label(i: number, strength: number, bold: boolean): void {
    context.font = `${bold ? '600 14px' : '12px'} ${getComputedStyle(canvas).fontFamily}`;
    context.globalAlpha = strength;
    const half = context.measureText(data.labels[i]).width / 2 + 4;
    const limit = Math.max(0, size / 2 - half);
    const x = Math.max(-limit, Math.min(limit, radius * shown[3 * i]));
    const y = Math.max(16 - size / 2, -radius * shown[3 * i + 1] - 7);
    context.lineWidth = 4;
    context.strokeStyle = css('--tm-paper');
    context.strokeText(data.labels[i], x, y);
    context.fillStyle = css('--tm-ink');
    context.fillText(data.labels[i], x, y);
    context.beginPath();
    context.arc(radius * shown[3 * i], -radius * shown[3 * i + 1], 2.4, 0, 2 * Math.PI);
    context.fill();
    context.globalAlpha = 1;
  }

  function ring(i: number): void {
    context.beginPath();
    context.arc(radius * shown[3 * i], -radius * shown[3 * i + 1], 6, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = css('--tm-ink');
    context.stroke();
  }

  function labels(state: SphereState): void {
    context.textAlign = 'center';
    context.lineJoin = 'round';
    context.font = `12px ${getComputedStyle(canvas).fontFamily}`;
    const placed: { x: number; y: number; w: number }[] = [];
    const most = Math.round(size / 24);
    for (const i of data.landmarks) {
      const z = shown[3 * i + 2];
      if (z < 0.2 || placed.length >= most || i === state.hovered || i === state.found) continue;
      const w = context.measureText(data.labels[i]).width;
      const [x, y] = [radius * shown[3 * i], -radius * shown[3 * i + 1]];
      const covers = (p: { x: number; y: number; w: number }) =>
        Math.abs(p.x - x) < (p.w + w) / 2 + 4 && Math.abs(p.y - y) < 15;
      if (placed.some(covers)) continue;
      placed.push({ x, y, w });
      label(i, Math.min(1, (z - 0.2) / 0.25), false);
    }
    for (const i of [state.found, state.hovered]) {
      if (i < 0) continue;
      ring(i);
      label(i, 1, true);
    }
  }

  function paint(state: SphereState): void {
    // In print, or before it is laid out, the canvas has no size.
    if (canvas.clientWidth < 40) return;
    resize();
    between(before, after, state.share, shown);
    seen(state.turn, shown, shown);
    graticule(state.turn);
    const share = data.after === undefined ? 1 : state.share;
    dots(mixed(css('--tm-before'), css('--tm-after'), share));
    labels(state);
  }

  /** The row under a position in the canvas's own pixels, or −1. */
  function rowAt(x: number, y: number): number {
    return pointAt(shown, (x - size / 2) / radius, (size / 2 - y) / radius, 12 / radius);
  }

  return { paint, rowAt, position: (i: number) => shown.subarray(3 * i, 3 * i + 3) };
}

export type SpherePainter = ReturnType<typeof spherePainter>;
