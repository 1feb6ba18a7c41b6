import { count } from '../../../report/format.ts';
import { labelsOf } from '../state/arrays.ts';
import { offlinePage } from '../state/offline.ts';
import { fileName, save } from '../state/save.ts';
import { selection } from '../state/selection.ts';
import { during, session } from '../state/session.ts';
import { stage } from '../state/stage.ts';
import { cloudOf, map, shortName, tableById } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';
import { saveIds } from './selecting.tsx';

export const exporting: PanelInfo = {
  id: 'export',
  title: 'Export',
  about: 'The picture, the coordinates, the selection, the recipe, or one page that opens offline.',
  key: '9',
  group: 'keep',
  Panel: ExportPanel,
};

function ExportPanel() {
  const shown = map.value;
  const of = tableById(shown?.table);
  if (!shown || !of) return <p class="empty">There is no map to export yet.</p>;
  const name = `${shortName(of.name)} ${shown.title}`;
  const chosen = selection.value?.table === of.id ? selection.value : undefined;
  const item = (title: string, about: string, run: () => Promise<void> | void) => (
    <div class="export">
      <button type="button" onClick={() => void run()}>
        {title}
      </button>
      <small>{about}</small>
    </div>
  );
  return (
    <>
      <section>
        <h3>What you see</h3>
        {item('PNG', 'the picture, in the resolution of this screen', () => savePicture(name))}
        {item('SVG', 'the picture to edit; circles up to 20,000 points', () => saveSvg(name))}
        {item('HTML page', 'one file that opens offline: move, hover, legend, search', () =>
          savePage(name),
        )}
      </section>
      <section>
        <h3>The numbers behind it</h3>
        {item('Coordinates', 'csv: row, label, x, y', () => saveCoordinates(name))}
        {chosen &&
          item('Selection', `${count(chosen.rows.length)} ids, one a line`, () =>
            saveIds(of, [...chosen.rows]),
          )}
        {item('Recipe', 'every step, to replay from the command line', saveRecipe)}
      </section>
    </>
  );
}

async function savePicture(name: string): Promise<void> {
  const blob = await during('PNG', async () => stage.value?.picture());
  if (blob) save(fileName(name, 'png'), blob);
}

async function saveSvg(name: string): Promise<void> {
  const text = await during('SVG', async () => stage.value?.svg());
  if (text) save(fileName(name, 'svg'), text, 'image/svg+xml');
}

async function savePage(name: string): Promise<void> {
  const html = await during('HTML page', () => offlinePage());
  if (html) save(fileName(name, 'html'), html, 'text/html');
}

async function saveRecipe(): Promise<void> {
  const recipe = await during('Recipe', () => session().recipe());
  if (recipe) save('recipe.json', `${JSON.stringify(recipe, null, 2)}\n`, 'application/json');
}

function saveCoordinates(name: string): void {
  const shown = map.value;
  const cloud = shown && cloudOf(shown);
  if (!shown || !cloud) return;
  const labels = labelsOf(shown.table) ?? [];
  const { positions, dims } = cloud;
  const lines = Array.from({ length: positions.length / dims }, (_, row) =>
    [row, quoted(labels[row] ?? ''), ...positions.subarray(row * dims, (row + 1) * dims)].join(','),
  );
  const head = ['row', 'label', 'x', 'y', ...(dims === 3 ? ['z'] : [])].join(',');
  save(fileName(name, 'csv'), `${[head, ...lines].join('\n')}\n`, 'text/csv');
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
