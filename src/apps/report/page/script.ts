import { sphereControls } from './controls.ts';
import { sphereGeometry } from './geometry.ts';
import { spherePainter } from './painter.ts';
import { saveButtons } from './save.ts';

/** Id of the element that holds the sphere's data as JSON. */
export const SPHERE_DATA_ID = 'sphere-data';

/**
 * The page's script: the source text of the functions above, started on the page's elements.
 *
 * Each function is self-contained, so its text is a program whatever compiled it. Some loaders wrap
 * inner functions in calls of `__name`, which is not there in a page: hence the first line.
 */
export function pageScript(): string {
  return `(() => {
'use strict';
const __name = (f) => f;
(${String(saveButtons)})(document);
const root = document.getElementById('sphere');
const holder = document.getElementById('${SPHERE_DATA_ID}');
if (!root || !holder) return;
const data = JSON.parse(holder.textContent);
const geometry = (${String(sphereGeometry)})();
const painterOf = (canvas) => (${String(spherePainter)})(canvas, data, geometry);
(${String(sphereControls)})(root, data, geometry, painterOf);
})();`;
}
