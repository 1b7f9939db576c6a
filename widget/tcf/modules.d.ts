declare module '@iabtechlabtcf/stub' {
  /** Puts a `__tcfapi` that keeps its calls, and the frame by which frames find it, into the page. */
  const stub: () => void;
  export default stub;
}
