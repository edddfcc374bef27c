import { describe, expect, it } from "vitest";
import { idleRows } from "../../../bench/measurements/idle-memory.ts";

describe("idle memory", () => {
  it("is shown for each container, the largest first, and summed up", () => {
    const held = [
      { service: "proxy", image: "caddy:2", bytes: 12_340_000 },
      { service: "otel-collector", image: "collector:1", bytes: 40_000_000 },
    ];
    expect(idleRows(held).map(({ what, measured, compared }) => [what, measured, compared])).toEqual([
      ["idle memory of otel-collector", "40.0 MB", "collector:1"],
      ["idle memory of proxy", "12.3 MB", "caddy:2"],
      ["idle memory of all that is beside services", "52.3 MB", "2 containers"],
    ]);
  });
});
