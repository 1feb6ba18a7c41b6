import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { Workspace } from './workspace.ts';

const like = new Float32Array(0);

test('an evaluation gets the arrays of the one before', () => {
  const workspace = new Workspace(referenceEngine);
  const [first, second] = [workspace.take(3, like), workspace.take(3, like)];
  workspace.recycle();
  const again = new Set([workspace.take(3, like), workspace.take(3, like)]);
  expect(again).toEqual(new Set([first, second]));
  expect(workspace.take(3, new Float64Array(0))).toBeInstanceOf(Float64Array);
});

test('batches of many lengths leave at most twice what the longest needed', () => {
  const workspace = new Workspace(referenceEngine);
  for (let length = 1; length <= 100; length++) {
    workspace.take(length, like);
    workspace.take(2 * length, like);
    workspace.recycle();
    expect(workspace.size).toBeLessThanOrEqual(2 * 3 * length);
  }
});

test('what is lent outside stays lent while a nested evaluation gives memory up', () => {
  const workspace = new Workspace(referenceEngine);
  const outer = workspace.take(10, like);
  for (let length = 1; length <= 50; length++) {
    const release = workspace.nested();
    expect(workspace.take(length, like)).not.toBe(outer);
    release();
  }
  expect(workspace.size).toBeLessThanOrEqual(2 * 60);
  workspace.recycle();
  expect(workspace.take(10, like)).toBe(outer);
});
