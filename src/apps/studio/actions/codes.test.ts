import { describe, expect, test } from 'vitest';
import { sessionOf } from '../../../testing/studio.ts';
import type { Packet } from '../contract.ts';

/** The edge of the icosahedron, arccos(1/√5), in degrees. */
const ICOSAHEDRON = 63.43494882292201;

interface Certificate {
  readonly minAngleDeg: number;
  readonly bestKnownDeg: number;
  readonly gapToBoundDeg: number;
  readonly provenOptimal: boolean;
  readonly contacts: number;
}
const certificateOf = ({ certificate }: Readonly<Record<string, unknown>>) =>
  certificate as Certificate;

describe('codes', () => {
  test('twelve points become the icosahedron, which meets its bound', async () => {
    const session = await sessionOf();
    const frames: (Packet & { kind: 'frame' })[] = [];
    const send = (packet: Packet) => {
      if (packet.kind === 'frame') frames.push(packet);
    };
    const { facts, arrays } = await session.do('codes', { count: 12, chains: 2 }, { send });
    const certificate = certificateOf(facts);
    expect(certificate.minAngleDeg).toBeCloseTo(ICOSAHEDRON, 9);
    expect(certificate).toMatchObject({ provenOptimal: true, contacts: 30 });
    expect(facts).toMatchObject({ table: 'code-12x3', map: 'code-12x3' });
    expect(session.state.maps.get('code-12x3')?.points.rows).toBe(12);
    expect(arrays?.['points'].shape).toEqual([12, 3]);
    const last = frames.at(-1)?.facts ?? {};
    expect(last['bestDeg']).toBeCloseTo(ICOSAHEDRON, 6);
    expect(last['boundDeg']).toBeCloseTo(ICOSAHEDRON, 9);
    session.undo();
    expect(session.state.tables.size).toBe(0);
  });

  test('who looks on changes nothing, and the step replays to its digest', async () => {
    const digests = await Promise.all(
      [undefined, () => undefined].map(async (send) => {
        const session = await sessionOf();
        await session.do('codes', { count: 30, dim: 4, chains: 1, patience: 2 }, { send });
        return session.recipe().steps[0].digest;
      }),
    );
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(digests[1]).toBe(digests[0]);
  });

  test('in more columns frames show three, and there is no map', async () => {
    const session = await sessionOf();
    let shape: readonly number[] | undefined;
    const send = (packet: Packet) => {
      if (packet.kind === 'frame') shape = packet.arrays?.['points'].shape;
    };
    const { facts } = await session.do(
      'codes',
      { count: 20, dim: 6, chains: 1, patience: 0 },
      { send },
    );
    expect(shape).toEqual([20, 3]);
    expect(facts['map']).toBeNull();
  });

  test('the best there is a way to is exact where it is known', async () => {
    const session = await sessionOf();
    const { facts } = await session.do('codes', { count: 24, from: 'best' });
    const { minAngleDeg, bestKnownDeg } = certificateOf(facts);
    expect(minAngleDeg).toBeCloseTo(bestKnownDeg, 6);
  });

  test('stopped, the best that was shown is a table, and replays to its digest', async () => {
    const session = await sessionOf();
    const stop = new AbortController();
    const shown: number[] = [];
    const sendSome = ({ facts, kind }: Packet & { facts?: Readonly<Record<string, unknown>> }) => {
      if (kind !== 'frame') return;
      shown.push(Number(facts?.['minAngleDeg']));
      if (shown.length === 3) stop.abort();
    };
    const long = { count: 60, chains: 50 };
    const run = { signal: stop.signal, send: sendSome };
    const { facts } = await session.do('codes', long, run);
    expect(certificateOf(facts).minAngleDeg).toBeCloseTo(Math.max(...shown), 9);
    expect(session.state.tables.get('code-60x3')?.table.points.rows).toBe(60);
    const [step] = session.recipe().steps;
    expect(Object.keys(step.parameters)).toEqual(['count', 'dim', 'points']);
    const other = await sessionOf();
    await other.do(step.action, step.parameters);
    expect(other.recipe().steps).toEqual([step]);
    session.undo();
    expect(session.state.tables.size).toBe(0);
  });

  test('points that are given are as many as was said, and of length 1', async () => {
    const session = await sessionOf();
    const two = { count: 2, dim: 2 };
    const { facts } = await session.do('codes', { ...two, points: [1, 0, -1, 0] });
    expect(certificateOf(facts)).toMatchObject({ minAngleDeg: 180, provenOptimal: true });
    await expect(session.do('codes', { ...two, points: [1, 0, 0] })).rejects.toThrow(
      'codes: expected 2 × 2 numbers; got 3.',
    );
    await expect(session.do('codes', { ...two, points: [1, 0, 1, 1] })).rejects.toThrow(
      'codes: row 1 of the points is not of length 1.',
    );
  });

  test('stopped before it was watched, it leaves nothing; a listener that fails ends it', async () => {
    const session = await sessionOf();
    const stop = new AbortController();
    const long = { count: 200, chains: 50 };
    const call = session.do('codes', long, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(call).rejects.toThrow('stopped on request');
    const fail = (packet: Packet) => {
      if (packet.kind === 'frame') throw new Error('gone');
    };
    await expect(session.do('codes', long, { send: fail })).rejects.toThrow('gone');
    expect(session.state.tables.size).toBe(0);
    await expect(session.do('codes', { count: 1 })).rejects.toThrow('"count"');
  });
});
