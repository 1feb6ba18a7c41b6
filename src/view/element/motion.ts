import type { Camera } from '../camera.ts';
import { eased, glide } from '../glide.ts';
import { rotated } from '../moves.ts';

/** Where a camera is that moves by itself; undefined when the motion has ended. */
export type Motion = (camera: Camera, milliseconds: number) => Camera | undefined;

/** From where it is to a goal, in a third of a second. */
export function gliding(from: Camera, goal: Camera, duration = 350): Motion {
  let past = 0;
  return (_, milliseconds) => {
    past += milliseconds;
    return past > duration + milliseconds ? undefined : glide(from, goal, eased(past / duration));
  };
}

/** Turning on after a throw, slower and slower. */
export function coasting(axis: readonly number[], speed: number): Motion {
  let left = speed;
  return (camera, milliseconds) => {
    left *= Math.exp(-milliseconds / 400);
    return camera.kind === 'globe' && left > 5e-5
      ? rotated(camera, axis, left * milliseconds)
      : undefined;
  };
}

/** Turning about the upright axis until it is stopped: once around in so many seconds. */
export function spinning(seconds: number): Motion {
  return (camera, milliseconds) =>
    camera.kind === 'globe'
      ? rotated(camera, [0, 1, 0], (2 * Math.PI * milliseconds) / (1000 * seconds))
      : undefined;
}
