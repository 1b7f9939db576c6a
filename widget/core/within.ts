/** Rejects when the work takes longer than so many ms: what never answers is as good as gone. */
export const within = <T>(work: Promise<T>, ms: number): Promise<T> =>
  Promise.race([work, new Promise<never>((_, reject) => setTimeout(reject, ms, new Error('it took too long')))]);
