export { loadImages } from "./images.ts";
export { startMetrics, stopMetrics } from "./metrics.ts";
export { startNode, stopNode } from "./node.ts";
export { obtainNodePrograms } from "./programs.ts";
