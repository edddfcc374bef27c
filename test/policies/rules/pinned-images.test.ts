import { pinnedImages } from "../../../policies/rules/pinned-images.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer, dockerNetwork } from "../examples.ts";
import { judge } from "../judge.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

judge(
  pinnedImages,
  {
    passes: [
      ["a tag that is a version", dockerContainer({ image: "postgres:18.6" })],
      ["a digest", dockerContainer({ image: `postgres@${digest}` })],
      ["an image by its id", dockerContainer({ image: digest })],
      ["a version in a registry with a port", dockerContainer({ image: "localhost:5000/api:1.2.0" })],
      ["an image that is built during the deployment", dockerContainer({ image: notKnownYet })],
      ["a pod whose image has a digest", deployment()],
      ["a resource without containers", dockerNetwork()],
    ],
    fails: [
      ["the tag latest", dockerContainer({ image: "postgres:latest" }), /"postgres:latest"/],
      ["an image without a tag", dockerContainer({ image: "postgres" }), /"postgres"/],
      [
        "a registry's port in place of a tag",
        dockerContainer({ image: "localhost:5000/api" }),
        /"localhost:5000\/api"/,
      ],
      ["the same in a container that only carries files", dockerCarrier({ image: "busybox" }), /"busybox"/],
      ["the same in a pod", deployment({ container: { image: "api:latest" } }), /"api:latest"/],
    ],
  },
  "G9",
);
