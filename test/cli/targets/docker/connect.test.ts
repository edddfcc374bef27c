import { expect, test, vi } from "vitest";
import { connectDocker } from "../../../../cli/targets/docker/connect.ts";

test("a Docker host that is not there is told with what the stack file or the variable names", async () => {
  await expect(connectDocker("unix:///nowhere/docker.sock")).rejects.toMatchObject({
    name: "Mendable",
    message: expect.stringMatching(/^Docker does not answer: Cannot connect to the Docker daemon\. .*ENOENT/),
    remedy: 'see what "docker --host unix:///nowhere/docker.sock version" says, and mend that',
  });
  vi.stubEnv("DOCKER_HOST", "unix:///nowhere/else.sock");
  await expect(connectDocker(undefined)).rejects.toMatchObject({
    remedy:
      "DOCKER_HOST is unix:///nowhere/else.sock: mend that host, or unset it to use this machine's Docker",
  });
  vi.unstubAllEnvs();
});
