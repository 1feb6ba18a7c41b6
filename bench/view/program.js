// What runs in the page: clouds, contestants, and the clock. Each contestant gives `frame(i)`, which resolves when the
// picture stands.
import * as tammes from '../../dist/view/index.js';

const [WIDTH, HEIGHT] = [1200, 800];

/** Numbers in [0, 1) that repeat (mulberry32). */
function numbers(seed) {
  let s = seed;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** 24 round groups on a map, in 8 shades. */
function groups(n) {
  const next = numbers(7);
  const centers = Array.from({ length: 24 }, () => [
    (next() * 2 - 1) * 0.8,
    (next() * 2 - 1) * 0.8,
  ]);
  const positions = new Float32Array(2 * n);
  const shades = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const k = (next() * 24) | 0;
    const [radius, angle] = [Math.sqrt(-2 * Math.log(next() + 1e-12)), 2 * Math.PI * next()];
    positions[2 * i] = centers[k][0] + 0.06 * radius * Math.cos(angle);
    positions[2 * i + 1] = centers[k][1] + 0.06 * radius * Math.sin(angle);
    shades[i] = k % 8;
  }
  return { positions, dims: 2, shades };
}

/** Uniform points of the sphere, in 8 shades. */
function sphere(n) {
  const next = numbers(9);
  const positions = new Float32Array(3 * n);
  const shades = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const z = 2 * next() - 1;
    const [across, angle] = [Math.sqrt(1 - z * z), 2 * Math.PI * next()];
    positions.set([across * Math.cos(angle), across * Math.sin(angle), z], 3 * i);
    shades[i] = i % 8;
  }
  return { positions, dims: 3, shades };
}

function fresh(tag) {
  document.body.innerHTML = '';
  const element = document.createElement(tag);
  element.style.cssText = `width: ${WIDTH}px; height: ${HEIGHT}px; display: block`;
  document.body.append(element);
  return element;
}

async function element(cloud, projection, settings) {
  tammes.defineTammesView();
  const view = document.createElement('tammes-view');
  view.style.cssText = `width: ${WIDTH}px; height: ${HEIGHT}px`;
  document.body.innerHTML = '';
  if (settings) view.settings = settings;
  const ready = new Promise((resolve) => view.addEventListener('ready', resolve));
  document.body.append(view);
  view.cloud = cloud;
  if (projection) view.project(projection);
  await ready;
  await view.settled();
  const first = view.camera;
  return {
    view,
    about: view.about.about,
    async frame(i) {
      view.camera =
        first.kind === 'plane'
          ? {
              ...first,
              center: [0.1 * Math.sin(i * 0.2), 0.1 * Math.cos(i * 0.2)],
              scale: first.scale * (1 + 0.02 * i),
            }
          : tammes.turned(first, 0.1 * i, 0.03 * i);
      await view.settled();
    },
  };
}

const POINTS = `#version 300 es
layout(location = 0) in vec3 a;
layout(location = 1) in float k;
uniform mat3 turn;
uniform vec3 seen;
uniform float size;
flat out int shade;
out float depth;
void main() {
  vec3 q = turn * a;
  gl_Position = vec4((q.xy - seen.xy) * seen.z * vec2(${HEIGHT / WIDTH}, 1.0), -q.z * 0.9, 1.0);
  gl_PointSize = size;
  shade = int(k);
  depth = 0.35 + 0.65 * (q.z * 0.5 + 0.5);
}`;
const COLORS = `#version 300 es
precision mediump float;
flat in int shade;
in float depth;
uniform vec3 colors[8];
uniform float opacity;
out vec4 color;
void main() { color = vec4(mix(vec3(1.0), colors[shade], opacity < 1.0 ? 1.0 : depth), opacity); }`;

