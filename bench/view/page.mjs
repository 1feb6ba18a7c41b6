export const page = (x) => JSON.stringify(x);
