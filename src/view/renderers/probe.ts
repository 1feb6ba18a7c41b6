import type { Camera, Size } from '../camera.ts';
import type { Cloud, Palette } from '../cloud.ts';
import { drawn } from './cpu/drawn.ts';
import { cpuRenderer } from './cpu/renderer.ts';
import type { Renderer, Tier } from './renderer.ts';
import { webgl2Renderer } from './webgl2/renderer.ts';
import { webgpuRenderer } from './webgpu/renderer.ts';

/** Names of drivers that compute on the processor, where ours is faster. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render|software/i;

/** A tier that could be had here, or a sentence that says why not. */
type Offer = ((canvas: HTMLCanvasElement) => Renderer | Promise<Renderer>) | string;

/**
 * The fastest tier that draws right here: a card must not be imitated by the processor, and must draw a trial as the
 * processor does. `tier` asks for one alone, imitated or not; the processor draws where that can't be had, and says so.
 */
export async function bestRenderer(canvas: HTMLCanvasElement, tier?: Tier): Promise<Renderer> {
  const reasons: string[] = [];
  for (const [id, offer] of [['webgpu', webgpuOffer] as const, ['webgl2', webgl2Offer] as const]) {
    if (tier !== undefined && tier !== id) continue;
    const made = await tried(() => offer(tier === id));
    const answer = typeof made === 'string' ? made : await tried(() => trial(made));
    if (answer !== undefined) reasons.push(answer as string);
    else return (made as Exclude<Offer, string>)(canvas);
  }
  return cpuRenderer(canvas, tier === 'cpu' ? 'as asked' : reasons.join('; '));
}

/** What a step gives, or the sentence of what it threw. */
async function tried<T>(step: () => T | Promise<T>): Promise<T | string> {
  try {
    return await step();
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

async function webgpuOffer(takesSoftware: boolean): Promise<Offer> {
  const adapter = await globalThis.navigator.gpu?.requestAdapter();
  if (!adapter) return 'this browser offers no WebGPU here';
  const { vendor, architecture, description } = adapter.info;
  const name = [vendor, architecture, description].filter(Boolean).join(' ') || 'an unnamed card';
  const isSoftware = adapter.info.isFallbackAdapter === true || SOFTWARE.test(name);
  if (isSoftware && !takesSoftware) return `WebGPU is imitated by the processor (${name})`;
  return async (canvas) =>
    webgpuRenderer(canvas, await adapterDevice(adapter), { name, isSoftware });
}

/** A device of the adapter; one adapter gives one device, so a second asks for another adapter. */
async function adapterDevice(first: GPUAdapter): Promise<GPUDevice> {
  const adapter = (await navigator.gpu.requestAdapter()) ?? first;
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  return adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } });
}

function webgl2Offer(takesSoftware: boolean): Offer {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return 'this browser offers no WebGL2 here';
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const card = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  if (SOFTWARE.test(card) && !takesSoftware) return `WebGL2 is imitated by the processor (${card})`;
  return (canvas) => webgl2Renderer(canvas, card);
}

const SIZE: Size = { width: 48, height: 32 };
const CAMERA: Camera = { kind: 'plane', center: [0, 0], scale: 1 };
const PALETTE: Palette = { colors: Uint32Array.of(0x0072b2, 0xd55e00), background: 0xffffff };

/** Draws 60 points on a canvas of its own; a sentence where they are not those of the processor. */
async function trial(offer: Exclude<Offer, string>): Promise<string | undefined> {
  const positions = Float32Array.from({ length: 120 }, (_, i) =>
    i % 2 === 0 ? ((i * 7) % 40) - 20 + 0.5 : ((i * 5) % 24) - 12 + 0.5,
  );
  const shades = Uint8Array.from({ length: 60 }, (_, i) => i % 2);
  const cloud: Cloud = { positions, dims: 2, shades };
  const settings = { pointSize: 1, opacity: 1 };
  const canvas = document.createElement('canvas');
  const renderer = await offer(canvas);
  renderer.setPalette(PALETTE);
  renderer.setCloud(cloud);
  renderer.resize(SIZE);
  await renderer.draw(CAMERA, settings);
  const { data } = await renderer.pixels();
  renderer.dispose();
  const expected = drawn(cloud, CAMERA, SIZE, settings, PALETTE);
  const isSame = expected.every((value, i) => Math.abs(value - data[i]) <= 2);
  return isSame ? undefined : `${renderer.tier} draws other points than it should`;
}
