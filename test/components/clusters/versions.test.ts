import { describe, expect, it } from "vitest";
import { defaultVersion, judgeVersion, RELEASES } from "../../../components/clusters/versions.ts";

const on = (day: string) => new Date(`${day}T12:00:00Z`);

describe("versions of Kubernetes", () => {
  it("[O11] are by default the newest that the cloud supports, not one of years ago", () => {
    expect(defaultVersion("eks")).toBe("1.36");
    expect(judgeVersion("eks", defaultVersion("eks"), on("2026-11-20"))).toEqual({});
  });

  it("are refused where the cloud supports them no longer, or not yet, with those that it supports", () => {
    const { mistake } = judgeVersion("eks", "1.23", on("2027-04-01"));
    expect(mistake).toBe(
      `Kubernetes "1.23" is not supported; use one of 1.36 (until 2027-08-02), 1.35 (until 2027-03-27), 1.34 (until 2026-12-02), 1.33 (until 2026-07-29)`,
    );
    expect(judgeVersion("eks", "1.99", on("2027-04-01")).mistake).toContain("1.99");
    expect(judgeVersion("eks", "1.32", on("2027-03-23")).mistake).toBeUndefined();
    expect(judgeVersion("eks", "1.32", on("2027-03-24")).mistake).toContain("1.32");
  });

  it("are warned of two months before their standard support ends, and while it costs extra", () => {
    expect(judgeVersion("eks", "1.34", on("2026-10-01"))).toEqual({});
    expect(judgeVersion("eks", "1.34", on("2026-11-01")).warning).toContain("ends on 2026-12-02");
    expect(judgeVersion("eks", "1.34", on("2027-01-01")).warning).toContain("costs extra");
  });

  it("stand in the order of their age, each with days that exist", () => {
    for (const releases of Object.values(RELEASES)) {
      const minors = releases.map(({ version }) => Number(version.split(".")[1]));
      expect(minors).toEqual(minors.toSorted((a, b) => b - a));
      const days = releases.flatMap(({ until, extendedUntil = until }) => [until, extendedUntil]);
      for (const day of days) expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
    }
  });
});
