import type { Camera, Size } from '../camera.ts';
import { panned, turned, zoomed } from '../moves.ts';

/** The camera after a key, where it moves the camera; `Home` and letters are not of these. */
export function cameraAfterKey(
  camera: Camera,
  size: Size,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
): Camera | undefined {
  const middle = [size.width / 2, size.height / 2] as const;
  const far = shiftKey ? 3 : 1;
  if (key === '+' || key === '=') return zoomed(camera, 1.25, middle, size);
  if (key === '-' || key === '_') return zoomed(camera, 1 / 1.25, middle, size);
  const [right, up] = ARROWS[key] ?? [0, 0];
  if (right === 0 && up === 0) return undefined;
  // A key turns the globe by 6°, and looks further along a map by a sixteenth of the picture.
  if (camera.kind === 'globe') return turned(camera, right * far * 0.105, up * far * 0.105);
  const step = (far * Math.min(size.width, size.height)) / 16;
  return panned(camera, -right * step, up * step);
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
