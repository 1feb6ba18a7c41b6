import { firstMap, mapWithoutGaps, refused } from '../state/first-map.ts';
import { can, lost } from '../state/session.ts';
import { panel } from '../state/ui.ts';
import { shortName, table } from '../state/view.ts';
import { OpenButton } from './top-bar.tsx';

/** In the middle while there is nothing to draw: what to do next. */
export function Welcome() {
  const of = table.value;
  if (lost.value) return null;
  if (!of)
    return (
      <div class="welcome">
        <h2>Open an embedding file</h2>
        <p>
          Vectors as npy, parquet, safetensors, csv, jsonl, GloVe text and more, with the columns
          beside them. Drop a file here, or
        </p>
        <OpenButton words="Choose a file" look="main" />
        <p class="small">Nothing leaves this computer.</p>
      </div>
    );
  return (
    <div class="welcome">
      <h2>{shortName(of.name)} is open</h2>
      <p>A map shows its rows as points: near ones are alike.</p>
      {can('map') && (
        <button type="button" class="main" onClick={() => void firstMap(of)}>
          Make a map
        </button>
      )}
      {refused.value === of.id && of.rows > 2 && can('subset') && (
        <button type="button" onClick={() => void mapWithoutGaps(of)}>
          Leave out rows with gaps
        </button>
      )}
      <button
        type="button"
        class="quiet"
        onClick={() => {
          panel.value = 'map';
        }}
      >
        Choose how
      </button>
    </div>
  );
}
