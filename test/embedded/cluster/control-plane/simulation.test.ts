import { expect, test } from "vitest";
import { configuration } from "../../../../embedded/cluster/control-plane/simulation.ts";

test("kwok's stages of volumes are those of the cluster's own storage class, and nothing else is changed", () => {
  const stages =
    "cel:\n  expression: >-\n    self.spec.storageClassName == 'kwok-volume'\nname: kwok-volume-stage\n";
  expect(configuration(stages)).toBe(
    "cel:\n  expression: >-\n    self.spec.storageClassName == 'simulated'\nname: kwok-volume-stage\n",
  );
});
