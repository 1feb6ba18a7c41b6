import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryObjects, type ObjectStore } from '../io/sharded/index.ts';
import { cleanWork, commandsAtWork, joinWork, workThere } from './shared-work.ts';
import { outputKey } from './task.ts';

let work: ObjectStore;
beforeEach(() => {
  vi.useFakeTimers();
  work = memoryObjects();
});
afterEach(() => {
  vi.useRealTimers();
});

const store = (name: string) => work.create(outputKey(name), [new Uint8Array(1)]);
const all = () => work.list('work/');

test('who is alone removes what it names, and nothing else', async () => {
  await Promise.all([store('own'), store('other')]);
  const one = await joinWork(work);
  await one.leave(['own']);
  expect(await all()).toEqual([outputKey('other')]);
});

test('the last of two removes what both named', async () => {
  await Promise.all([store('a'), store('b')]);
  const [one, two] = [await joinWork(work), await joinWork(work)];
  await one.leave(['a']);
  expect(await all()).toContain(outputKey('a'));
  expect(await commandsAtWork(work)).toBe(1);
  await two.leave(['b']);
  expect(await all()).toEqual([]);
});

test('of two that leave at once nothing stays', async () => {
  await Promise.all([store('a'), store('b')]);
  const both = [await joinWork(work), await joinWork(work)];
  await Promise.all(both.map((one, i) => one.leave([['a'], ['b']][i])));
  expect(await all()).toEqual([]);
});

test('one that failed leaves its outputs for the next', async () => {
  await store('a');
  await (await joinWork(work)).leave();
  expect(await all()).toEqual([outputKey('a')]);
});

test('who works long is still there; who was killed is not waited for', async () => {
  await store('a');
  const long = await joinWork(work);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await commandsAtWork(work)).toBe(1);
  // As after a kill: a sign of life that nobody renews.
  await work.create('work/running/killed.0', [new Uint8Array(1)]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(await commandsAtWork(work)).toBe(1);
  await long.leave(['a']);
  expect(await work.list(outputKey(''))).toEqual([]);
});

test('cleaning removes what is old alone', async () => {
  await store('old');
  await work.create('work/running/killed.0', [new Uint8Array(1)]);
  await vi.advanceTimersByTimeAsync(5000);
  const before = new Date();
  await vi.advanceTimersByTimeAsync(5000);
  await store('new');
  expect(await cleanWork(work, before)).toBe(1);
  expect(await all()).toEqual([outputKey('new')]);
});

test('what is at work in a store, and what was left there', async () => {
  await store('old');
  await work.create('work/plans/5f0c2a', [new Uint8Array(1)]);
  await vi.advanceTimersByTimeAsync(1000);
  const later = new Date();
  await vi.advanceTimersByTimeAsync(1000);
  await store('new');
  const one = await joinWork(work);
  const there = { commands: 1, outputs: 2, old: 1, plans: ['5f0c2a'] };
  expect(await workThere(work, later)).toEqual(there);
  await one.leave(['new']);
  expect(await workThere(work, later)).toEqual({ ...there, commands: 0, outputs: 1 });
});
