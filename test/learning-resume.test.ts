import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tammes-resume-'));

/** Trains a network with a memory bank for 80 steps of a few milliseconds; prints where it begins and each step. */
const PROGRAM = `
import { setTimeout } from 'node:timers/promises';
import { chooseEngine } from 'tammes/engine';
import { fileStore } from 'tammes/io';
import { constant, crossEntropy, memoryBank, mlp, train } from 'tammes/learning';
const [path, threads] = process.argv.slice(1);
const net = mlp({ name: 'net', sizes: [32, 64, 4], seed: 1 });
const bank = memoryBank({ capacity: 50, cols: 4 });
const update = {
  name: 'momentum', settings: {}, learningRate: 0.05,
  start: ({ data }) => ({ velocity: new Float32Array(data.length) }),
  apply({ data }, gradient, { velocity }, { rate }) {
    for (let e = 0; e < data.length; e++) {
      velocity[e] = 0.9 * velocity[e] + gradient.data[e];
      data[e] -= rate * velocity[e];
    }
  },
};
const engine = await chooseEngine('wasm', { threads: Number(threads) });
await train({
  steps: 80, update, engine, resume: true, also: { bank: bank.arrays },
  checkpoint: { store: fileStore(path), every: 1 },
  loss({ random }) {
    const x = constant(Float32Array.from({ length: 512 }, () => random.normal()), [16, 32]);
    const logits = net(x);
    const classes = Array.from({ length: 16 }, () => random.integer(4));
    return { loss: crossEntropy(logits, classes), values: { logits } };
  },
  async onStep({ step, values: { logits } }) {
    bank.push(logits);
    process.stdout.write(step + '\\n');
    await setTimeout(2);
  },
});
await engine.dispose();
`;

/** Runs the program; kills it so many milliseconds after its first step. Gives its first step, and whether it ended. */
function run(path: string, threads: number, killAfter?: number) {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', PROGRAM, path, `${threads}`],
    { cwd: root },
  );
  let out = '';
  let err = '';
  child.stderr.on('data', (text) => {
    err += text;
  });
  child.stdout.on('data', (text) => {
    if (out === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    out += text;
  });
  return new Promise<{ first: number; ended: boolean }>((done, fail) => {
    child.on('close', (code, signal) => {
      if (err !== '' || (code !== 0 && signal !== 'SIGKILL'))
        fail(new Error(err || `code ${code}`));
      else done({ first: Number.parseInt(out, 10), ended: code === 0 });
    });
  });
}

test('a program killed at random moments, started again until it ends, leaves the bytes of one that was not', async () => {
  const [whole, broken] = ['whole', 'broken'].map((name) => join(folder, `${name}.safetensors`));
  expect(await run(whole, 1)).toEqual({ first: 1, ended: true });
  const random = Random.fromSeed(11);
  const begins: number[] = [];
  for (let ended = false; !ended; ) {
    // At last it may run to its end, however slow the machine is.
    const killAfter = begins.length < 5 ? 5 + random.integer(90) : undefined;
    const { first, ...rest } = await run(broken, 2, killAfter);
    begins.push(first);
    ({ ended } = rest);
  }
  expect(begins.length).toBeGreaterThan(1);
  expect(begins).toEqual(begins.toSorted((a, b) => a - b));
  expect(readFileSync(broken)).toEqual(readFileSync(whole));
});
