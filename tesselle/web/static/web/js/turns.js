// Two answers for one piece of the page: the first would take the place that the second is for, which would then be
// swapped in where nobody sees it. So in a piece that is kept up to date, one thing happens at a time:
// what reads itself gives way to what somebody asks for; whoever asks to see something else calls off what was asked
// before; what does something is never called off, and whatever is pressed meanwhile waits to be pressed again.
// <section id="calendar" data-live="…" hx-get="…" hx-trigger="tesselle:live" hx-target="this">
const underWay = new Map(); // request -> {target, verb, isOwn}

const pieceOf = (place) => place.closest("[data-live]") ?? place.querySelector("[data-live]");
const inTheWay = (piece) => [...underWay].filter(([, one]) => piece.contains(one.target) || one.target.contains(piece));

/** Somebody has asked for something that goes into this piece, and the answer is on its way. */
export const isAsked = (piece) => inTheWay(piece).some(([, one]) => !one.isOwn);

const asOne = ({ detail: { target, requestConfig, elt } }, piece) => ({ target, verb: requestConfig.verb, isOwn: elt === piece });

document.addEventListener("htmx:beforeRequest", (event) => {
  const piece = pieceOf(event.detail.target);
  if (!piece || event.defaultPrevented) return;
  const { isOwn } = asOne(event, piece);
  const others = inTheWay(piece);
  if (others.some(([, one]) => !one.isOwn && (isOwn || one.verb !== "get"))) event.preventDefault();
  else for (const [request] of others) request.abort();
});
// Only what is really sent is waited for: others too may have kept it back.
document.addEventListener("htmx:beforeSend", (event) => {
  const { xhr, target } = event.detail;
  const piece = pieceOf(target);
  if (!piece) return;
  underWay.set(xhr, asOne(event, piece));
  xhr.addEventListener("loadend", () => underWay.delete(xhr));
});
