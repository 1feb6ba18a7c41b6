import type { NullModel } from '../../structures/space/null-models.ts';
import type { EngineFlags } from '../engine.ts';
import type { SampleFlags } from '../input.ts';
import type { ToFlag } from '../tables.ts';
import type { WorkFlags } from '../workers/flags.ts';

/** The flags of `tammes measure`. */
export interface Flags extends SampleFlags, EngineFlags, ToFlag, WorkFlags {
  /** All, and one screen of them printed, where it is left out. */
  readonly metrics?: string;
  readonly all?: true;
  readonly series?: true;
  readonly null: NullModel;
  readonly classes?: string;
  readonly frequencies?: string;
  readonly scores?: string;
  readonly queries?: string;
  readonly relevance?: string;
  readonly datastore?: string;
  readonly neighbors?: string;
  readonly saveNeighbors?: string;
  readonly saveRows?: string;
  readonly correct?: string;
  readonly doctor?: true;
  readonly duplicates?: true;
  readonly near?: number;
  readonly failOn?: readonly string[];
  readonly sarif?: string;
  readonly junit?: string;
  readonly report?: string;
  readonly json?: true;
  readonly quiet?: true;
}
