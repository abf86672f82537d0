// Units and lengths of time that more than one module counts in.

export const DAY_MS = 24 * 3600 * 1000;

/** The server sends degrees as whole numbers, times this. */
export const E7 = 1e7;
