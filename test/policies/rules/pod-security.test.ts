import { podSecurity } from "../../../policies/rules/pod-security.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerNetwork, namespace } from "../examples.ts";
import { judge } from "../judge.ts";

const enforcing = (standard: string, annotations = {}) =>
  namespace({ "pod-security.kubernetes.io/enforce": standard }, annotations);

judge(
  podSecurity,
  {
    passes: [
      ["a namespace that enforces the strictest standard", namespace()],
      ["one that can't, and says why", enforcing("privileged", { "keelson/pod-security": "runs the CNI" })],
      ["a label that is computed during the deployment", enforcing(notKnownYet)],
      ["a pod", deployment()],
      ["a network of Docker", dockerNetwork()],
    ],
    fails: [
      ["a namespace that lets in every pod", namespace({}), /enforces no Pod Security Standard/],
      [
        "one that only warns",
        namespace({ "pod-security.kubernetes.io/warn": "restricted" }),
        /enforces no Pod Security Standard/,
      ],
      ["a weaker standard", enforcing("baseline"), /enforces the standard "baseline"/],
    ],
  },
  "G4",
);
