// The server creates the drawing; this highlights the way of an origin.

/** Highlights the edges and nodes that an origin passes. */
export function light(drawing, ways) {
  for (const lit of drawing.querySelectorAll(".lit, .accepted")) {
    lit.classList.remove("lit", "accepted");
  }
  for (const { way, edges, nodes, accepted } of ways) {
    for (const edge of edges) {
      drawing.querySelector(`#way-${way}-edge-${edge}`).classList.add("lit");
    }
    for (const node of nodes) {
      drawing.querySelector(`#way-${way}-node-${node}`).classList.add("lit");
    }
    drawing.querySelector(`#way-${way}`).classList.toggle("accepted", accepted);
  }
}
