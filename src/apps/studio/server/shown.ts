import { isRecord } from '../../../io/described.ts';
import type { Shown } from '../contract.ts';
import { RefusedError } from './guard.ts';

/** What a page says that it shows. */
export function shownOf({ map, color, camera }: Readonly<Record<string, unknown>>): Shown {
  const isCamera = isRecord(camera) && (camera['kind'] === 'plane' || camera['kind'] === 'globe');
  const isColor = color === undefined || typeof color === 'string';
  if (typeof map === 'string' && isColor && isCamera)
    return { map, color, camera: camera as unknown as Shown['camera'] };
  throw new RefusedError(
    400,
    'shown',
    'what is shown is the id of a map, maybe of a field as color, and a camera.',
  );
}
