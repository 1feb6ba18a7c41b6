import { isRecord } from '../../../io/described.ts';
import type { Camera } from '../../../view/camera.ts';
import type { Shown } from '../contract.ts';
import { RefusedError } from './guard.ts';

/** What a page says that it shows. */
export function shownOf({ map, color, camera }: Readonly<Record<string, unknown>>): Shown {
  const isColor = color === undefined || typeof color === 'string';
  if (typeof map === 'string' && isColor && isCamera(camera)) return { map, color, camera };
  throw new RefusedError(
    400,
    'shown',
    'what is shown is the id of a map, maybe of a field as color, and a camera.',
  );
}

const PROJECTIONS = ['globe', 'lambert', 'mollweide', 'stereographic', 'slice'];

function isCamera(value: unknown): value is Camera {
  if (!isRecord(value) || !Number.isFinite(value['scale'])) return false;
  const { kind, center, shift, turn, projection } = value;
  if (kind === 'plane') return isNumbers(center, 2);
  if (kind === 'disk') return isNumbers(center, 2) && isNumbers(shift, 2);
  const isProjection = PROJECTIONS.some((name) => name === projection);
  return kind === 'globe' && isProjection && isNumbers(turn, 9) && isNumbers(shift, 2);
}

const isNumbers = (value: unknown, count: number): boolean =>
  Array.isArray(value) && value.length === count && value.every(Number.isFinite);