/** The plainest program of WebGL2 there is: one draw of points. */
function rawWebgl2(cloud) {
  const canvas = fresh('canvas');
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const gl = canvas.getContext('webgl2', {
    antialias: false,
    depth: true,
    preserveDrawingBuffer: true,
  });
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, POINTS],
    [gl.FRAGMENT_SHADER, COLORS],
  ]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  for (const [place, array, size, type] of [
    [0, cloud.positions, cloud.dims, gl.FLOAT],
    [1, cloud.shades, 1, gl.UNSIGNED_BYTE],
  ]) {
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, array, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, type, false, 0, 0);
  }
  const at = (name) => gl.getUniformLocation(program, name);
  const shades = Array.from(tammes.categorical('light').colors.slice(0, 8));
  gl.uniform3fv(
    at('colors'),
    shades.flatMap((c) => [(c >> 16) / 255, ((c >> 8) & 255) / 255, (c & 255) / 255]),
  );
  gl.uniform1f(at('size'), 1);
  gl.uniform1f(at('opacity'), cloud.dims === 2 ? 0.5 : 1);
  gl.clearColor(1, 1, 1, 1);
  if (cloud.dims === 3) gl.enable(gl.DEPTH_TEST);
  else {
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  }
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return {
    about: String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)),
    async frame(i) {
      const [c, s] = cloud.dims === 3 ? [Math.cos(0.1 * i), Math.sin(0.1 * i)] : [1, 0];
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.uniformMatrix3fv(at('turn'), false, [c, 0, -s, 0, 1, 0, s, 0, c]);
      if (cloud.dims === 2)
        gl.uniform3f(at('seen'), 0.1 * Math.sin(i * 0.2), 0.1 * Math.cos(i * 0.2), 1 + 0.02 * i);
      else gl.uniform3f(at('seen'), 0, 0, 0.92);
      gl.drawArrays(gl.POINTS, 0, cloud.shades.length);
      // A pixel that is read ends the frame.
      gl.readPixels(WIDTH / 2, HEIGHT / 2, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    },
  };
}

