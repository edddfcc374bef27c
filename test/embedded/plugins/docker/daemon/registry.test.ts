import { describe, expect, test } from "vitest";
import { credentials, loginFor } from "../../../../../embedded/plugins/docker/daemon/registry.ts";

const basic = Buffer.from("robot:pass:word").toString("base64");

describe("logins of registries", () => {
  test("are found by the registry that an image's name starts with", async () => {
    const known = await credentials(
      [
        { address: "https://registry.example.com:5000/v2", username: "robot", password: "one" },
        { address: "docker.io", username: "hub", password: "two" },
      ],
      {},
    );
    expect(loginFor("registry.example.com:5000/team/app:1", known)).toEqual({
      username: "robot",
      password: "one",
      serveraddress: "https://registry.example.com:5000",
    });
    expect(loginFor("redis:8", known)?.username).toBe("hub");
    expect(loginFor("team/app", known)?.username).toBe("hub");
    expect(loginFor("docker.io/library/redis", known)?.username).toBe("hub");
    expect(loginFor("other.example.com/app", known)).toBeUndefined();
  });

  test("come from the content of Docker's configuration file, password with colons included", async () => {
    const configFileContent = JSON.stringify({
      auths: { "https://registry.example.com/v1/": { auth: basic } },
    });
    const known = await credentials([{ address: "registry.example.com", configFileContent }], {});
    expect(loginFor("registry.example.com/app", known)).toMatchObject({
      username: "robot",
      password: "pass:word",
    });
  });

  test("fall back to the environment", async () => {
    const environment = { DOCKER_REGISTRY_USER: "robot", DOCKER_REGISTRY_PASS: "secret" };
    const known = await credentials([{ address: "http://registry.example.com" }], environment);
    expect(known.get("registry.example.com")).toEqual({
      username: "robot",
      password: "secret",
      serveraddress: "http://registry.example.com",
    });
  });

  test("that are missing are an error that names the registry and no secret of another", async () => {
    const configFileContent = JSON.stringify({ auths: { "other.example.com": { auth: basic } } });
    await expect(credentials([{ address: "registry.example.com", configFileContent }], {})).rejects.toThrow(
      /no login for registry registry\.example\.com/,
    );
  });
});
