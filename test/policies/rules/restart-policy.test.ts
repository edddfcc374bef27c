import { restartPolicy } from "../../../policies/rules/restart-policy.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer, dockerJob } from "../examples.ts";
import { judge } from "../judge.ts";

judge(
  restartPolicy,
  {
    passes: [
      ["a service that is started again", dockerContainer()],
      ["a service that is always started again", dockerContainer({ restart: "always" })],
      ["a policy that is computed during the deployment", dockerContainer({ restart: notKnownYet })],
      ["a job, which may end", dockerJob()],
      ["a container that is never started", dockerCarrier()],
      ["a pod, which the kubelet starts again", deployment()],
    ],
    fails: [
      ["a service that stays down", dockerContainer({ restart: "no" }), /not started again/],
      ["a service that says nothing", dockerContainer({ restart: undefined }), /not started again/],
    ],
  },
  "G7",
);
