import { describe, expect, it, vi } from "vitest";
import { Reference } from "../../../../components/model/reference.ts";
import { EXPORTER_RESOURCES } from "../../../../components/services/exporter.ts";
import { mongodbExporterRecipe } from "../../../../components/services/mongodb-exporter.ts";
import { createApplication, type Source } from "../../../../images/stand-ins/mongodb-exporter/application.ts";
import { readSettings } from "../../../../images/stand-ins/mongodb-exporter/settings.ts";
import { texts } from "../../../support/started-workload.ts";

const SERVER: Source = {
  serverStatus: async () => ({
    connections: { current: 3, available: 497 },
    opcounters: { insert: 12 },
    uptime: 5,
  }),
  databases: async () => ["admin", "orders"],
  dbStats: async (name) => ({ db: name, dataSize: name.length, storageSize: 4096 }),
};

async function metricsOf(source: Source): Promise<string> {
  return (await createApplication(source).request("/metrics")).text();
}

describe("the stand-in for the exporter of MongoDB", () => {
  it("[K9] tells what the server says, by the names that dashboards and alerts ask for", async () => {
    const metrics = await metricsOf(SERVER);
    for (const line of [
      "mongodb_up 1",
      'mongodb_ss_connections{conn_type="current"} 3',
      'mongodb_ss_opcounters{legacy_op_type="insert"} 12',
      'mongodb_dbstats_dataSize{database="orders"} 6',
      'mongodb_dbstats_storageSize{database="admin"} 4096',
    ])
      expect(metrics.split("\n")).toContain(line);
  });

  it("answers although the server does not, and says so by a number and in its log", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const metrics = await metricsOf({ ...SERVER, serverStatus: () => Promise.reject(new Error("refused")) });
    expect(metrics.split("\n")).toContain("mongodb_up 0");
    expect(log).toHaveBeenCalledWith("the server can't be asked: refused");
    log.mockRestore();
  });

  it("takes the arguments and variables of the service, and no others", async () => {
    const { command, env = {} } = mongodbExporterRecipe({
      database: {
        address: Reference.plain("documents:27017"),
        name: Reference.plain("monitoring"),
        user: Reference.plain("watcher"),
        password: Reference.hidden("hidden"),
      },
      image: "",
      resources: EXPORTER_RESOURCES,
    });
    expect(readSettings(command.slice(1), await texts(env))).toEqual({
      uri: "mongodb://documents:27017/?authSource=monitoring",
      auth: { username: "watcher", password: "hidden" },
    });
    expect(() => readSettings(["--collect-all"], {})).toThrow("Unknown option");
    expect(() => readSettings([], {})).toThrow("MONGODB_URI");
  });
});
