// Fields that stand in no form element, as scripts make them: whether together they ask for something.

/** One of these says so by itself. */
const ASKS = /^(?:email|tel|file|password|textarea)$/;
/** Of these it takes two: a list has a box to filter it. */
const TYPED = /^(?:text|number|date|url)$/;

/** Takes the types of fields as PageField has them. */
export const askTogether = (types: readonly string[]): boolean =>
  types.some((type) => ASKS.test(type)) || types.filter((type) => TYPED.test(type)).length > 1;
