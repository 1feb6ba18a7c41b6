import { can } from '../state/session.ts';
import { act } from './act.tsx';
import { axes } from './axes.tsx';
import { checkpoints } from './checkpoints.tsx';
import { codes } from './codes.tsx';
import { compare } from './compare.tsx';
import { compress } from './compress.tsx';
import type { PanelInfo } from './contract.ts';
import { disperse } from './disperse.tsx';
import { exporting } from './exporting.tsx';
import { history } from './history.tsx';
import { map } from './map.tsx';
import { measure } from './measure.tsx';
import { neighbors } from './neighbors.tsx';
import { rows } from './rows.tsx';
import { searching } from './searching.tsx';
import { selecting } from './selecting.tsx';

/** Every panel, in the order of the tabs. */
const all: readonly PanelInfo[] = [
  map,
  measure,
  neighbors,
  searching,
  rows,
  axes,
  selecting,
  compare,
  disperse,
  codes,
  compress,
  act,
  checkpoints,
  history,
  exporting,
];

/** The panels that this session can fill. */
export function panels(): readonly PanelInfo[] {
  return all.filter(({ needs }) => needs === undefined || can(needs));
}
