// The script of a page that shows points: the view, and what stands beside it.
import { defineTammesView } from '../../../view/element.ts';
import { CLOUD_DATA_ID, type CloudData } from '../cloud/data.ts';
import { LiveCloud } from './live-cloud.ts';
import { saveButtons } from './save.ts';

saveButtons(document);
defineTammesView();
const text = document.getElementById(CLOUD_DATA_ID)?.textContent ?? '{}';
for (const [id, data] of Object.entries(JSON.parse(text) as Record<string, CloudData>)) {
  const figure = document.getElementById(id);
  if (figure) new LiveCloud(figure, data);
}
