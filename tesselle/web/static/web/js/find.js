// The elements of a kind below (or at) root that this behaviour has not seen yet.
const seen = new WeakMap();

export function fresh(root, selector, behaviour) {
  if (!seen.has(behaviour)) seen.set(behaviour, new WeakSet());
  const known = seen.get(behaviour);
  const found = [...root.querySelectorAll(selector)];
  if (root instanceof Element && root.matches(selector)) found.unshift(root);
  const unseen = found.filter((element) => !known.has(element));
  for (const element of unseen) known.add(element);
  return unseen;
}
