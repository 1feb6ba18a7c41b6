import type { Camera, Size } from '../../camera.ts';
import { type Cloud, type Palette, pointCount } from '../../cloud.ts';
import { middleOf } from '../../placement.ts';
import { projectionId } from '../../projections/index.ts';
import { codesOf, hasSelected } from '../codes.ts';
import { PROJECTION_NUMBERS } from '../projection-numbers.ts';
import type { DrawSettings, Renderer } from '../renderer.ts';
import { presenterFor, readBack } from './presenter.ts';
import { COMPUTE, GROUP, GROUPS } from './shader.ts';

/** Draws by WebGPU: points are splatted by a compute shader, no f16 and no feature asked for. */
export async function webgpuRenderer(
  canvas: HTMLCanvasElement,
  device: GPUDevice,
  card: { readonly name: string; readonly isSoftware: boolean },
): Promise<Renderer> {
  const drawing = new Drawing(device);
  const presenter = await presenterFor(device, canvas, card.isSoftware);
  return {
    tier: 'webgpu',
    about: `the graphics card by WebGPU, ${presenter.how}: ${card.name}`,
    lost: device.lost.then(({ message }) => `the graphics card was lost: ${message}`),
    setCloud: (cloud) => drawing.setCloud(cloud),
    setPalette: (palette) => drawing.setPalette(palette),
    resize: (size) => drawing.resize(size),
    async draw(camera, settings) {
      drawing.draw(camera, settings);
      await presenter.present(drawing.picture, drawing.size);
    },
    pixels: () => readBack(device, drawing.picture, drawing.size),
    dispose: () => device.destroy(),
  };
}

class Drawing {
  readonly #device: GPUDevice;
  readonly #splat: GPUComputePipeline;
  readonly #shade: GPUComputePipeline;
  readonly #layout: GPUBindGroupLayout;
  readonly #view: GPUBuffer;
  readonly #colors: GPUBuffer;
  #positions: GPUBuffer;
  #codes: GPUBuffer;
  #tops: GPUBuffer;
  #covers: GPUBuffer;
  #picture: GPUBuffer;
  #ground = 0xffffff;
  #cloud: Cloud | undefined;
  #isSelecting = false;
  #size: Size = { width: 1, height: 1 };

  constructor(device: GPUDevice) {
    this.#device = device;
    const types = [
      'uniform',
      'read-only-storage',
      'read-only-storage',
      'storage',
      'storage',
      'read-only-storage',
      'storage',
    ] as const;
    this.#layout = device.createBindGroupLayout({
      entries: types.map((type, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type },
      })),
    });
    const layout = device.createPipelineLayout({ bindGroupLayouts: [this.#layout] });
    const module = device.createShaderModule({ code: COMPUTE });
    const [splat, shade] = ['splat', 'shade'].map((entryPoint) =>
      device.createComputePipeline({ layout, compute: { module, entryPoint } }),
    );
    this.#splat = splat;
    this.#shade = shade;
    this.#view = device.createBuffer({
      size: 112,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.#colors = this.#storage(4 * 256);
    [this.#positions, this.#codes, this.#tops, this.#covers, this.#picture] = [0, 1, 2, 3, 4].map(
      () => this.#storage(4),
    );
  }

  get picture(): GPUBuffer {
    return this.#picture;
  }
  get size(): Size {
    return this.#size;
  }

  setCloud(cloud: Cloud): void {
    pointCount(cloud);
    const { positions, dims, shades, hidden, selected } = cloud;
    const held = this.#cloud;
    const { queue } = this.#device;
    if (positions !== held?.positions || dims !== held.dims) {
      this.#positions = this.#fresh(this.#positions, positions.byteLength);
      queue.writeBuffer(this.#positions, 0, positions as Float32Array<ArrayBuffer>);
    }
    if (shades !== held?.shades || hidden !== held.hidden || selected !== held.selected) {
      const codes = new Uint16Array(shades.length + (shades.length % 2));
      codes.set(codesOf(cloud));
      this.#codes = this.#fresh(this.#codes, codes.byteLength);
      queue.writeBuffer(this.#codes, 0, codes);
      this.#isSelecting = hasSelected(cloud);
    }
    this.#cloud = cloud;
  }

  setPalette({ colors, background }: Palette): void {
    const all = Uint32Array.from({ length: 256 }, (_, i) => colors[Math.min(i, colors.length - 1)]);
    this.#device.queue.writeBuffer(this.#colors, 0, all);
    this.#ground = background;
  }

  resize(size: Size): void {
    this.#size = { width: Math.max(1, size.width), height: Math.max(1, size.height) };
    const bytes = 4 * this.#size.width * this.#size.height;
    this.#tops = this.#fresh(this.#tops, bytes);
    this.#covers = this.#fresh(this.#covers, bytes);
    this.#picture = this.#fresh(this.#picture, bytes);
  }

  draw(camera: Camera, settings: DrawSettings): void {
    const { width, height } = this.#size;
    const fits = this.#cloud?.dims === (camera.kind === 'globe' ? 3 : 2);
    const count = fits ? (this.#cloud?.shades.length ?? 0) : 0;
    this.#device.queue.writeBuffer(this.#view, 0, this.#viewBytes(camera, settings, count));
    const encoder = this.#device.createCommandEncoder();
    encoder.clearBuffer(this.#tops);
    encoder.clearBuffer(this.#covers);
    const buffers = [
      this.#view,
      this.#positions,
      this.#codes,
      this.#tops,
      this.#covers,
      this.#colors,
      this.#picture,
    ];
    const group = this.#device.createBindGroup({
      layout: this.#layout,
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, group);
    for (const [pipeline, threads] of [
      [this.#splat, count] as const,
      [this.#shade, width * height] as const,
    ]) {
      const groups = Math.ceil(threads / GROUP);
      if (groups === 0) continue;
      pass.setPipeline(pipeline);
      pass.dispatchWorkgroups(Math.min(groups, GROUPS), Math.ceil(groups / GROUPS));
    }
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  /** The struct `View` of the shader: columns of a matrix are padded to four numbers. */
  #viewBytes(camera: Camera, settings: DrawSettings, count: number): ArrayBuffer {
    const bytes = new ArrayBuffer(112);
    const floats = new Float32Array(bytes);
    const whole = new Uint32Array(bytes);
    const { middleX, middleY } = middleOf(camera, this.#size);
    if (camera.kind === 'globe') {
      for (let row = 0; row < 3; row++)
        for (let column = 0; column < 3; column++)
          floats[4 * column + row] = camera.turn[3 * row + column];
    } else floats.set(camera.center, 12);
    floats.set([middleX, middleY, this.#size.width, this.#size.height], 14);
    floats.set([camera.scale, Math.max(1, settings.pointSize), settings.opacity], 18);
    whole[21] = PROJECTION_NUMBERS[projectionId(camera)];
    whole[22] = count;
    whole[23] = this.#cloud?.dims ?? 2;
    whole[24] = this.#isSelecting ? 1 : 0;
    whole[25] = this.#ground;
    return bytes;
  }

  #storage(bytes: number): GPUBuffer {
    const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
    return this.#device.createBuffer({
      size: Math.max(4, bytes),
      usage: STORAGE | COPY_DST | COPY_SRC,
    });
  }

  #fresh(held: GPUBuffer, bytes: number): GPUBuffer {
    if (held.size === Math.max(4, bytes)) return held;
    held.destroy();
    return this.#storage(bytes);
  }
}
