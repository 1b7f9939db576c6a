// What support sees of an identifier: enough to compare by eye, not to look somebody up with.
export const masked = (identifier: string): string => `${identifier.slice(0, 6)}…`;
