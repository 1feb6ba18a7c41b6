import { afterAll, beforeAll, expect } from 'vitest';
import { chooseEngine } from '../engine/choose.ts';
import type { Engine } from '../engine/engine.ts';
import { createNativeEngine, nativeInstructionSets } from '../engine/native/engine.ts';

const kinds: readonly ((threads: number) => Promise<Engine>)[] = [
  (threads) => chooseEngine('wasm', { threads }),
  ...nativeInstructionSets().map((set) => (threads: number) => createNativeEngine(threads, set)),
];

/**
 * Every kind of engine that can run here, each with 1, 2 and 3 threads, made before the tests of the
 * file and disposed of after them. The native engine has one kind for every instruction set that is
 * compiled and that this processor has.
 */
export function engineFamilies(): readonly (readonly Engine[])[] {
  const families: Engine[][] = [];
  beforeAll(async () => {
    for (const create of kinds) families.push(await Promise.all([1, 2, 3].map(create)));
  });
  afterAll(async () => {
    for (const engine of families.flat()) await engine.dispose();
  });
  return families;
}

/** What `operation` gives on each kind of engine, checked to be the same bytes for any threads. */
export async function onEachKind<T>(
  families: readonly (readonly Engine[])[],
  operation: (engine: Engine) => T | Promise<T>,
): Promise<T[]> {
  const firsts: T[] = [];
  for (const family of families) {
    const results: T[] = [];
    for (const engine of family) results.push(await operation(engine));
    for (const other of results) expectSameBytes(other, results[0]);
    firsts.push(results[0]);
  }
  return firsts;
}

/** The arrays of two results, of the matrices in them and of their fields, hold the same bytes. */
export function expectSameBytes(got: unknown, wanted: unknown): void {
  const [ours, theirs] = [bytesOf(got), bytesOf(wanted)];
  expect(ours.length).toBe(theirs.length);
  for (const [i, bytes] of ours.entries()) expect(bytes.equals(theirs[i])).toBe(true);
}

function bytesOf(result: unknown): Buffer[] {
  if (ArrayBuffer.isView(result))
    return [Buffer.from(result.buffer, result.byteOffset, result.byteLength)];
  if (typeof result === 'number') return [Buffer.from(Float64Array.of(result).buffer)];
  return result instanceof Object ? Object.values(result).flatMap(bytesOf) : [];
}
