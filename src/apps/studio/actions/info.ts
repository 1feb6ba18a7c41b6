import { defineAction } from './define.ts';

/**
 * What the session holds.
 *
 * Facts: those of `SessionInfo`: `tables` with their `fields`, `maps`, `selections`, `axes`, `steps`, `revision`, `canUndo`,
 * `canRedo`, and versions.
 */
export const info = defineAction({
  id: 'info',
  summary:
    'What the session holds: tables with their fields, maps, selections, axes, and the steps so far.',
  parameters: {},
  isStep: false,
  isQuick: true,
  run: (_state, _parameters, context) => ({ facts: { ...context.info } }),
});
