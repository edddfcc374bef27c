import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { access } from "./access.ts";
import { clock, failure } from "./answer.ts";
import { collectionRoutes } from "./collection-routes.ts";
import { pointRoutes } from "./point-routes.ts";
import { RequestError } from "../request-error.ts";
import { serviceRoutes } from "./service-routes.ts";
import type { Settings } from "./settings.ts";
import { snapshotRoutes } from "./snapshot-routes.ts";
import { Snapshots } from "./snapshots.ts";
import type { Store } from "./store.ts";

/** Qdrant's own limit for what is not a snapshot. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The REST API, as far as it is answered here. */
export function createApplication(store: Store, { service, storage }: Settings): Hono {
  const snapshots = new Snapshots(storage.snapshots_path, store);
  const application = new Hono()
    .use(clock)
    .use(access(service))
    .use("/collections/:name", bodyLimit({ maxSize: MOST_BYTES }))
    .use("/collections/:name/points/*", bodyLimit({ maxSize: MOST_BYTES }))
    .route("/", serviceRoutes(store))
    .route("/collections/:name/points", pointRoutes(store))
    .route("/collections/:name/snapshots", snapshotRoutes(snapshots))
    .route("/collections", collectionRoutes(store));
  application.notFound(({ req }) => {
    throw new RequestError(501, `the stand-in for Qdrant does not know ${req.method} ${req.path}`);
  });
  application.onError(failure);
  return application;
}
