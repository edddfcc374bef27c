import { readOnlyRoot } from "../../../policies/rules/read-only-root.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer } from "../examples.ts";
import { judge } from "../judge.ts";

const because = (value: string) => ({ labels: [{ label: "keelson.writable-root", value }] });

judge(
  readOnlyRoot,
  {
    passes: [
      ["a read-only root", dockerContainer()],
      [
        "a writable one with a reason",
        dockerContainer({ readOnly: false, ...because("rewrites its own settings") }),
      ],
      ["a switch that is computed during the deployment", dockerContainer({ readOnly: notKnownYet })],
      ["a container that is never started", dockerCarrier()],
      ["a pod with a read-only root", deployment()],
    ],
    fails: [
      ["a writable root", dockerContainer({ readOnly: false }), /can write to its root/],
      ["Docker's own default", dockerContainer({ readOnly: undefined }), /can write to its root/],
      [
        "a reason that is empty",
        dockerContainer({ readOnly: false, ...because("") }),
        /can write to its root/,
      ],
      [
        "a pod with a writable root",
        deployment({ container: { securityContext: { readOnlyRootFilesystem: false } } }),
        /can write to its root/,
      ],
    ],
  },
  "G7",
);
