import { resourceLimits } from "../../../policies/rules/resource-limits.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer, dockerJob, kubernetesJob } from "../examples.ts";
import { judge } from "../judge.ts";

judge(
  resourceLimits,
  {
    passes: [
      ["a container with all three limits", dockerContainer()],
      ["a job with all three limits", dockerJob()],
      ["a CPU limit by quota", dockerContainer({ cpus: undefined, cpuQuota: 50_000 })],
      [
        "limits that are computed during the deployment",
        dockerContainer({ memory: notKnownYet, ulimits: notKnownYet }),
      ],
      ["a container that is never started", dockerCarrier()],
      ["a pod, whose number of processes the node limits", deployment()],
    ],
    fails: [
      ["no memory limit", dockerContainer({ memory: undefined }), /no memory limit/],
      ["a memory limit of nothing, which is no limit", dockerContainer({ memory: 0 }), /no memory limit/],
      ["shares of the CPU alone", dockerContainer({ cpus: undefined, cpuShares: 512 }), /no CPU limit/],
      [
        "other limits than that of processes",
        dockerContainer({ ulimits: [{ name: "nofile", soft: 9, hard: 9 }] }),
        /processes/,
      ],
      ["a job without a memory limit", dockerJob({ memory: undefined }), /no memory limit/],
      [
        "a pod that only asks for memory",
        deployment({ container: { resources: { requests: { memory: "1Gi" }, limits: { cpu: "1" } } } }),
        /no memory limit/,
      ],
      [
        "a Kubernetes job without a CPU limit",
        kubernetesJob({ container: { resources: { limits: { memory: "1Gi" } } } }),
        /CPU/,
      ],
    ],
  },
  "G7",
);
