import { protectedData } from "../../../policies/rules/protected-data.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerContainer, dockerVolume, kubernetes, statefulSet } from "../examples.ts";
import { judge } from "../judge.ts";

const fate = (value: string) => ({ labels: [{ label: "keelson.data", value }] });
const claim = (annotations = {}) =>
  kubernetes("core/v1:PersistentVolumeClaim", { spec: {} }, annotations, "models");

const databaseCluster = (annotations = {}) =>
  kubernetes("postgresql.cnpg.io/v1:Cluster", { spec: { instances: 3 } }, annotations, "db");

judge(
  protectedData,
  {
    passes: [
      ["a volume that the engine protects", { ...dockerVolume({ labels: undefined }), protect: true }],
      ["a volume that is retained", dockerVolume(fate("retained"))],
      ["a volume whose data can be made again", dockerVolume(fate("disposable"))],
      ["a label that is computed during the deployment", dockerVolume(fate(notKnownYet))],
      ["a claim that the engine protects", { ...claim(), protect: true }],
      ["a claim that is retained", claim({ "keelson.data": "retained" })],
      ["the claims of a StatefulSet, which stay", statefulSet()],
      ["a database cluster that the engine protects", { ...databaseCluster(), protect: true }],
      ["a database cluster whose data can be made again", databaseCluster({ "keelson/data": "disposable" })],
      ["resources that keep no data", dockerContainer()],
      ["a Deployment", deployment()],
    ],
    fails: [
      ["a volume of which nothing is said", dockerVolume({ labels: undefined }), /does not say what becomes/],
      ["a word that is none of the allowed ones", dockerVolume(fate("perhaps")), /has the fate "perhaps"/],
      ["a claim of which nothing is said", claim(), /volume claim "models" does not say/],
      [
        "the claims of a StatefulSet that go with it",
        statefulSet({ persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete" } }),
        /volume claim "data" of "db" has the fate "deleted"/,
      ],
      ["a database cluster, which takes its volumes along", databaseCluster(), /"db" has the fate "deleted"/],
    ],
  },
  "G6",
);
