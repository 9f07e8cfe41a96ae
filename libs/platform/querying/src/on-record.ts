const told = new WeakSet<object>();

/** Marks a refusal as the outcome of a decision that stands in the trail: nobody has to put it there once more. */
export function onRecord<E>(refusal: E): E {
  if (typeof refusal === 'object' && refusal !== null) told.add(refusal);
  return refusal;
}
export const isOnRecord = (refusal: object): boolean => told.has(refusal);
