export { loadImages } from "./images.ts";
export { startNode, stopNode } from "./node.ts";
export { obtainNodePrograms } from "./programs.ts";
