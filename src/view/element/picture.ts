import type { Cloud } from '../cloud.ts';
import type { DrawSettings } from '../renderers/renderer.ts';
import { dotsSvg, svgAround, wholeSvg } from './dots.ts';
import { type Furniture, furnitureSvg } from './svg.ts';

/** So many points are dots of an SVG; more are a picture in it. */
const MOST_DOTS = 20_000;

/** Who has the pixels of what is seen. */
export interface ImageSource {
  pixels(): Promise<ImageData>;
}

/** What is seen, as PNG. */
export async function pictureOf(source: ImageSource, furniture: Furniture): Promise<Blob> {
  const pixels = await source.pixels();
  const canvas = canvasOf(pixels);
  const image = new Image();
  const svg = svgAround(furniture.size, furnitureSvg(furniture));
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  canvas.getContext('2d')?.drawImage(image, 0, 0, pixels.width, pixels.height);
  return pngOf(canvas);
}

/** What is seen, as SVG: dots where they are few enough, otherwise the points as a picture in it. */
export async function svgOf(
  cloud: Cloud,
  source: ImageSource,
  furniture: Furniture,
  settings: DrawSettings,
): Promise<string> {
  const { size } = furniture;
  const points =
    cloud.shades.length <= MOST_DOTS
      ? dotsSvg(cloud, furniture, settings)
      : `<image width="${size.width}" height="${size.height}" href="${canvasOf(await source.pixels()).toDataURL('image/png')}"/>`;
  return wholeSvg(furniture, points);
}

function canvasOf(pixels: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The browser made no PNG of the picture.'));
    }, 'image/png');
  });
}
