import { healthProbe } from "../../../policies/rules/health-probe.ts";
import { notKnownYet } from "../../support/audit.ts";
import {
  deployment,
  dockerCarrier,
  dockerContainer,
  dockerJob,
  kubernetes,
  kubernetesJob,
} from "../examples.ts";
import { judge } from "../judge.ts";

const unprobed = { name: "wait", image: "busybox:1.37.0" };

judge(
  healthProbe,
  {
    passes: [
      ["a service with a health check", dockerContainer()],
      [
        "a health check that is computed during the deployment",
        dockerContainer({ healthcheck: { tests: notKnownYet } }),
      ],
      ["a job, which tells by its end", dockerJob()],
      ["a container that is never started", dockerCarrier()],
      ["a pod with both probes", deployment()],
      ["a Kubernetes job", kubernetesJob()],
      ["an init container", deployment({ spec: { initContainers: [unprobed] } })],
      [
        "a pod that is meant to end",
        kubernetes("core/v1:Pod", { spec: { restartPolicy: "Never", containers: [unprobed] } }),
      ],
    ],
    fails: [
      [
        "a service without a health check",
        dockerContainer({ healthcheck: undefined }),
        /no readiness and no liveness/,
      ],
      [
        "the image's check switched off",
        dockerContainer({ healthcheck: { tests: ["NONE"] } }),
        /no readiness/,
      ],
      [
        "a service by its restart policy, whatever else it says",
        dockerContainer({ healthcheck: undefined, mustRun: false }),
        /no readiness/,
      ],
      ["a job by its name alone", dockerContainer({ healthcheck: undefined }, "migrate-job"), /no readiness/],
      [
        "a pod without a liveness probe",
        deployment({ container: { livenessProbe: undefined } }),
        /has no liveness probe/,
      ],
    ],
  },
  "G7",
);
