import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { uniformPoints } from '../../../manifolds/sampling.ts';
import { disperse } from '../../verbs/disperse.ts';
import type { Answer, Packet } from '../contract.ts';
import { Session } from '../session/session.ts';
import type { StudioTable } from '../session/state.ts';

const engine = referenceEngine;
/** 60 rows of four columns around one direction. */
const points = uniformPoints(60, 4, Random.fromSeed(1));
for (let e = 0; e < 240; e += 4) points.data[e] += 1;

function tableOf(own = points): StudioTable {
  return {
    id: 'a',
    name: 'a.npy',
    sha256: '0'.repeat(64),
    table: { points: own },
    fields: new Map(),
  };
}
const settings = { steps: 40, batch: 16, keep: 0, optimizerOptions: { momentum: 0.5 } };
const pointsOf = (session: Session) => session.state.tables.get('a')?.table.points.data;
const opened = (own = points) => new Session(engine, [tableOf(own)]);

async function whole(until = 0): Promise<Session> {
  const session = opened();
  await session.do('disperse', { ...settings, until });
  return session;
}

describe('a dispersion that is watched', () => {
  test('is the verb, step by step', async () => {
    const { points: spread } = await disperse({ points }, { ...settings, engine });
    expect(pointsOf(await whole())).toEqual(spread.data);
  });

  test('kept, it is the step that was done at once, whatever pauses, frames and turns it had', async () => {
    const session = opened();
    const frames: Packet[] = [];
    await session.do('disperse-run', { ...settings, until: 7 });
    await session.do(
      'disperse-run',
      { ...settings, until: 30 },
      { send: (p) => void frames.push(p) },
    );
    await session.do('disperse-rewind', { step: 11 });
    await session.do('disperse-run', { ...settings, until: 26 });
    const { facts } = await session.do('disperse-keep');
    expect(facts).toMatchObject({ step: 26, steps: 40, reached: 30 });
    expect(frames.filter(({ kind }) => kind === 'frame').length).toBeGreaterThan(0);
    const once = await whole(26);
    expect(pointsOf(session)).toEqual(pointsOf(once));
    const [step] = session.recipe().steps;
    expect(step.action).toBe('disperse');
    const replayed = opened();
    await replayed.do(step.action, step.parameters);
    expect(replayed.recipe().steps).toEqual(session.recipe().steps);
    expect(step.digest).toBe(once.recipe().steps[0].digest);
    expect((await session.do('disperse-look')).facts['run']).toBeNull();
  });

  test('pauses at once when the call ends, and goes on from the last whole step', async () => {
    const session = opened();
    const stop = new AbortController();
    const send = (packet: Packet) => {
      if (packet.kind === 'frame' && Number(packet.facts['step']) >= 1) stop.abort();
    };
    const call = session.do('disperse-run', settings, { send, signal: stop.signal });
    await expect(call).rejects.toThrow('stopped on request');
    const { run } = (await session.do('disperse-look')).facts as { run: { step: number } };
    expect(run.step).toBe(1);
    expect(session.info.canUndo).toBe(false);
    await session.do('disperse-run', settings);
    await session.do('disperse-keep');
    expect(pointsOf(session)).toEqual(pointsOf(await whole()));
  });

  test('rewinds to the bytes of any step it reached', async () => {
    const session = opened();
    const at = new Map<number, Answer>();
    for (const until of [5, 18, 40]) {
      at.set(until, await session.do('disperse-run', { ...settings, until }));
    }
    for (const step of [18, 5, 40]) {
      const { arrays, facts } = await session.do('disperse-rewind', { step });
      expect(facts['step']).toBe(step);
      expect(arrays?.['points'].data).toEqual(at.get(step)?.arrays?.['points'].data);
    }
    await session.do('disperse-rewind', { step: 0 });
    await expect(session.do('disperse-keep')).rejects.toThrow('nothing to keep');
    await expect(session.do('disperse-rewind', { step: 41 })).rejects.toThrow(
      'disperse-rewind: the run has reached step 40; it can go to 0 … 40, not to 41.',
    );
  });

  test('sends no frame before the one before has arrived, and ends with where it stands', async () => {
    const session = opened();
    let underway = 0;
    let most = 0;
    const steps: number[] = [];
    const send = async (packet: Packet) => {
      if (packet.kind !== 'frame') return;
      underway += 1;
      most = Math.max(most, underway);
      steps.push(Number(packet.facts['step']));
      await new Promise((done) => setTimeout(done, 20));
      underway -= 1;
    };
    await session.do('disperse-run', settings, { send });
    expect(most).toBe(1);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)).toBe(40);
    expect(steps.length).toBeLessThan(41);
  });

  test('a listener that fails ends the call with its reason, and the run stands', async () => {
    const session = opened();
    const send = (packet: Packet) => {
      if (packet.kind === 'frame') throw new Error('the line is dead');
    };
    await expect(session.do('disperse-run', settings, { send })).rejects.toThrow(
      'the line is dead',
    );
    await session.do('disperse-run', settings);
    await session.do('disperse-keep');
    expect(pointsOf(session)).toEqual(pointsOf(await whole()));
  });

  test('undo brings the rows back; a run does not outlive the rows it began with', async () => {
    const session = opened();
    await session.do('disperse-run', { ...settings, until: 4 });
    await session.do('disperse', { ...settings, until: 1 });
    await expect(session.do('disperse-keep')).rejects.toThrow('table a has changed');
    await expect(session.do('disperse-run', settings)).rejects.toThrow(
      'disperse-run: a run of table a with other settings stands at step 4; keep or discard it first.',
    );
    session.undo();
    expect(pointsOf(session)).toBe(points.data);
    await session.do('disperse-keep');
    expect((await session.do('disperse-discard')).facts).toEqual({ discarded: null });
    await expect(session.do('disperse-keep')).rejects.toThrow('disperse-run starts one');
  });

  test('at its start it is seen where a map has the rows, whatever their lengths', async () => {
    const long = matrix(
      points.data.map((x, e) => x * (1 + (Math.floor(e / 4) % 3))),
      60,
      4,
    );
    const session = opened(long);
    const drawn = await session.do('map', { method: 'pca', quality: false });
    await session.do('disperse-run', { ...settings, until: 1 });
    const { arrays } = await session.do('disperse-rewind', { step: 0, map: 'pca' });
    const [seen, wanted] = [arrays?.['points'].data, drawn.arrays?.['points'].data];
    for (let e = 0; e < 120; e++) expect(Number(seen?.[e])).toBeCloseTo(Number(wanted?.[e]), 5);
    const last = await session.do('disperse-run', { ...settings, map: 'pca' });
    await session.do('disperse-keep');
    expect(session.state.maps.get('pca')?.points.data).toEqual(last.arrays?.['points'].data);
    session.undo();
    expect(session.state.maps.get('pca')?.points.data).toEqual(wanted);
  });

  test('frames say the smallest angle beside its bound and its law', async () => {
    const octahedron = uniformPoints(6, 3, Random.fromSeed(1));
    const session = opened(octahedron);
    const run = { objective: 'riesz-energy(s=1)', steps: 300, batch: 0, keep: 0 };
    const { facts, arrays } = await session.do('disperse-run', {
      ...run,
      learningRate: 0.2,
      optimizerOptions: { momentum: 0.9 },
      view: 'sphere',
    });
    expect(facts['laws']).toMatchObject({ boundDeg: 90, bestKnownDeg: 90 });
    expect(facts['exact']).toBe(true);
    expect(facts['smallestDeg']).toBeCloseTo(90, 2);
    expect(facts['projection']).toEqual({
      about: 'the points as they are',
      dims: 3,
      geometry: 'sphere',
    });
    const counts = arrays?.['counts'].data as Float64Array;
    expect(counts.reduce((a, b) => a + b)).toBe(6);
    expect(arrays?.['points'].shape).toEqual([6, 3]);
  });
});

describe('what can not be spread', () => {
  test('one row has nothing to be apart from', async () => {
    const session = opened(matrix(Float32Array.of(3, 4), 1, 2));
    await expect(session.do('disperse-run', { steps: 2, keep: 0 })).rejects.toThrow(
      'uniformity: expected at least 2 points; got 1 × 2.',
    );
    expect(session.info.canUndo).toBe(false);
  });

  test('rows that are no numbers, unknown objectives and options are refused in a sentence', async () => {
    const broken = opened(matrix(Float32Array.of(1, 0, Number.NaN, 1), 2, 2));
    await expect(broken.do('disperse-run', settings)).rejects.toThrow(
      'disperse: 1 row has values that are not finite: 1 (counted from 0; the first is NaN',
    );
    await expect(opened().do('disperse-run', { objective: 'spread' })).rejects.toThrow('"spread"');
    await expect(opened().do('disperse-run', { optimizerOptions: { beta: 1 } })).rejects.toThrow(
      'beta',
    );
    await expect(opened().do('disperse-run', { table: 'b' })).rejects.toThrow(
      'there is no table "b"; there are: a.',
    );
  });
});
