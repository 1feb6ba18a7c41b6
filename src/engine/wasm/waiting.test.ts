import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startThread } from '#threads';
import * as control from './control.ts';
import { KernelMemory } from './memory.ts';
import { instantiate, KERNEL_NAMES, kernelModule } from './module.ts';

it('a thread that waits for another goes on when it is served', async () => {
  const module = await kernelModule(true);
  const memory = new KernelMemory(true);
  const kernels = instantiate(module, memory.memory);
  memory.begin(kernels.first_free());

  // A · B of 1 × 1 matrices: task 0 packs B, task 1 waits for it and multiplies.
  const address = memory.take(64);
  const packed = memory.take(4);
  const a = memory.put(Float32Array.of(3), 64);
  const b = memory.put(Float32Array.of(5), 64);
  const panels = memory.take(64);
  const out = memory.take(4);
  const scratch = memory.take(1024);
  memory.integers(address, 9).set([a, b, panels, out, packed, 1, 1, 1, 0]);

  const words = memory.integers(0, control.CONTROL_WORDS);
  words[control.KERNEL] = KERNEL_NAMES.indexOf('matmul');
  words[control.JOB] = address;
  words[control.SCRATCH] = scratch;
  words[control.SCRATCH_BYTES] = 192;
  words[control.COUNT] = 2;
  words[control.NEXT] = 1;
  Atomics.store(words, control.OPEN, 1);
  const data = { module, memory: memory.memory, id: 1, kernelNames: KERNEL_NAMES };
  const failures: Error[] = [];
  const thread = startThread(control.WORKER_TEXT, data, (error) => failures.push(error));

  while (Atomics.load(words, control.NEXT) === 1 && failures.length === 0) await sleep(1);
  await sleep(50);
  expect(Atomics.load(words, control.ACTIVE)).toBe(1);
  kernels.matmul(address, 0, scratch);
  Atomics.store(words, control.OPEN, 0);
  for (let i = 0; i < 1000 && Atomics.load(words, control.ACTIVE) === 1; i++) await sleep(5);
  expect(Atomics.load(words, control.ACTIVE)).toBe(0);
  expect(memory.floats(out, 1)[0]).toBe(15);
  expect(failures).toEqual([]);
  await thread.end();
});
