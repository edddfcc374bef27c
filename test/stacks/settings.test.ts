import { describe, expect, it } from "vitest";
import { images } from "../../components/images.ts";
import { deploy as stack, shapeOf } from "../../stacks/deploy.ts";
import { platforms } from "../../stacks/platforms.ts";
import { MistakenSettings } from "../../stacks/settings.ts";
import { targets } from "../../stacks/targets.ts";
import { deploy } from "../support/engine.ts";
import { declaredSettings, stackFile } from "../support/stack-file.ts";

const GOOD = { "keelson:platform": "acceleration", "keelson:target": "docker" };

/** What is wrong with settings, and how many resources were registered before that was said. */
async function mistakes(values: Record<string, string>, secrets: readonly string[] = []) {
  let error: unknown;
  const registered = await deploy(async () => {
    try {
      await stack({ values: { ...GOOD, ...values }, secrets: new Set(secrets) });
    } catch (thrown) {
      error = thrown;
    }
  });
  expect(error).toBeInstanceOf(MistakenSettings);
  const { mistakes: found, message } = error as MistakenSettings;
  return { lines: found.map(({ path, reason }) => `${path} ${reason}`), message, registered };
}

describe("the settings of a stack", () => {
  it("[G10] show all mistakes at once, each with the value and what is allowed, before anything is made", async () => {
    const { lines, message, registered } = await mistakes({
      "keelson:platform": "accelerator",
      "keelson:hots": "example.com",
      "keelson:environment": "prod",
      "keelson:docker": '{"httpPort": 80800, "tls": "on", "machine": {"cpus": 4, "memoryGiB": 16}}',
      "keelson:images": '{"gatway": "example/gateway:1"}',
    });
    expect(lines.toSorted()).toEqual([
      "keelson:docker.httpPort is 80800; it takes a whole number from 1 to 65535",
      "keelson:docker.machine.storageGiB is missing; it takes a whole number from 1 to 1048576",
      'keelson:docker.tls is "on"; it takes "off" or "internal" or "acme"',
      'keelson:environment is "prod"; it takes "development" or "staging" or "production"',
      expect.stringMatching(/^keelson:hots is no setting; there are: .*host.*/),
      expect.stringMatching(/^keelson:images.gatway is no setting; there are: .*gateway.*/),
      `keelson:platform is "accelerator"; it takes ${Object.keys(platforms)
        .map((name) => `"${name}"`)
        .join(" or ")}`,
    ]);
    expect(message).toMatch(/have 7 mistakes, and nothing was made:\n {2}keelson:/);
    expect(registered).toEqual([]);
  });

  it("[G3] refuse a secret that stands in clear text, without repeating it", async () => {
    const { message } = await mistakes({ "keelson:acceleration": '{"modelKeys": {"openai": "sk-1234"}}' });
    expect(message).toContain("keelson:acceleration.modelKeys.openai stands in clear text");
    expect(message).not.toContain("sk-1234");
  });

  it("[G3, G15] say how a secret is set that is missing", async () => {
    const { lines } = await mistakes({
      "keelson:external": '{"redis": {"url": "redis://redis.example.com:6379/0"}}',
    });
    expect(lines).toEqual([
      'keelson:external.redis.password is missing, and a secret; set it by "pulumi config set --secret --path keelson:external.redis.password"',
    ]);
  });

  it("[G3] conceal what is wrong with a secret", async () => {
    const given = { "keelson:acceleration": '{"modelKeys": {"openai": "sk-1234", "anthropic": 5}}' };
    const { message } = await mistakes(given, ["keelson:acceleration"]);
    expect(message).toContain("keelson:acceleration.modelKeys.anthropic is [secret]; it takes text");
  });

  it("[G1] are declared by the project: those of every platform on every target, and no others", () => {
    const shapes = Object.keys(platforms).flatMap((platform) =>
      Object.keys(targets).map((target) =>
        shapeOf(platform as keyof typeof platforms, target as keyof typeof targets),
      ),
    );
    const names = new Set(shapes.flatMap((shape) => Object.keys(shape)).map((name) => `keelson:${name}`));
    expect(new Set(declaredSettings())).toEqual(names);
  });

  it("[G9] give images by names that mean one thing: no application is called like a public image", () => {
    for (const { applications } of Object.values(platforms))
      expect(applications.filter((name) => Object.hasOwn(images, name))).toEqual([]);
  });

  it("[G9] choose images: the stack's own, else those built here, else the catalogue's", async () => {
    const { values } = stackFile("acceleration-docker");
    const all = await deploy(() =>
      stack({
        values: { ...values, "keelson:images": '{"rag": "example/rag:7", "redis": "redis:8.0.0"}' },
        secrets: new Set(),
      }),
    );
    const imageOf = (name: string) =>
      all.find((each) => each.name === `acceleration-${name}` && each.type.includes("Container"))!.inputs[
        "image"
      ];
    expect(["rag", "redis", "postgres", "agents"].map(imageOf)).toEqual([
      "example/rag:7",
      "redis:8.0.0",
      "postgres:18.6",
      expect.stringMatching(/^keelson\/reference-app:\d/),
    ]);
  });
});
