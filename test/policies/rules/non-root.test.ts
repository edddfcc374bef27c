import { nonRoot } from "../../../policies/rules/non-root.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer, dockerJob } from "../examples.ts";
import { judge } from "../judge.ts";

const because = (value: string) => ({ labels: [{ label: "keelson.root", value }] });

judge(
  nonRoot,
  {
    passes: [
      ["a numeric user and group", dockerContainer({ user: "999:999" })],
      ["a numeric user of the group root", dockerContainer({ user: "1000:0" })],
      ["root with a reason", dockerJob({ user: "0:0", ...because("gives the volume to its user") })],
      [
        "root with a reason that is computed during the deployment",
        dockerJob({ user: "0", labels: notKnownYet }),
      ],
      ["a user that is computed during the deployment", dockerContainer({ user: notKnownYet })],
      ["a container that is never started", dockerCarrier()],
      ["a pod whose user stands in the pod", deployment()],
      [
        "a pod with a reason",
        deployment({ spec: { securityContext: {} }, annotations: { "keelson.root": "kernel setting" } }),
      ],
      [
        "a pod with a reason, named as Kubernetes has it",
        deployment({ spec: { securityContext: {} }, annotations: { "keelson/root": "kernel setting" } }),
      ],
    ],
    fails: [
      ["root", dockerContainer({ user: "0:0" }), /runs as user "0:0"/],
      ["root by name", dockerContainer({ user: "root" }), /runs as user "root"/],
      [
        "a user by name, whose number only the image knows",
        dockerContainer({ user: "postgres" }),
        /user "postgres"/,
      ],
      ["the user of the image", dockerContainer({ user: undefined }), /the user of its image/],
      ["a reason that is empty", dockerJob({ user: "0", ...because("") }), /runs as user "0"/],
      [
        "a pod's container as root",
        deployment({ container: { securityContext: { runAsUser: 0 } } }),
        /runs as user "0"/,
      ],
      [
        "a pod that only asks not to be root",
        deployment({ spec: { securityContext: { runAsNonRoot: true } } }),
        /of its image/,
      ],
    ],
  },
  "G7",
);
