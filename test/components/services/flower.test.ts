import { describe, expect, it } from "vitest";
import { Reference, textOf } from "../../../components/model/reference.ts";
import { Flower, FLOWER_RESOURCES, flowerRecipe } from "../../../components/services/flower.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const broker = { url: Reference.hidden("redis://:broker-secret@cache:6379/0") };
const settings = {
  broker,
  image: "mher/flower:2.1.0",
  resources: FLOWER_RESOURCES,
  path: "",
  user: "operator",
  password: Reference.hidden("flower-secret"),
};

describe("Flower", () => {
  it("[G3] asks for a user and a password, which are told by hidden variables as the broker is", async () => {
    const { env = {}, command } = flowerRecipe(settings);
    expect(env["FLOWER_BASIC_AUTH"]).toMatchObject({ secret: true });
    expect(await settled(textOf(env["FLOWER_BASIC_AUTH"]!))).toEqual({
      value: "operator:flower-secret",
      secret: true,
    });
    expect(env["CELERY_BROKER_URL"]).toBe(broker.url);
    expect(command.join(" ")).not.toMatch(/secret|redis:|basic_auth/);
    expect(env).not.toHaveProperty("FLOWER_UNAUTHENTICATED_API");
  });

  it("is asked for its health, and publishes metrics, below the path that it is routed by", () => {
    expect(flowerRecipe(settings)).toMatchObject({
      probes: { readiness: { check: { kind: "http", port: "http", path: "/healthcheck" } } },
      metrics: { port: "http", path: "/metrics" },
    });
    const routed = flowerRecipe({ ...settings, path: "/tools/flower/" });
    expect(routed.command).toContain("--url_prefix=tools/flower");
    expect(routed).toMatchObject({
      probes: { readiness: { check: { path: "/tools/flower/healthcheck" } } },
      metrics: { path: "/tools/flower/metrics" },
    });
  });

  it("[G7] keeps nothing on a disk, and no more tasks in memory than it has room for", () => {
    const { command, volumes, user } = flowerRecipe(settings);
    expect(command).toEqual(expect.arrayContaining(["--persistent=False", "--max_tasks=10000"]));
    expect(volumes).toBeUndefined();
    expect(user).toEqual({ uid: 1000, gid: 1000 });
  });

  it("generates its password, and says where it is reached", async () => {
    const target = new RecordingTarget();
    let flower: Flower | undefined;
    await deploy(() => {
      flower = new Flower("flower", { target, broker, path: "/flower" });
    });
    expect(await settled(textOf(flower!.url))).toMatchObject({ value: "http://flower:5555/flower" });
    expect(flower).toMatchObject({ user: "flower", password: { secret: true } });
    expect(target.workloads["flower"]?.image).toContain("flower:2.1.0");
  });
});