async function reglScatterplot(cloud) {
  const { default: createScatterplot } = await import('regl-scatterplot');
  const canvas = fresh('canvas');
  const hex = (c) => `#${c.toString(16).padStart(6, '0')}`;
  const plot = createScatterplot({
    canvas,
    width: WIDTH,
    height: HEIGHT,
    pointSize: 1,
    opacity: 0.5,
    colorBy: 'valueA',
    pointColor: Array.from(tammes.categorical('light').colors.slice(0, 8), hex),
  });
  const n = cloud.shades.length;
  const x = Float32Array.from({ length: n }, (_, i) => cloud.positions[2 * i]);
  const y = Float32Array.from({ length: n }, (_, i) => cloud.positions[2 * i + 1]);
  await plot.draw({ x, y, z: Float32Array.from(cloud.shades) }, { zDataType: 'categorical' });
  const gl = plot.get('regl')._gl;
  return {
    about: 'regl-scatterplot',
    async frame(i) {
      const drawn = new Promise((resolve) => plot.subscribe('draw', resolve, 1));
      plot.zoomToLocation([0.1 * Math.sin(i * 0.2), 0.1 * Math.cos(i * 0.2)], 1 / (1 + 0.02 * i));
      await drawn;
      gl.readPixels(WIDTH / 2, HEIGHT / 2, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    },
  };
}

async function threePoints(cloud) {
  const three = await import('three');
  const canvas = fresh('canvas');
  const renderer = new three.WebGLRenderer({
    canvas,
    antialias: false,
    preserveDrawingBuffer: true,
  });
  renderer.setSize(WIDTH, HEIGHT, false);
  const geometry = new three.BufferGeometry();
  geometry.setAttribute('position', new three.BufferAttribute(cloud.positions, 3));
  const colors = new Uint8Array(3 * cloud.shades.length);
  const palette = tammes.categorical('light').colors;
  for (let i = 0; i < cloud.shades.length; i++) {
    const c = palette[cloud.shades[i]];
    colors.set([c >> 16, (c >> 8) & 255, c & 255], 3 * i);
  }
  geometry.setAttribute('color', new three.BufferAttribute(colors, 3, true));
  const points = new three.Points(
    geometry,
    new three.PointsMaterial({ size: 1, sizeAttenuation: false, vertexColors: true }),
  );
  const scene = new three.Scene();
  scene.background = new three.Color(0xffffff);
  scene.add(points);
  const camera = new three.PerspectiveCamera(50, WIDTH / HEIGHT, 0.1, 10);
  camera.position.z = 2.8;
  const gl = renderer.getContext();
  return {
    about: 'three Points',
    async frame(i) {
      points.rotation.y = 0.1 * i;
      renderer.render(scene, camera);
      gl.readPixels(WIDTH / 2, HEIGHT / 2, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    },
  };
}

const CONTESTANTS = {
  'view, map': { make: (n) => () => element(n.map, undefined) },
  'view, map, 2 px': {
    make: (n) => () => element(n.map, undefined, { pointSize: 2, opacity: 0.5 }),
  },
  'view, turning sphere': { make: (n) => () => element(n.sphere, 'globe') },
  'view, Lambert map': { make: (n) => () => element(n.sphere, 'lambert') },
  'view, Mollweide map': { make: (n) => () => element(n.sphere, 'mollweide') },
  'WebGL2, map': { make: (n) => () => rawWebgl2(n.map) },
  'WebGL2, turning sphere': { make: (n) => () => rawWebgl2(n.sphere) },
  'regl-scatterplot, map': { make: (n) => () => reglScatterplot(n.map) },
  'three, turning sphere': { make: (n) => () => threePoints(n.sphere) },
};

window.names = Object.keys(CONTESTANTS);

let contestant;
let past = 0;

/** Milliseconds from the made arrays to the first picture. */
window.prepared = async (name, n) => {
  const isSphere = /sphere|Lambert|Mollweide/.test(name);
  const clouds = isSphere ? { sphere: sphere(n) } : { map: groups(n) };
  const start = CONTESTANTS[name].make(clouds);
  const began = performance.now();
  contestant = await start();
  await contestant.frame(0);
  return { about: contestant.about, first: performance.now() - began };
};

/** Milliseconds of each frame. */
window.timed = async (frames) => {
  const times = [];
  for (let i = 1; i <= frames; i++) {
    const from = performance.now();
    await contestant.frame(++past);
    times.push(performance.now() - from);
  }
  return times;
};

/** Milliseconds that the page's own thread takes for a pick and a lasso of a camera that was not asked before. */
window.asked = async (dims, n) => {
  const { view } = await element(dims === 2 ? groups(n) : sphere(n), undefined);
  const first = view.camera;
  const shift = (i) =>
    first.kind === 'plane' ? tammes.panned(first, i, 0) : tammes.turned(first, 0.01 * i, 0);
  const lasso = Array.from({ length: 400 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 400;
    return i % 2 === 0 ? 600 + 300 * Math.cos(angle) : 400 + 250 * Math.sin(angle);
  });
  const picks = [];
  const again = [];
  const lassos = [];
  let rows = 0;
  for (let i = 0; i < 21; i++) {
    view.camera = shift(i);
    let from = performance.now();
    view.rowAt(600 + i, 400);
    picks.push(performance.now() - from);
    from = performance.now();
    view.rowAt(500 + i, 300);
    again.push(performance.now() - from);
    view.camera = shift(i + 0.5);
    from = performance.now();
    rows = tammes.lassoed(view.placement(), lasso).length;
    lassos.push(performance.now() - from);
    await view.settled();
  }
  return { picks, again, lassos, rows };
};

/** Screens a second while the element turns by itself. */
window.rate = async (dims, n, seconds) => {
  const { view } = await element(dims === 2 ? groups(n) : sphere(n), undefined);
  const first = view.camera;
  let frames = 0;
  // A motion moves the camera once a picture, and is at most two ahead.
  if (dims === 3) {
    view.addEventListener('camera', () => frames++);
    view.spin(2 * seconds);
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    return frames / seconds;
  }
  const stop = performance.now() + 1000 * seconds;
  while (performance.now() < stop) {
    frames++;
    view.camera = tammes.panned(first, 100 * Math.sin(frames / 20), 50 * Math.cos(frames / 20));
    await view.settled();
  }
  return frames / seconds;
};

/** Keeps one cloud on the page, so that its memory can be asked. */
window.held = async (n) => {
  await element(sphere(n), undefined);
};
