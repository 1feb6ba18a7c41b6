import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defineAction } from '../src/apps/studio/actions/define.ts';
import { EMPTY_STATE } from '../src/apps/studio/session/state.ts';
import { later, relayedSession } from './shared/studio.ts';

const seen = vi.hoisted(() => ({ frames: 0, aborted: false, runs: 0, listened: true }));

vi.mock('../src/apps/studio/actions/index.ts', () => ({
  actions: [
    defineAction({
      id: 'frames',
      summary: 'Frames until it is stopped.',
      parameters: { count: { kind: 'integer', default: 5, doc: 'How many.' } },
      isStep: false,
      async run(_, { count }, { onFrame, onProgress, signal }) {
        seen.listened = onFrame !== undefined;
        for (let i = 0; i < count && !signal?.aborted; i++) {
          onProgress?.({ stage: 'frames', done: i / count });
          const places = { data: Float32Array.of(i, i), shape: [1, 2] };
          await onFrame?.({ facts: { i }, arrays: { places } });
          seen.frames++;
        }
        seen.aborted = signal?.aborted === true;
        return { facts: { sent: seen.frames } };
      },
    }),
    defineAction({
      id: 'crash',
      summary: 'Fails in a way that nobody foresaw.',
      parameters: {},
      isStep: false,
      run() {
        throw new TypeError('nothing is undefined');
      },
    }),
    defineAction({
      id: 'points',
      summary: 'The points of a table, which the session keeps.',
      parameters: {},
      isStep: false,
      run({ tables }) {
        const { data, rows, cols } = [...tables.values()][0].table.points;
        return { facts: {}, arrays: { points: { data, shape: [rows, cols] } } };
      },
    }),
    defineAction({
      id: 'empty',
      summary: 'Takes everything away, when it may.',
      parameters: {},
      isStep: true,
      async run() {
        seen.runs++;
        await gate.promise;
        return { facts: {}, state: EMPTY_STATE };
      },
    }),
  ],
}));

let gate = later();
let relayed: Awaited<ReturnType<typeof relayedSession>>;
beforeEach(async () => {
  Object.assign(seen, { frames: 0, aborted: false, runs: 0, listened: true });
  gate = later();
  relayed = await relayedSession();
});
afterEach(() => relayed.end());

const call = (action: string, listening = {}, parameters = {}) =>
  relayed.session.ask({ ask: 'call', action, parameters }, listening);

describe('a session behind a relay', () => {
  test('a frame waits until the one before was used, and all come in order', async () => {
    const used: unknown[] = [];
    const ahead: number[] = [];
    await call('frames', {
      async onPacket(packet: { kind: string; facts?: { i: number } }) {
        if (packet.kind !== 'frame') return;
        await new Promise((resolve) => setTimeout(resolve, 5));
        ahead.push(seen.frames - used.length);
        used.push(packet.facts?.i);
      },
    });
    expect([used, ahead]).toEqual([
      [0, 1, 2, 3, 4],
      [0, 0, 0, 0, 0],
    ]);
  });

  test('where nobody listens, nothing is sent', async () => {
    expect((await call('frames')).facts).toEqual({ sent: 5 });
    expect(seen.listened).toBe(false);
  });

  test('an abort ends an action that waits for its listener', async () => {
    const controller = new AbortController();
    const called = call(
      'frames',
      {
        signal: controller.signal,
        onPacket(packet: { kind: string }) {
          if (packet.kind !== 'frame') return undefined;
          controller.abort();
          return new Promise(() => {});
        },
      },
      { count: 1e6 },
    );
    await called;
    expect([seen.aborted, seen.frames]).toEqual([true, 1]);
  });

  test('a listener that fails ends the action, and its error comes back', async () => {
    const failing = {
      onPacket(packet: { kind: string }) {
        if (packet.kind === 'frame') throw new RangeError('the listener failed');
      },
    };
    await expect(call('frames', failing, { count: 1e6 })).rejects.toThrow('the listener failed');
    await vi.waitFor(() => expect(seen.aborted).toBe(true));
  });

  test('a crash is one sentence, and the session lives on', async () => {
    await expect(call('crash')).rejects.toMatchObject({
      code: 'internal',
      message: 'nothing is undefined',
    });
    expect((await call('frames')).facts).toEqual({ sent: 5 });
  });

  test('what the session keeps is not moved away', async () => {
    const [first, second] = [await call('points'), await call('points')];
    expect(second.arrays).toEqual(first.arrays);
    expect(second.arrays?.['points'].data.length).toBe(8);
  });

  test('an action whose turn has not come is not begun once it is aborted', async () => {
    const controller = new AbortController();
    const first = call('empty');
    const second = call('empty', { signal: controller.signal });
    controller.abort();
    // Messages keep their order: when this is answered, the abort has come.
    await relayed.session.ask({ ask: 'info' });
    gate.resolve();
    await first;
    await expect(second).rejects.toMatchObject({ code: 'aborted' });
    expect(seen.runs).toBe(1);
  });

  test('what was made of a state that was undone meanwhile is refused', async () => {
    gate.resolve();
    await call('empty');
    gate = later();
    const late = call('empty');
    await vi.waitFor(() => expect(seen.runs).toBe(2));
    await relayed.session.ask({ ask: 'undo' });
    gate.resolve();
    await expect(late).rejects.toThrow(/undone or redone meanwhile/);
  });

  test('changes are told to all, also those that others made', async () => {
    const revisions: number[] = [];
    const end = relayed.session.onChange(({ revision }) => revisions.push(revision));
    gate.resolve();
    await call('empty');
    await relayed.session.ask({ ask: 'undo' });
    end();
    await relayed.session.ask({ ask: 'redo' });
    expect(revisions).toEqual([1, 2]);
  });

  test('whoever waits is told when the other end is gone, and whoever asks later', async () => {
    const told: string[] = [];
    relayed.session.onChange(
      () => {},
      (sentence) => told.push(sentence),
    );
    const waiting = call('empty');
    relayed.session.lose('it ended.');
    await expect(waiting).rejects.toMatchObject({ code: 'lost', message: 'it ended.' });
    await expect(call('frames')).rejects.toThrow('it ended.');
    expect(told).toEqual(['it ended.']);
    gate.resolve();
  });
});
