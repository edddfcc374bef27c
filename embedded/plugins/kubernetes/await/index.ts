/** Waiting for objects, as the official plugin does it: until they are ready, or gone. */
export { awaitDeleted } from "./deleted.ts";
export { awaitReady, checkReady } from "./ready.ts";
