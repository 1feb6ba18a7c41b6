export const SPHERE_STARTS: Readonly<Record<number, string>> = {};
