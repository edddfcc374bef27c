import { expect, test } from "vitest";
import { configuration } from "../../../../embedded/cluster/control-plane/simulation.ts";

test("kwok's stages of volumes are those of the simulated storage classes, the clouds' among them, and nothing else is changed", () => {
  const stages =
    "cel:\n  expression: >-\n    self.spec.storageClassName == 'kwok-volume'\nname: kwok-volume-stage\n";
  expect(configuration(stages)).toBe(
    "cel:\n  expression: >-\n    self.spec.storageClassName in ['simulated', 'gp3', 'pd-balanced', 'managed-csi']\nname: kwok-volume-stage\n",
  );
});
