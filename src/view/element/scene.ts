import type { Camera, Size } from '../camera.ts';
import type { Cloud, Palette } from '../cloud.ts';
import { fitted } from '../fit.ts';
import { type Label, shownLabels } from '../labels.ts';
import { categorical } from '../palettes/categorical.ts';
import { picked, pickedFrom } from '../pick.ts';
import { type Placement, placementOf } from '../placement.ts';
import { type ProjectionId, projectionId } from '../projections/index.ts';
import type { DrawSettings } from '../renderers/renderer.ts';
import { autoSettings } from './auto.ts';
import type { Furniture } from './svg.ts';

/** Size of labels, in CSS pixels. */
const FONT_SIZE = 13;

/** All that a view shows, without what it is shown on. */
export class Scene {
  cloud: Cloud | undefined;
  palette: Palette = categorical('light');
  camera: Camera | undefined;
  settings: Partial<DrawSettings> = {};
  labels: readonly Label[] = [];
  marks: ArrayLike<number> = [];
  squares: ArrayLike<number> = [];
  links: ArrayLike<number> = [];
  dashedLinks: ArrayLike<number> = [];
  hovered = -1;
  sketch: readonly number[] = [];
  hasCross = false;
  size: Size = { width: 0, height: 0 };
  /** Pixels of the picture a CSS pixel. */
  ratio = 1;
  /** The scale that shows all: points grow as it is left. */
  #fitScale = 1;
  #held: { cloud: Cloud; camera: Camera; size: Size; placement: Placement } | undefined;

  /** The camera that shows that share of the points, by the projection asked or the one before, turned as it was. */
  fittedCamera(
    projection?: ProjectionId,
    { isUpright = false, share = 1 } = {},
  ): Camera | undefined {
    const { cloud, camera, size } = this;
    if (!cloud) return undefined;
    const isKept = camera && (camera.kind === 'globe') === (cloud.dims === 3);
    const id = projection ?? (isKept ? projectionId(camera) : undefined);
    const goal = fitted(cloud, size.width > 0 ? size : { width: 1, height: 1 }, id, share);
    this.#fitScale = goal.scale;
    const isTurned = goal.kind === 'globe' && camera?.kind === 'globe' && !isUpright;
    return isTurned ? { ...goal, turn: camera.turn } : goal;
  }

  /** Where every row is; computed once for a cloud, a camera and a size. */
  placement(): Placement | undefined {
    const { cloud, camera, size } = this;
    if (!cloud || !camera) return undefined;
    const held = this.#held;
    const isCurrent =
      held?.camera === camera &&
      held.size === size &&
      held.cloud.positions === cloud.positions &&
      held.cloud.hidden === cloud.hidden;
    if (held && isCurrent) return held.placement;
    const placement = placementOf(cloud, camera, size, undefined, held?.placement);
    this.#held = { cloud, camera, size, placement };
    return placement;
  }

  /** The row that a place of the picture means; −1 for none. */
  rowAt(place: readonly [number, number], radius: number): number {
    const { cloud, camera, size } = this;
    if (!cloud || !camera) return -1;
    if (camera.kind !== 'disk') return pickedFrom(cloud, camera, size, place, radius);
    const placement = this.placement();
    return placement ? picked(placement, ...place, radius) : -1;
  }

  drawSettings(): DrawSettings {
    const { cloud, camera, size, ratio, settings } = this;
    const count = cloud?.shades.length ?? 0;
    const auto = autoSettings(count, size, ratio, (camera?.scale ?? 1) / this.#fitScale);
    const { pointSize, opacity = auto.opacity } = settings;
    return { pointSize: pointSize === undefined ? auto.pointSize : pointSize * ratio, opacity };
  }

  /** What lies over the points; nothing where there are none. */
  furniture(): Furniture | undefined {
    const { cloud, camera, size, ratio, palette, labels, hovered, sketch, hasCross } = this;
    if (!cloud || !camera) return undefined;
    const placesOf = (rows: ArrayLike<number>) => placementOf(cloud, camera, size, rows);
    const labeled = placesOf(labels.map(({ row }) => row));
    return {
      camera,
      size,
      ratio,
      palette,
      labels: shownLabels(labels, labeled, size, FONT_SIZE * ratio),
      rings: placesOf(this.marks),
      squares: placesOf(this.squares),
      lines: placesOf(this.links),
      dashes: placesOf(this.dashedLinks),
      hovered: placesOf(hovered < 0 ? [] : [hovered]),
      sketch,
      hasCross,
    };
  }
}
