import { UnsupportedError } from '../../../core/errors.ts';
import type { Camera, Size } from '../../camera.ts';
import { type Cloud, type Palette, pointCount } from '../../cloud.ts';
import { rgbOf } from '../../palettes/color.ts';
import { middleOf } from '../../placement.ts';
import { projectionId } from '../../projections/index.ts';
import { codesOf, hasSelected } from '../codes.ts';
import { PROJECTION_NUMBERS } from '../projection-numbers.ts';
import type { DrawSettings, Renderer } from '../renderer.ts';
import { COVER, POINTS, SHADE, topShader, WHOLE } from './shaders.ts';

/** Draws by WebGL2; refuses where the browser has none, or none that adds up halves of a float. */
export function webgl2Renderer(canvas: HTMLCanvasElement, card: string): Renderer {
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: false, depth: false });
  if (!gl?.getExtension('EXT_color_buffer_float'))
    throw new UnsupportedError('view', 'this browser has no WebGL2 that draws into floats.');
  const lost = new Promise<string>((resolve) => {
    canvas.addEventListener('webglcontextlost', () => resolve('the graphics card was lost'));
  });
  const drawing = new Drawing(gl);
  return {
    tier: 'webgl2',
    about: `the graphics card by WebGL2: ${card}`,
    lost,
    setCloud: (cloud) => drawing.setCloud(cloud),
    setPalette: (palette) => drawing.setPalette(palette),
    resize: (size) => drawing.resize(size),
    async draw(camera, settings) {
      drawing.draw(camera, settings);
    },
    async pixels() {
      return drawing.pixels();
    },
    dispose: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  };
}

class Drawing {
  readonly #gl: WebGL2RenderingContext;
  readonly #positions: WebGLBuffer;
  readonly #codes: WebGLBuffer;
  readonly #cover: WebGLProgram;
  readonly #squareTops: WebGLProgram;
  readonly #roundTops: WebGLProgram;
  readonly #shade: WebGLProgram;
  readonly #tops: WebGLTexture;
  readonly #covers: WebGLTexture;
  readonly #colors: WebGLTexture;
  readonly #depth: WebGLRenderbuffer;
  readonly #topTarget: WebGLFramebuffer;
  readonly #coverTarget: WebGLFramebuffer;
  #cloud: Cloud | undefined;
  #isSelecting = false;
  #size: Size;
  #ground: readonly number[] = [1, 1, 1];
  #again: () => void = () => undefined;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#positions = gl.createBuffer();
    this.#codes = gl.createBuffer();
    this.#cover = programOf(gl, POINTS, COVER);
    this.#squareTops = programOf(gl, POINTS, topShader(false));
    this.#roundTops = programOf(gl, POINTS, topShader(true));
    this.#shade = programOf(gl, WHOLE, SHADE);
    [this.#tops, this.#covers, this.#colors] = [0, 1, 2].map(() => plainTexture(gl));
    this.#depth = gl.createRenderbuffer();
    [this.#topTarget, this.#coverTarget] = [0, 1].map(() => gl.createFramebuffer());
    this.#size = { width: gl.canvas.width, height: gl.canvas.height };
    this.resize(this.#size);
  }

  setCloud(cloud: Cloud): void {
    const gl = this.#gl;
    pointCount(cloud);
    const { positions, dims, shades, hidden, selected } = cloud;
    const held = this.#cloud;
    if (positions !== held?.positions || dims !== held.dims) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#positions);
      gl.bufferData(gl.ARRAY_BUFFER, positions, gl.STATIC_DRAW);
      gl.enableVertexAttribArray(0);
      gl.vertexAttribPointer(0, dims, gl.FLOAT, false, 0, 0);
    }
    if (shades !== held?.shades || hidden !== held.hidden || selected !== held.selected) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#codes);
      gl.bufferData(gl.ARRAY_BUFFER, codesOf(cloud), gl.STATIC_DRAW);
      gl.enableVertexAttribArray(1);
      gl.vertexAttribIPointer(1, 1, gl.UNSIGNED_SHORT, 0, 0);
      this.#isSelecting = hasSelected(cloud);
    }
    this.#cloud = cloud;
  }

