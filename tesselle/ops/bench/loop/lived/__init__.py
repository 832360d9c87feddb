"""`tesselle bench loop --through-product`: one company's weeks lived twice, with the same decisions. Once on the
simulation and the statistics alone; once through the whole product: planned, dispatched, measured and learned from in
a practice workspace, whose suggestions are accepted as a person would. Post by post, both must come to the same."""
