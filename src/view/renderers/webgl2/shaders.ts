/**
 * The same picture as the processor's, in three passes: keys by the depth test (what lies above), covers by adding up,
 * and both as colors. What the parts of a key are stands in `cpu/splatter.ts`.
 */

/** Where a point is and its key; projections as in `projections/`, in float32. */
export const POINTS = `#version 300 es
precision highp float;
precision highp int;
layout(location = 0) in vec3 position;
layout(location = 1) in uint code;
uniform int projection;
uniform mat3 turn;
uniform vec2 center;
uniform float scale;
uniform vec2 middle;
uniform vec2 size;
uniform float pointSize;
flat out uint shade;
flat out float bits;
flat out float depthLevel;
flat out vec2 spot;
flat out float isSelected;
const float RANKS = 16382.0;
const float PI = 3.14159265358979;

float polarAngle(float height, float low) {
  float goal = PI * low;
  if (goal <= 0.0) return 0.0;
  float angle = height > 0.6 ? pow(0.75 * goal, 1.0 / 3.0) : PI / 2.0 - 0.785 * height;
  for (int i = 0; i < 5; i++) {
    float twice = 2.0 * angle;
    float value = twice < 0.3 ? twice * twice * twice / 6.0 * (1.0 - twice * twice / 20.0 * (1.0 - twice * twice / 42.0)) : twice - sin(twice);
    float sine = sin(angle);
    angle -= (value - goal) / (4.0 * sine * sine);
  }
  return angle;
}

bool flattened(vec3 p, out vec3 q) {
  if (projection == 0) { q = vec3(p.xy - center, 0.0); return true; }
  if (projection == 1) {
    vec2 d = vec2(1.0 - dot(center, p.xy), center.y * p.x - center.x * p.y);
    vec2 u = p.xy - center;
    q = vec3(vec2(dot(u, d), u.y * d.x - u.x * d.y) / dot(d, d), 0.0);
    return dot(p.xy, p.xy) <= 1.0;
  }
  q = turn * p;
  float across = dot(q.xy, q.xy);
  if (projection == 2) return true;
  float below = q.z < 0.0 ? across / (1.0 - q.z) : 1.0 + q.z;
  if (projection == 3) {
    q = below > 0.0 ? vec3(q.xy * sqrt(2.0 / below), 0.0) : vec3(2.0, 0.0, 0.0);
    return true;
  }
  if (projection == 4) {
    float height = min(1.0, abs(q.y));
    float low = height > 0.5 ? (q.x * q.x + q.z * q.z) / (1.0 + height) : 1.0 - height;
    float angle = polarAngle(height, low);
    float longitude = abs(q.x) + abs(q.z) > 0.0 ? atan(q.x, q.z) : 0.0;
    q = vec3(2.0 * sqrt(2.0) / PI * longitude * sin(angle), sqrt(2.0) * cos(angle) * (q.y < 0.0 ? -1.0 : 1.0), 0.0);
    return true;
  }
  if (projection == 5) {
    q = vec3(q.xy * 2.0 / below, 0.0);
    return below > 0.0;
  }
  float radius = 1.0 + q.z / 2.0;
  q = across > 0.0 ? vec3(q.xy * radius / sqrt(across), 0.0) : vec3(radius, 0.0, 0.0);
  return true;
}

void main() {
  vec3 q;
  bool isShown = code != 65535u && flattened(position, q);
  vec2 at = vec2(middle.x + q.x * scale, middle.y - q.y * scale);
  // The card knows places to a sixteenth of a pixel or so; squares are put on whole pixels here.
  float side = floor(pointSize + 0.5);
  if (pointSize < 2.5) at = floor(at - (side - 1.0) / 2.0) + side / 2.0;
  float rank = projection == 2
    ? 1.0 + floor((q.z * 0.49 + 0.5) * RANKS)
    : float(((uint(gl_VertexID) * 0x9e3779b1u) >> 18) | 1u);
  isSelected = (code & 256u) == 0u ? 0.0 : 1.0;
  shade = code & 255u;
  depthLevel = floor(rank / 64.0) / 255.0;
  bits = isSelected * 32768.0 + rank;
  spot = at;
  gl_PointSize = pointSize < 2.5 ? side : ceil(pointSize) + 2.0;
  float z = (bits + 16384.0) / 65536.0;
  gl_Position = isShown && all(lessThan(abs(at - size / 2.0), size / 2.0 + pointSize))
    ? vec4(2.0 * at.x / size.x - 1.0, 1.0 - 2.0 * at.y / size.y, 2.0 * z - 1.0, 1.0)
    : vec4(2.0, 2.0, 2.0, 1.0);
}`;

const WEIGHT = `
float weightHere() {
  if (pointSize < 2.5) return 1.0;
  float away = distance(vec2(gl_FragCoord.x, size.y - gl_FragCoord.y), spot);
  return floor(16.0 * clamp(min(64.0, pointSize) / 2.0 + 0.5 - away, 0.0, 1.0) + 0.5) / 16.0;
}`;

/** How much of the pixel a point covers. */
export const COVER = `#version 300 es
precision highp float;
uniform vec2 size;
uniform float pointSize;
flat in vec2 spot;
out vec4 cover;
${WEIGHT}
void main() {
  cover = vec4(weightHere());
}`;

/** The uppermost point's shade, depth and selection. \`isRound\` alone needs a depth of its own for the edge. */
export const topShader = (isRound: boolean): string => `#version 300 es
precision highp float;
uniform vec2 size;
uniform float pointSize;
flat in uint shade;
flat in float bits;
flat in float depthLevel;
flat in vec2 spot;
flat in float isSelected;
out vec4 top;
${WEIGHT}
void main() {
  ${
    isRound
      ? `float weight = weightHere();
  if (weight == 0.0) discard;
  gl_FragDepth = (bits + (weight >= 0.5 ? 16384.0 : 0.0)) / 65536.0;`
      : ''
  }
  top = vec4(float(shade) / 255.0, depthLevel, isSelected, 1.0);
}`;

export const WHOLE = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** Keys and covers as colors. */
export const SHADE = `#version 300 es
precision highp float;
uniform sampler2D tops;
uniform sampler2D covers;
uniform sampler2D colors;
uniform vec3 ground;
uniform float opacity;
uniform bool isSelecting;
uniform bool hasDepth;
out vec4 color;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 top = texelFetch(tops, at, 0);
  color = vec4(ground, 1.0);
  if (top.a == 0.0) return;
  float points = min(255.0, texelFetch(covers, at, 0).r);
  float level = points < 1.0 ? opacity * points : 1.0 - pow(1.0 - opacity, points);
  if (opacity >= 1.0) level = min(1.0, points);
  if (hasDepth) {
    float t = clamp(((top.g - 0.5) / 0.49 + 0.3) / 0.9, 0.0, 1.0);
    level *= 0.16 + 0.84 * t * t * (3.0 - 2.0 * t);
  }
  if (isSelecting) level = top.b == 0.0 ? 0.3 * level : (level + 1.0) / 2.0;
  vec3 own = texelFetch(colors, ivec2(int(top.r * 255.0 + 0.5), 0), 0).rgb;
  color = vec4(mix(ground, own, level), 1.0);
}`;
