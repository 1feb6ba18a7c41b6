import { cos, sin } from '../../core/numeric.ts';
import type { Camera, Size } from '../camera.ts';
import { middleOf } from '../placement.ts';
import { projectionOf } from '../projections/index.ts';
import { digits } from './digits.ts';

/** Steps of a line around the globe. */
const STEPS = 72;
const circle = Array.from({ length: STEPS + 1 }, (_, step) => {
  const angle = (2 * Math.PI * step) / STEPS;
  return [cos(angle), sin(angle)] as const;
});

/** The near halves of meridians 60° and of parallels 30° apart, so that the globe is seen to turn; nothing elsewhere. */
export function graticule(camera: Camera, size: Size, color: string, px: number): string {
  if (camera.kind !== 'globe' || camera.projection !== 'globe') return '';
  const { project } = projectionOf(camera);
  const { middleX, middleY } = middleOf(camera, size);
  const spot = new Float64Array(3);
  let path = '';
  const curve = (at: (c: number, s: number) => readonly [number, number, number]) => {
    let isDown = false;
    for (const [c, s] of circle) {
      project(...at(c, s), spot);
      const [right, up, depth] = spot;
      if (depth >= 0)
        path += `${isDown ? 'L' : 'M'}${digits(middleX + camera.scale * right)} ${digits(middleY - camera.scale * up)}`;
      isDown = depth >= 0;
    }
  };
  for (const degrees of [0, 60, 120]) {
    const [a, b] = [cos((degrees * Math.PI) / 180), sin((degrees * Math.PI) / 180)];
    curve((c, s) => [a * c, s, b * c]);
  }
  for (const degrees of [-60, -30, 0, 30, 60]) {
    const [a, b] = [cos((degrees * Math.PI) / 180), sin((degrees * Math.PI) / 180)];
    curve((c, s) => [a * c, b, a * s]);
  }
  return `<path d="${path}" fill="none" stroke="${color}" stroke-opacity="0.35" stroke-width="${digits(0.8 * px)}"/>`;
}
