import { expect, test } from 'vitest';
import type { Answer } from '../contract.ts';
import { FrameGate } from './frame-gate.ts';

const frame = (step: number): Answer => ({ facts: { step } });

test('no frame is made while one is on its way', async () => {
  const sent: unknown[] = [];
  const made: number[] = [];
  let arrived = () => {};
  const gate = new FrameGate(({ facts }) => {
    sent.push(facts['step']);
    return new Promise<void>((done) => {
      arrived = done;
    });
  });
  const offer = (step: number) =>
    gate.offer(() => {
      made.push(step);
      return frame(step);
    });
  offer(1);
  offer(2);
  await Promise.resolve();
  offer(3);
  arrived();
  await gate.ended();
  offer(4);
  await Promise.resolve();
  arrived();
  await gate.ended();
  expect(made).toEqual([1, 4]);
  expect(sent).toEqual([1, 4]);
});

test('a listener that fails ends what is shown', async () => {
  const gate = new FrameGate(() => Promise.reject(new Error('gone')));
  gate.offer(() => frame(1));
  await expect(gate.ended()).rejects.toThrow('gone');
  expect(() => gate.offer(() => frame(2))).toThrow('gone');
});
