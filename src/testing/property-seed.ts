import fc from 'fast-check';

// Every run of the suite draws the same cases, so a failure is a change of the code and not of luck.
// TAMMES_PROPERTY_SEED=random draws others; a number repeats the draw that failed.
const { TAMMES_PROPERTY_SEED: wanted = '2502' } = process.env;
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
