import type { Size } from '../../camera.ts';
import { PRESENT } from './shader.ts';

/** Brings a picture that lies in the card's memory onto a canvas. */
export interface Presenter {
  readonly how: string;
  present(picture: GPUBuffer, size: Size): Promise<void>;
}

/**
 * Onto the canvas of the card where that works here, otherwise by reading the picture back. Imitated cards are not even
 * tried: some end the browser's whole access to WebGPU when they are to present.
 */
export async function presenterFor(
  device: GPUDevice,
  canvas: HTMLCanvasElement,
  isSoftware: boolean,
): Promise<Presenter> {
  if (!isSoftware && (await canPresent(device))) {
    const onCanvas = canvasPresenter(device, canvas);
    if (onCanvas) return onCanvas;
  }
  const context = canvas.getContext('2d', { alpha: false });
  return {
    how: 'read back',
    async present(picture, size) {
      resize(canvas, size);
      context?.putImageData(await readBack(device, picture, size), 0, 0);
    },
  };
}

function canvasPresenter(device: GPUDevice, canvas: HTMLCanvasElement): Presenter | undefined {
  const context = canvas.getContext('webgpu');
  if (!context) return undefined;
  const format = navigator.gpu.getPreferredCanvasFormat();
  const module = device.createShaderModule({ code: PRESENT });
  const pipeline = device.createRenderPipeline({
    layout: 'auto',
    vertex: { module, entryPoint: 'corner' },
    fragment: { module, entryPoint: 'color', targets: [{ format }] },
  });
  const width = device.createBuffer({
    size: 16,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  context.configure({ device, format, alphaMode: 'opaque' });
  return {
    how: 'onto the canvas',
    async present(picture, size) {
      resize(canvas, size);
      device.queue.writeBuffer(width, 0, Uint32Array.of(size.width, 0, 0, 0));
      const encoder = device.createCommandEncoder();
      const view = context.getCurrentTexture().createView();
      const pass = encoder.beginRenderPass({
        colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }],
      });
      const entries = [picture, width].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      }));
      pass.setPipeline(pipeline);
      pass.setBindGroup(
        0,
        device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }),
      );
      pass.draw(3);
      pass.end();
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
    },
  };
}

function resize(canvas: HTMLCanvasElement, { width, height }: Size): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** Whether a pixel that is presented on a canvas is there: some drivers compute and can't present. */
async function canPresent(device: GPUDevice): Promise<boolean> {
  const trial = document.createElement('canvas');
  trial.width = 4;
  trial.height = 4;
  device.pushErrorScope('validation');
  device.pushErrorScope('internal');
  const picture = device.createBuffer({
    size: 64,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  });
  device.queue.writeBuffer(picture, 0, new Uint32Array(16).fill(0xff3366cc));
  let seen: Uint8ClampedArray | undefined;
  try {
    await canvasPresenter(device, trial)?.present(picture, { width: 4, height: 4 });
    const reader = document.createElement('canvas').getContext('2d');
    reader?.drawImage(trial, 0, 0);
    seen = reader?.getImageData(1, 1, 1, 1).data;
  } catch {
    seen = undefined;
  }
  const errors = [await device.popErrorScope(), await device.popErrorScope()];
  picture.destroy();
  const isThere = seen?.[0] === 0xcc && seen[1] === 0x66 && seen[2] === 0x33;
  return isThere && errors.every((error) => error === null);
}

export async function readBack(
  device: GPUDevice,
  picture: GPUBuffer,
  { width, height }: Size,
): Promise<ImageData> {
  const size = 4 * width * height;
  const copy = device.createBuffer({
    size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(picture, 0, copy, 0, size);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(GPUMapMode.READ);
  const bytes = new Uint8ClampedArray(copy.getMappedRange().slice(0));
  copy.destroy();
  return new ImageData(bytes, width, height);
}
