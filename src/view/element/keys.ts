import type { Camera, Size } from '../camera.ts';
import { panned, turned, zoomed } from '../moves.ts';

/** What the keys do, for readers who listen. */
export const KEYS_IN_WORDS =
  'Arrow keys move or turn, plus and minus zoom, Home shows all, L draws an area, B draws a box, Enter picks the point in the middle, Escape gives up.';

/** What a key asks for besides moving the camera. */
export type KeyCommand = 'fit' | 'lasso' | 'box' | 'pick' | 'escape';

const COMMANDS: Readonly<Record<string, KeyCommand>> = {
  Home: 'fit',
  l: 'lasso',
  L: 'lasso',
  b: 'box',
  B: 'box',
  Enter: 'pick',
  Escape: 'escape',
};

export function keyCommand(key: string): KeyCommand | undefined {
  return Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The camera after a key, where it moves the camera; Shift goes three times as far. */
export function cameraAfterKey(
  camera: Camera,
  size: Size,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
): Camera | undefined {
  const middle = [size.width / 2, size.height / 2] as const;
  if (key === '+' || key === '=') return zoomed(camera, 1.25, middle, size);
  if (key === '-' || key === '_') return zoomed(camera, 1 / 1.25, middle, size);
  if (!Object.hasOwn(ARROWS, key)) return undefined;
  const [right, up] = ARROWS[key].map((step) => step * (shiftKey ? 3 : 1));
  // A key turns the globe by 6°, and looks further along a map by a sixteenth of the picture.
  if (camera.kind === 'globe') return turned(camera, right * 0.105, up * 0.105);
  const step = Math.min(size.width, size.height) / 16;
  return panned(camera, -right * step, up * step);
}
