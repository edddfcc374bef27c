import { privileges } from "../../../policies/rules/privileges.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer } from "../examples.ts";
import { judge } from "../judge.ts";

judge(
  privileges,
  {
    passes: [
      ["a container that may gain no privileges", dockerContainer()],
      ["the short spelling of the option", dockerContainer({ securityOpts: ["no-new-privileges"] })],
      [
        "a profile of its own",
        dockerContainer({ securityOpts: ["no-new-privileges:true", "seccomp=/etc/seccomp.json"] }),
      ],
      ["options that are computed during the deployment", dockerContainer({ securityOpts: notKnownYet })],
      ["a container that is never started", dockerCarrier()],
      ["a pod that may gain no privileges", deployment()],
    ],
    fails: [
      ["a privileged container", dockerContainer({ privileged: true }), /is privileged/],
      ["a privileged container that is never started", dockerCarrier({ privileged: true }), /is privileged/],
      [
        "a container that may gain privileges",
        dockerContainer({ securityOpts: undefined }),
        /may gain privileges/,
      ],
      [
        "the option switched off",
        dockerContainer({ securityOpts: ["no-new-privileges:false"] }),
        /may gain privileges/,
      ],
      ["the network of the host", dockerContainer({ networkMode: "host" }), /shares the network namespace/],
      ["the processes of the host", dockerContainer({ pidMode: "host" }), /shares the process namespace/],
      ["the shared memory of the host", dockerContainer({ ipcMode: "host" }), /shares the IPC namespace/],
      ["the users of the host", dockerContainer({ usernsMode: "host" }), /shares the user namespace/],
      [
        "no filter of system calls",
        dockerContainer({ securityOpts: ["no-new-privileges:true", "seccomp=unconfined"] }),
        /runs without seccomp/,
      ],
      [
        "a pod that may gain privileges",
        deployment({ container: { securityContext: {} } }),
        /may gain privileges/,
      ],
      [
        "a pod in the network of its node",
        deployment({ spec: { hostNetwork: true } }),
        /shares the network namespace/,
      ],
      [
        "a pod without a filter of system calls",
        deployment({ spec: { securityContext: { seccompProfile: { type: "Unconfined" } } } }),
        /runs without seccomp/,
      ],
    ],
  },
  "G7",
);
