import { orchestratorCredentials } from "../../../policies/rules/orchestrator-credentials.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerContainer, kubernetesJob, statefulSet } from "../examples.ts";
import { judge } from "../judge.ts";

const token = (automountServiceAccountToken: unknown, annotations = {}) =>
  deployment({ spec: { automountServiceAccountToken }, annotations });

judge(
  orchestratorCredentials,
  {
    passes: [
      ["a pod without the token of its account", deployment()],
      ["a job without it", kubernetesJob()],
      ["a StatefulSet without it", statefulSet()],
      ["a pod that says what for", token(true, { "keelson/identity": "reads its own leases" })],
      ["a switch that is computed during the deployment", token(notKnownYet)],
      ["a container of Docker, which hands out none", dockerContainer()],
    ],
    fails: [
      ["a pod with the token", token(true), /gets the token of its service account/],
      ["Kubernetes' own default", token(undefined), /gets the token/],
      ["a reason without words", token(true, { "keelson/identity": "" }), /gets the token/],
    ],
  },
  "G4",
);
