/** Threads of a group, and groups of a row of groups. */
export const GROUP = 256;
export const GROUPS = 32768;

const VIEW = `
struct View {
  turn: mat3x3f,
  center: vec2f,
  middle: vec2f,
  size: vec2f,
  scale: f32,
  pointSize: f32,
  opacity: f32,
  projection: u32,
  count: u32,
  dims: u32,
  isSelecting: u32,
  ground: u32,
}`;

/**
 * The same picture as the processor's: a thread a point writes keys by atomic maximum and covers by atomic sum, then a
 * thread a pixel makes a color of both. What the parts of a key are stands in \`cpu/splatter.ts\`.
 */
export const COMPUTE = `${VIEW}
@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> positions: array<f32>;
@group(0) @binding(2) var<storage, read> codes: array<u32>;
@group(0) @binding(3) var<storage, read_write> tops: array<atomic<u32>>;
@group(0) @binding(4) var<storage, read_write> covers: array<atomic<u32>>;
@group(0) @binding(5) var<storage, read> colors: array<u32>;
@group(0) @binding(6) var<storage, read_write> picture: array<u32>;
const RANKS = 16382.0;
const PI = 3.14159265358979;

fn polarAngle(height: f32, low: f32) -> f32 {
  let goal = PI * low;
  if (goal <= 0.0) { return 0.0; }
  var angle = select(PI / 2.0 - 0.785 * height, pow(0.75 * goal, 1.0 / 3.0), height > 0.6);
  for (var i = 0; i < 5; i++) {
    let twice = 2.0 * angle;
    let square = twice * twice;
    let value = select(twice - sin(twice), twice * square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0)), twice < 0.3);
    let sine = sin(angle);
    angle -= (value - goal) / (4.0 * sine * sine);
  }
  return angle;
}

// The fourth part says whether the point has a place.
fn flattened(p: vec3f) -> vec4f {
  if (view.projection == 0u) { return vec4f(p.xy - view.center, 0.0, 1.0); }
  if (view.projection == 1u) {
    let c = view.center;
    let d = vec2f(1.0 - dot(c, p.xy), c.y * p.x - c.x * p.y);
    let u = p.xy - c;
    let w = vec2f(dot(u, d), u.y * d.x - u.x * d.y) / dot(d, d);
    return vec4f(w, 0.0, select(0.0, 1.0, dot(p.xy, p.xy) <= 1.0));
  }
  let q = view.turn * p;
  if (view.projection == 2u) { return vec4f(q, 1.0); }
  let across = dot(q.xy, q.xy);
  let below = select(1.0 + q.z, across / (1.0 - q.z), q.z < 0.0);
  if (view.projection == 3u) {
    if (below <= 0.0) { return vec4f(2.0, 0.0, 0.0, 1.0); }
    return vec4f(q.xy * sqrt(2.0 / below), 0.0, 1.0);
  }
  if (view.projection == 4u) {
    let height = min(1.0, abs(q.y));
    let low = select(1.0 - height, (q.x * q.x + q.z * q.z) / (1.0 + height), height > 0.5);
    let angle = polarAngle(height, low);
    let longitude = select(0.0, atan2(q.x, q.z), abs(q.x) + abs(q.z) > 0.0);
    return vec4f(2.0 * sqrt(2.0) / PI * longitude * sin(angle), sqrt(2.0) * cos(angle) * select(1.0, -1.0, q.y < 0.0), 0.0, 1.0);
  }
  if (view.projection == 5u) {
    if (below <= 0.0) { return vec4f(); }
    return vec4f(q.xy * 2.0 / below, 0.0, 1.0);
  }
  let radius = 1.0 + q.z / 2.0;
  if (across <= 0.0) { return vec4f(radius, 0.0, 0.0, 1.0); }
  return vec4f(q.xy * radius / sqrt(across), 0.0, 1.0);
}

fn write(x: i32, y: i32, key: u32, weight: u32) {
  if (x < 0 || y < 0 || x >= i32(view.size.x) || y >= i32(view.size.y) || weight == 0u) { return; }
  let at = y * i32(view.size.x) + x;
  atomicMax(&tops[at], key);
  atomicAdd(&covers[at], weight);
}

@compute @workgroup_size(${GROUP})
fn splat(@builtin(global_invocation_id) id: vec3u) {
  let row = id.y * ${GROUP * GROUPS}u + id.x;
  if (row >= view.count) { return; }
  let code = (codes[row / 2u] >> (16u * (row % 2u))) & 65535u;
  if (code == 65535u) { return; }
  let p = view.dims * row;
  var point = vec3f(positions[p], positions[p + 1u], 0.0);
  if (view.dims == 3u) { point.z = positions[p + 2u]; }
  let q = flattened(point);
  let at = vec2f(view.middle.x + q.x * view.scale, view.middle.y - q.y * view.scale);
  let reach = view.pointSize + 2.0;
  if (q.w == 0.0 || !(at.x > -reach && at.y > -reach && at.x < view.size.x + reach && at.y < view.size.y + reach)) { return; }
  var rank = ((row * 0x9e3779b1u) >> 18u) | 1u;
  if (view.projection == 2u) { rank = 1u + u32((q.z * 0.49 + 0.5) * RANKS); }
  let edge = ((code & 256u) << 22u) | (rank << 8u) | (code & 255u);
  let core = edge | (1u << 29u);
  if (view.pointSize < 2.5) {
    let side = i32(floor(view.pointSize + 0.5));
    let first = vec2i(floor(at - f32(side - 1) / 2.0));
    for (var y = 0; y < side; y++) {
      for (var x = 0; x < side; x++) { write(first.x + x, first.y + y, core, 16u); }
    }
    return;
  }
  let radius = min(64.0, view.pointSize) / 2.0;
  let low = vec2i(floor(at - radius - 0.5));
  let high = vec2i(floor(at + radius + 0.5));
  for (var y = low.y; y <= high.y; y++) {
    for (var x = low.x; x <= high.x; x++) {
      let away = distance(vec2f(f32(x) + 0.5, f32(y) + 0.5), at);
      let weight = u32(floor(16.0 * clamp(radius + 0.5 - away, 0.0, 1.0) + 0.5));
      write(x, y, select(edge, core, weight >= 8u), weight);
    }
  }
}

fn part(color: u32, place: u32) -> f32 { return f32((color >> place) & 255u); }

@compute @workgroup_size(${GROUP})
fn shade(@builtin(global_invocation_id) id: vec3u) {
  let at = id.y * ${GROUP * GROUPS}u + id.x;
  if (at >= u32(view.size.x) * u32(view.size.y)) { return; }
  let key = atomicLoad(&tops[at]);
  let points = f32(min(4080u, atomicLoad(&covers[at]))) / 16.0;
  var level = select(1.0 - pow(1.0 - view.opacity, points), view.opacity * points, points < 1.0);
  if (view.opacity >= 1.0) { level = min(1.0, points); }
  if (view.projection == 2u) {
    let depth = (f32((key >> 14u) & 255u) / 255.0 - 0.5) / 0.49;
    let t = clamp((depth + 0.3) / 0.9, 0.0, 1.0);
    level *= 0.16 + 0.84 * t * t * (3.0 - 2.0 * t);
  }
  if (view.isSelecting == 1u) { level = select((level + 1.0) / 2.0, 0.3 * level, (key & (1u << 30u)) == 0u); }
  if (key == 0u) { level = 0.0; }
  let own = colors[key & 255u];
  var color = 255u << 24u;
  for (var place = 0u; place < 24u; place += 8u) {
    let mixed = mix(part(view.ground, 16u - place), part(own, 16u - place), level);
    color |= u32(floor(mixed + 0.5)) << place;
  }
  picture[at] = color;
}`;

/** The picture's memory onto the canvas. */
export const PRESENT = `
@group(0) @binding(0) var<storage, read> picture: array<u32>;
@group(0) @binding(1) var<uniform> width: u32;
@vertex fn corner(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  return vec4f(select(-1.0, 3.0, index == 1u), select(-1.0, 3.0, index == 2u), 0.0, 1.0);
}
@fragment fn color(@builtin(position) at: vec4f) -> @location(0) vec4f {
  return vec4f(unpack4x8unorm(picture[u32(at.y) * width + u32(at.x)]).rgb, 1.0);
}`;
