import type { Matrix } from '../../../../core/matrix.ts';
import type { Workspace } from '../../../../learning/index.ts';
import { embeddedRows } from '../embedded-rows.ts';
import { centroidGap, entailedShare, recallBothWays } from './measures.ts';
import { type Side, scalesOf, type TowerSettings, type Towers } from './network.ts';

/** Held-out pairs that are measured at most: what is measured grows with their square. */
const MOST_ROWS = 2000;

interface Pairs {
  readonly a: Matrix;
  readonly b: Matrix;
}

/** What held-out pairs say of the towers, and what was learned of scales. */
export async function towerReport(
  towers: Towers,
  points: Pairs,
  heldOut: Int32Array,
  { dim, loss, temperature }: TowerSettings,
  leastRadius: number,
  workspace: Workspace,
): Promise<Readonly<Record<string, number>>> {
  const scales = scalesOf(towers, temperature);
  const rows = heldOut.subarray(0, MOST_ROWS);
  if (rows.length === 0) return scales;
  const rowsOf = (of: 'placed' | 'embedded', side: Side) =>
    embeddedRows(
      (some) => towers[of](side, towers.inputs(side, points[side], some)),
      rows,
      dim,
      workspace,
    );
  const [a, b] = [await rowsOf('embedded', 'a'), await rowsOf('embedded', 'b')];
  const { there, back } = recallBothWays(a, b, scales['curvature']);
  const found = {
    recallAt1: there.recallAt1,
    recallAt10: there.recallAt10,
    backRecallAt1: back.recallAt1,
    backRecallAt10: back.recallAt10,
    gap: centroidGap(a, b),
    heldOut: rows.length,
    ...scales,
  };
  if (loss === 'meru') {
    const entailed = entailedShare(a, b, scales['curvature'], leastRadius);
    return { ...found, entailed };
  }
  if (loss !== 'slap') return found;
  const [ofA, ofB] = [await rowsOf('placed', 'a'), await rowsOf('placed', 'b')];
  const shared = recallBothWays(ofA, ofB, undefined);
  return {
    ...found,
    sharedRecallAt1: shared.there.recallAt1,
    backSharedRecallAt1: shared.back.recallAt1,
    sharedGap: centroidGap(ofA, ofB),
  };
}
