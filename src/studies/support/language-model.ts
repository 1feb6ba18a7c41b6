import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros } from '../../core/matrix.ts';
import { cos, exp, log, pow, sin } from '../../core/numeric.ts';
import type { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import { bytesOf } from '../../io/datasets/quantized.ts';

/** The shape of a causal transformer with RMS norms, rotary positions and gated units. */
interface Shape {
  readonly d: number;
  readonly layers: number;
  readonly heads: number;
  readonly shapes: readonly (readonly [name: string, rows: number, cols: number])[];
}

export interface LanguageModel extends Shape {
  readonly weights: ReadonlyMap<string, Matrix<Float32Array>>;
}

/** What a text makes of a model. */
export interface Trace {
  /** The rows of the tokens: as embedded, then after each block; layers + 1 matrices, n × d. */
  readonly states: readonly Matrix<Float32Array>[];
  /** Mean cross entropy of the next token, nats. */
  readonly loss: number;
}

/** A trained model and texts that it never saw, as tokens. */
export async function loadLanguageModel(folder: URL): Promise<{
  readonly model: LanguageModel;
  readonly prompts: Readonly<Record<string, readonly number[]>>;
}> {
  const json = await bytesOf(new URL('model.json.gz', folder));
  const { prompts, ...shape } = JSON.parse(new TextDecoder().decode(json)) as Shape & {
    readonly prompts: Readonly<Record<string, readonly number[]>>;
  };
  const bytes = await bytesOf(new URL('model.bin', folder));
  const weights = new Map<string, Matrix<Float32Array>>();
  let at = 0;
  for (const [name, rows, cols] of shape.shapes) {
    const m = zeros(rows, cols);
    const scales = new Float32Array(bytes.slice(at, at + 4 * rows).buffer);
    const q = new Int8Array(bytes.buffer, bytes.byteOffset + at + 4 * rows, rows * cols);
    for (let i = 0; i < q.length; i++) m.data[i] = q[i] * scales[Math.floor(i / cols)];
    weights.set(name, m);
    at += rows * (4 + cols);
  }
  if (at !== bytes.length)
    throw new InputError(folder.href, 'the weights do not fit their shapes.');
  return { model: { ...shape, weights }, prompts };
}

/** The same shape before any training: normal weights of the usual scale, by seed. */
export function untrained(model: LanguageModel, random: Random): LanguageModel {
  const weights = new Map<string, Matrix<Float32Array>>();
  for (const [name, rows, cols] of model.shapes) {
    const m = zeros(rows, cols);
    const onto = /\.(o|down)$/.test(name) ? Math.sqrt(2 * model.layers) : 1;
    const scale = name === 'embedding' ? 0.02 : 1 / Math.sqrt(cols) / onto;
    const isNorm = /[nN]orm$/.test(name);
    for (let i = 0; i < m.data.length; i++) m.data[i] = isNorm ? 1 : scale * random.normal();
    weights.set(name, m);
  }
  return { ...model, weights };
}

/** Runs the tokens through the model. */
export async function traced(
  model: LanguageModel,
  tokens: readonly number[],
  engine: Engine,
): Promise<Trace> {
  const weight = (name: string): Matrix<Float32Array> => {
    const found = model.weights.get(name);
    if (!found) throw new InputError('language model', `there are no weights ${name}.`);
    return found;
  };
  const { d, layers, heads } = model;
  const embedding = weight('embedding');
  const n = tokens.length;
  let x = zeros(n, d);
  for (const [i, t] of tokens.entries())
    x.data.set(embedding.data.subarray(t * d, (t + 1) * d), i * d);
  const states = [x];
  const through = async (m: Matrix, name: string) => engine.matmul(m, weight(name), true);
  for (let l = 0; l < layers; l++) {
    const h = normed(x, weight(`${l}.attentionNorm`));
    const [q, k, v] = [
      await through(h, `${l}.q`),
      await through(h, `${l}.k`),
      await through(h, `${l}.v`),
    ];
    const attended = attention(turned(q, heads), turned(k, heads), v, heads);
    x = sum(x, await through(attended, `${l}.o`));
    const g = normed(x, weight(`${l}.mlpNorm`));
    const gated = await through(g, `${l}.gate`);
    const up = await through(g, `${l}.up`);
    const hidden = {
      ...gated,
      data: Float32Array.from(gated.data, (y, i) => silu(y) * up.data[i]),
    };
    x = sum(x, await through(hidden, `${l}.down`));
    states.push(x);
  }
  const logits = await engine.matmul(normed(x, weight('norm')), embedding, true);
  return { states, loss: crossEntropy(logits, tokens) };
}

function normed({ data, rows, cols: d }: Matrix, gain: Matrix): Matrix<Float32Array> {
  const out = zeros(rows, d);
  for (let i = 0; i < rows; i++) {
    let squares = 0;
    for (let c = i * d; c < (i + 1) * d; c++) squares += data[c] * data[c];
    const scale = 1 / Math.sqrt(squares / d + 1e-5);
    for (let c = 0; c < d; c++) out.data[i * d + c] = data[i * d + c] * scale * gain.data[c];
  }
  return out;
}

function sum(a: Matrix, b: Matrix): Matrix<Float32Array> {
  return { data: Float32Array.from(a.data, (x, i) => x + b.data[i]), rows: a.rows, cols: a.cols };
}

/** Rotary positions: pair i of each head turned by place · 10000^(−2i/size). */
function turned({ data, rows, cols: d }: Matrix, heads: number): Matrix<Float32Array> {
  const size = d / heads;
  const out = zeros(rows, d);
  const rates = Float64Array.from({ length: size / 2 }, (_, i) => pow(10000, (-2 * i) / size));
  for (let row = 0; row < rows; row++) {
    for (const [i, rate] of rates.entries()) {
      const [c, s] = [cos(row * rate), sin(row * rate)];
      for (let head = 0; head < heads; head++) {
        const at = row * d + head * size + 2 * i;
        out.data[at] = data[at] * c - data[at + 1] * s;
        out.data[at + 1] = data[at] * s + data[at + 1] * c;
      }
    }
  }
  return out;
}

/** Causal attention, head by head. */
function attention(q: Matrix, k: Matrix, v: Matrix, heads: number): Matrix<Float32Array> {
  const { rows: n, cols: d } = q;
  const size = d / heads;
  const out = zeros(n, d);
  const scores = new Float64Array(n);
  for (let head = 0; head < heads; head++) {
    const first = head * size;
    for (let i = 0; i < n; i++) {
      let most = -Infinity;
      for (let j = 0; j <= i; j++) {
        let score = 0;
        for (let c = first; c < first + size; c++) score += q.data[i * d + c] * k.data[j * d + c];
        scores[j] = score / Math.sqrt(size);
        most = Math.max(most, scores[j]);
      }
      let total = 0;
      for (let j = 0; j <= i; j++) {
        scores[j] = exp(scores[j] - most);
        total += scores[j];
      }
      for (let j = 0; j <= i; j++) {
        const share = scores[j] / total;
        for (let c = first; c < first + size; c++) out.data[i * d + c] += share * v.data[j * d + c];
      }
    }
  }
  return out;
}

const silu = (x: number) => x / (1 + exp(-x));

/** The mean over all tokens but the first of −ln of what the model gave them. */
function crossEntropy({ data, cols }: Matrix, tokens: readonly number[]): number {
  let loss = 0;
  for (let i = 0; i + 1 < tokens.length; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    let most = -Infinity;
    for (const x of row) most = Math.max(most, x);
    let total = 0;
    for (const x of row) total += exp(x - most);
    loss += log(total) + most - row[tokens[i + 1]];
  }
  return loss / (tokens.length - 1);
}
