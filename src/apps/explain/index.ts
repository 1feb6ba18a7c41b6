export * from './cam.ts';
export * from './pair.ts';
export * from './why.ts';
export * from './why-rating.ts';
