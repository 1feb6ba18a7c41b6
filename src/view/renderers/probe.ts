import { cpuRenderer } from './cpu/renderer.ts';
import type { Renderer, Tier } from './renderer.ts';

/** The fastest tier that draws right here; `tier` asks for one, which the answer's `about` says where it can't be had. */
export async function bestRenderer(canvas: HTMLCanvasElement, tier?: Tier): Promise<Renderer> {
  return cpuRenderer(canvas, tier === 'cpu' ? 'as asked' : 'no graphics card is used yet');
}
