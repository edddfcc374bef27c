import { serviceVariables } from "../../../policies/rules/service-variables.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerContainer, kubernetesJob } from "../examples.ts";
import { judge } from "../judge.ts";

judge(
  serviceVariables,
  {
    passes: [
      ["a pod without such variables", deployment()],
      ["a job without them", kubernetesJob()],
      ["a switch that is computed", deployment({ spec: { enableServiceLinks: notKnownYet } })],
      ["a container of Docker", dockerContainer()],
    ],
    fails: [
      ["Kubernetes' own default", deployment({ spec: { enableServiceLinks: undefined } }), /gets variables/],
      ["a pod that asks for them", deployment({ spec: { enableServiceLinks: true } }), /gets variables/],
    ],
  },
  "G4",
);
