import { logRotation } from "../../../policies/rules/log-rotation.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer, dockerJob } from "../examples.ts";
import { judge } from "../judge.ts";

judge(
  logRotation,
  {
    passes: [
      ["a log with a maximal size", dockerContainer()],
      ["the driver that rotates by itself", dockerContainer({ logDriver: "local", logOpts: undefined })],
      ["a driver that hands the log on", dockerContainer({ logDriver: "journald", logOpts: undefined })],
      ["options that are computed during the deployment", dockerContainer({ logOpts: notKnownYet })],
      ["a container that is never started", dockerCarrier()],
      ["a pod, whose log the kubelet rotates", deployment()],
    ],
    fails: [
      [
        "Docker's own default",
        dockerContainer({ logDriver: undefined, logOpts: undefined }),
        /without bounds/,
      ],
      [
        "the default driver with a number of files alone",
        dockerContainer({ logOpts: { "max-file": "3" } }),
        /without bounds/,
      ],
      ["a job that says nothing", dockerJob({ logDriver: undefined, logOpts: undefined }), /without bounds/],
    ],
  },
  "G7",
);
