import type { Cloud } from '../cloud.ts';
import { placementOf } from '../placement.ts';
import { paleness } from '../renderers/cpu/tables.ts';
import type { DrawSettings } from '../renderers/renderer.ts';
import { digits, type Furniture, furnitureSvg } from './svg.ts';

/** So many points are circles of an SVG; more are a picture in it. */
const MOST_CIRCLES = 20_000;

/** Who has the pixels of what is seen. */
export interface ImageSource {
  pixels(): Promise<ImageData>;
}

/** What is seen, as PNG. */
export async function pictureOf(source: ImageSource, furniture: Furniture): Promise<Blob> {
  const pixels = await source.pixels();
  const canvas = canvasOf(pixels);
  const image = new Image();
  const svg = wrapped(furniture, furnitureSvg(furniture));
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  canvas.getContext('2d')?.drawImage(image, 0, 0, pixels.width, pixels.height);
  return pngOf(canvas);
}

/** What is seen, as SVG: circles where they are few enough, otherwise the points as a picture in it. */
export async function svgOf(
  cloud: Cloud,
  source: ImageSource,
  furniture: Furniture,
  settings: DrawSettings,
): Promise<string> {
  const { palette, size } = furniture;
  const ground = `<rect width="100%" height="100%" fill="${hex(palette.background)}"/>`;
  const points =
    cloud.shades.length <= MOST_CIRCLES
      ? circles(cloud, furniture, settings)
      : `<image width="${size.width}" height="${size.height}" href="${canvasOf(await source.pixels()).toDataURL('image/png')}"/>`;
  return wrapped(furniture, ground + points + furnitureSvg(furniture));
}

function canvasOf(pixels: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}

function wrapped({ size: { width, height } }: Furniture, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inside}</svg>`;
}

function circles(
  cloud: Cloud,
  { camera, size, palette }: Furniture,
  settings: DrawSettings,
): string {
  const { x, y, depth } = placementOf(cloud, camera, size);
  const isSelecting = cloud.selected?.includes(1) ?? false;
  const isOver = (row: number) => (cloud.selected?.[row] ? 1 : 0);
  const hasDepth = camera.kind === 'globe' && camera.projection === 'globe';
  const radius = settings.pointSize / 2;
  const order = Array.from(x.keys())
    .filter(
      (i) =>
        x[i] >= -radius &&
        x[i] <= size.width + radius &&
        y[i] >= -radius &&
        y[i] <= size.height + radius,
    )
    .toSorted((a, b) => isOver(a) - isOver(b) || depth[a] - depth[b] || a - b);
  return order
    .map((i) => {
      const pale = isSelecting && !isOver(i) ? 0.3 : 1;
      const opacity = settings.opacity * (hasDepth ? paleness(depth[i]) : 1) * pale;
      return `<circle cx="${digits(x[i])}" cy="${digits(y[i])}" r="${digits(radius)}" fill="${hex(palette.colors[cloud.shades[i]])}" fill-opacity="${opacity.toFixed(2)}"/>`;
    })
    .join('');
}

function hex(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The browser made no PNG of the picture.'));
    }, 'image/png');
  });
}
