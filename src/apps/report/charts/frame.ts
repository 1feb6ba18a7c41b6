import type { Scale } from './scale.ts';
import { element, text } from './svg.ts';
import { FONT_SIZE, theme } from './theme.ts';

/** Where the data are drawn inside a picture. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface AxisTitles {
  readonly x: string;
  readonly y: string;
}

/** Axes with ticks, hairlines across and the two titles; the y title stands upright above its axis. */
export function frame(area: Area, x: Scale, y: Scale, titles: AxisTitles): string {
  const parts: string[] = [];
  for (const tick of y.ticks) {
    const at = y(tick.value);
    parts.push(line(area.left, at, area.right, at, theme.grid));
    parts.push(
      text(area.left - 7, at + 4, tick.label, { anchor: 'end', color: theme.muted, size: 11 }),
    );
  }
  parts.push(line(area.left, area.bottom, area.right, area.bottom, theme.muted));
  for (const tick of x.ticks) {
    const at = x(tick.value);
    parts.push(line(at, area.bottom, at, area.bottom + 4, theme.muted));
    parts.push(
      text(at, area.bottom + 17, tick.label, { anchor: 'middle', color: theme.muted, size: 11 }),
    );
  }
  parts.push(text(area.right, area.bottom + 34, titles.x, { anchor: 'end', color: theme.muted }));
  parts.push(text(0, FONT_SIZE, titles.y, { color: theme.muted }));
  return parts.join('');
}

export function line(x1: number, y1: number, x2: number, y2: number, color: string): string {
  return element('line', { x1, y1, x2, y2, style: `stroke:${color};stroke-width:1` });
}

/** A label that wants to stand at (x, y) and may be moved up. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const LINE_HEIGHT = 15;

/**
 * Heights at which labels do not cover each other: each one moves up past those before it, and down
 * again where that would take it above `top`.
 */
export function separated(labels: readonly Label[], top: number): number[] {
  const placed: { x: number; y: number; width: number }[] = [];
  const clash = (label: Label, y: number) =>
    placed.find(
      (other) =>
        Math.abs(other.x - label.x) < (other.width + label.width) / 2 + 6 &&
        Math.abs(other.y - y) < LINE_HEIGHT - 0.01,
    );
  return labels.map((label) => {
    let y = Math.max(top, label.y);
    for (let hit = clash(label, y); hit; hit = clash(label, y)) y = hit.y - LINE_HEIGHT;
    if (y < top) {
      y = Math.max(top, label.y);
      for (let hit = clash(label, y); hit; hit = clash(label, y)) y = hit.y + LINE_HEIGHT;
    }
    placed.push({ x: label.x, y, width: label.width });
    return y;
  });
}
