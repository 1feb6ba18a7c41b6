export { place_mollweide } from './mollweide.as';
export { place_globe, place_lambert, place_plane } from './place.as';
export { shade } from './shade.as';
export { disks, squares } from './splat.as';