  setPalette({ colors, background }: Palette): void {
    const gl = this.#gl;
    const bytes = new Uint8Array(4 * 256);
    for (let shade = 0; shade < 256; shade++) {
      const rgb = rgbOf(colors[Math.min(shade, colors.length - 1)]);
      bytes.set([...rgb.map((part) => Math.round(255 * part)), 255], 4 * shade);
    }
    gl.bindTexture(gl.TEXTURE_2D, this.#colors);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    this.#ground = rgbOf(background);
  }

  resize(size: Size): void {
    const gl = this.#gl;
    const [width, height] = [Math.max(1, size.width), Math.max(1, size.height)];
    this.#size = { width, height };
    gl.canvas.width = width;
    gl.canvas.height = height;
    gl.bindTexture(gl.TEXTURE_2D, this.#tops);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
    gl.bindTexture(gl.TEXTURE_2D, this.#covers);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16F, width, height, 0, gl.RED, gl.HALF_FLOAT, null);
    gl.bindRenderbuffer(gl.RENDERBUFFER, this.#depth);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT24, width, height);
    const [color, plane] = [gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D];
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#topTarget);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, color, plane, this.#tops, 0);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, this.#depth);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#coverTarget);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, color, plane, this.#covers, 0);
  }

  draw(camera: Camera, settings: DrawSettings): void {
    const gl = this.#gl;
    this.#again = () => this.draw(camera, settings);
    const count = this.#cloud?.shades.length ?? 0;
    const fits = this.#cloud?.dims === (camera.kind === 'globe' ? 3 : 2);
    const isRound = settings.pointSize >= 2.5;
    gl.viewport(0, 0, this.#size.width, this.#size.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clearDepth(0);

    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#topTarget);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.GREATER);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    this.#look(isRound ? this.#roundTops : this.#squareTops, camera, settings);
    if (fits) gl.drawArrays(gl.POINTS, 0, count);
    gl.disable(gl.DEPTH_TEST);

    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#coverTarget);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE);
    gl.clear(gl.COLOR_BUFFER_BIT);
    this.#look(this.#cover, camera, settings);
    if (fits) gl.drawArrays(gl.POINTS, 0, count);
    gl.disable(gl.BLEND);

    this.#shadeAll(camera, settings);
  }

  #look(program: WebGLProgram, camera: Camera, { pointSize }: DrawSettings): void {
    const gl = this.#gl;
    const at = (name: string) => gl.getUniformLocation(program, name);
    const { middleX, middleY } = middleOf(camera, this.#size);
    gl.useProgram(program);
    gl.uniform1i(at('projection'), PROJECTION_NUMBERS[projectionId(camera)]);
    if (camera.kind === 'globe') gl.uniformMatrix3fv(at('turn'), true, camera.turn);
    else gl.uniform2f(at('center'), ...camera.center);
    gl.uniform1f(at('scale'), camera.scale);
    gl.uniform2f(at('middle'), middleX, middleY);
    gl.uniform2f(at('size'), this.#size.width, this.#size.height);
    gl.uniform1f(at('pointSize'), Math.max(1, pointSize));
  }

  #shadeAll(camera: Camera, { opacity }: DrawSettings): void {
    const gl = this.#gl;
    const at = (name: string) => gl.getUniformLocation(this.#shade, name);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.useProgram(this.#shade);
    for (const [unit, [name, texture]] of [
      ['tops', this.#tops] as const,
      ['covers', this.#covers] as const,
      ['colors', this.#colors] as const,
    ].entries()) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.uniform1i(at(name), unit);
    }
    gl.uniform3f(at('ground'), this.#ground[0], this.#ground[1], this.#ground[2]);
    gl.uniform1f(at('opacity'), opacity);
    gl.uniform1i(at('isSelecting'), this.#isSelecting ? 1 : 0);
    gl.uniform1i(at('hasDepth'), projectionId(camera) === 'globe' ? 1 : 0);
    gl.disableVertexAttribArray(0);
    gl.disableVertexAttribArray(1);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.enableVertexAttribArray(0);
    gl.enableVertexAttribArray(1);
  }

  /** What was drawn last, drawn anew: browsers empty the canvas when they have shown it. */
  pixels(): ImageData {
    const gl = this.#gl;
    this.#again();
    const { width, height } = this.#size;
    const bytes = new Uint8ClampedArray(4 * width * height);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(bytes.buffer));
    const upright = new Uint8ClampedArray(bytes.length);
    for (let y = 0; y < height; y++) {
      const row = bytes.subarray(4 * width * y, 4 * width * (y + 1));
      upright.set(row, 4 * width * (height - 1 - y));
    }
    return new ImageData(upright, width, height);
  }
}

function plainTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  return texture;
}

function programOf(gl: WebGL2RenderingContext, points: string, colors: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, points] as const,
    [gl.FRAGMENT_SHADER, colors] as const,
  ]) {
    const shader = gl.createShader(kind) as WebGLShader;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS))
      throw new UnsupportedError('view', `WebGL2: ${gl.getShaderInfoLog(shader)}`);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS))
    throw new UnsupportedError('view', `WebGL2: ${gl.getProgramInfoLog(program)}`);
  return program;
}
