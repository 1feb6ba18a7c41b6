import type { Camera, Size } from '../camera.ts';
import type { Cloud, Palette } from '../cloud.ts';

/** Who draws: the graphics card by WebGPU or WebGL2, or the processor. */
export type Tier = 'webgpu' | 'webgl2' | 'cpu';

export interface DrawSettings {
  /** Pixels across a point. */
  readonly pointSize: number;
  /** How solid a single point is, in (0, 1]: what lies on top of one another adds up. */
  readonly opacity: number;
}

/** A tier: draws a cloud into one canvas. */
export interface Renderer {
  readonly tier: Tier;
  /** In words, for the page: which card, or why the processor. */
  readonly about: string;
  /** Whether it draws beside the page's thread, which is free meanwhile. */
  readonly isBeside?: boolean;
  /** Takes a cloud; arrays that are the same objects as before are not sent again. */
  setCloud(cloud: Cloud): void;
  setPalette(palette: Palette): void;
  resize(size: Size): void;
  /** Draws; resolves when the picture stands, so that frames can be counted honestly. */
  draw(camera: Camera, settings: DrawSettings): Promise<void>;
  /** What was drawn last: RGBA, row by row. */
  pixels(): Promise<ImageData>;
  /** Comes true, with the reason, when it can draw no more; the processor can always. */
  readonly lost?: Promise<string> | undefined;
  dispose(): void;
}
