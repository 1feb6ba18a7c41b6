import type { TablePlace } from '../../io/contract.ts';
import { lance } from './lance.ts';
import { postgres } from './postgres.ts';
import { qdrant } from './qdrant.ts';

export type { ComingRows, TableOutput, TablePlace } from '../../io/contract.ts';
export type { PeerLoader } from '../support/load-peer.ts';
export { lance, postgres, qdrant };

/** All databases, their packages imported when an address needs them. */
export const databases: readonly TablePlace[] = [lance(), postgres(), qdrant()];
