import type { V1PersistentVolume, V1PersistentVolumeClaim } from "@kubernetes/client-node";
import { polled, ready, rule, waiting } from "../rule.ts";

/** Ready when it is bound; a claim whose volume waits for its first consumer is not waited for, since that consumer comes after it. */
export const persistentVolumeClaim = rule<V1PersistentVolumeClaim>({
  ...polled(300),
  decidedBy: ["storageclasses"],
  judge({ object: { spec, status }, related }) {
    if (status?.phase === "Bound") return ready;
    const storageClass = related.storageclasses.find(
      ({ metadata }) => metadata?.name === spec?.storageClassName,
    );
    if (status?.phase === "Pending" && storageClass?.volumeBindingMode === "WaitForFirstConsumer")
      return ready;
    return waiting(`PVC is not Bound. phase: ${status?.phase ?? "unknown"}`);
  },
});

export const persistentVolume = rule<V1PersistentVolume>({
  ...polled(300),
  judge({ object: { status } }) {
    if (status?.phase === "Available" || status?.phase === "Bound") return ready;
    return waiting(`PV is neither Available nor Bound. phase: ${status?.phase ?? "unknown"}`);
  },
});
