import { describe, expect, it } from "vitest";
import { isHidden, type Setting, textOf } from "../../../components/model/reference.ts";
import { permissionsOf } from "../../../components/model/workload.ts";
import {
  ExternalElasticsearch,
  type ExternalElasticsearchArgs,
} from "../../../components/services/external-elasticsearch.ts";
import type { SearchClient } from "../../../components/services/search-client.ts";
import type { Indices } from "../../../components/services/search-preparation.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const text = async (setting: Setting) => (await settled(textOf(setting))).value;

const GIVEN = { backend: { user: "app", password: 'p/"w' } };
const SKILLS = { agent_skills: { mappings: { properties: { name: { type: "keyword" } } } } };

/** A client of a server elsewhere, and the jobs that were asked for. */
async function clientOf(args: Partial<ExternalElasticsearchArgs>, indices: Indices = SKILLS) {
  const target = new RecordingTarget();
  let client: SearchClient;
  await deploy(async () => {
    const all = { target, url: "https://search.example.com:9243/tenant/", ...args };
    client = new ExternalElasticsearch("search", all).client("backend", indices);
    await settled(client.url.value);
  });
  return { client: client!, jobs: target.jobs };
}

describe("an Elasticsearch server that somebody else runs", () => {
  it("is told to a client that is given, whatever is in its password", async () => {
    const { client } = await clientOf({ clients: GIVEN });
    expect(await text(client.url)).toBe("https://app:p%2F%22w@search.example.com:9243/tenant");
    expect(await Promise.all([client.address, client.user, client.password].map(text))).toEqual([
      "search.example.com:9243",
      "app",
      'p/"w',
    ]);
    expect([client.url, client.password].every(isHidden)).toBe(true);
    expect(client.url.grants.every(({ endpoint: { outside } }) => outside)).toBe(true);
  });

  it("[S4] has the indices of a given client made by its own user, and no user made", async () => {
    const { jobs } = await clientOf({ clients: GIVEN });
    const job = jobs["search-backend-client"]!;
    expect(await text(job.files!["curl.conf"]!)).toBe(String.raw`user = "app:p/\"w"` + "\n");
    expect(await text(job.env!["SERVER"]!)).toBe("https://search.example.com:9243/tenant");
    expect(await text(job.files!["prepare.sh"]!)).toMatch(/\nindex agent_skills 0\n$/);
    expect(Object.keys(job.files!)).not.toContain("user.json");
    expect(permissionsOf(job).map(({ endpoint }) => endpoint.host)).toEqual(["search.example.com"]);
  });

  it("has nothing prepared for a given client with patterns alone", async () => {
    expect((await clientOf({ clients: GIVEN }, { "logs-*": {} })).jobs).toEqual({});
  });

  it("has users made by its administrator, if it has one", async () => {
    const { client, jobs } = await clientOf({ admin: { user: "root", password: "r00t" } });
    expect(await text(client.url)).toBe(
      "https://backend:generated-by-search-backend@search.example.com:9243/tenant",
    );
    const job = jobs["search-backend-client"]!;
    expect(await text(job.files!["curl.conf"]!)).toBe('user = "root:r00t"\n');
    expect(await text(job.files!["prepare.sh"]!)).toContain("put _security/user/backend user.json");
  });

  it.each<[Partial<ExternalElasticsearchArgs>, string]>([
    [{}, 'no client "backend" is given of "search", and no administrator who could make it; given are: none'],
    [
      { url: "https://app@search.example.com" },
      'the URL of "search.example.com" names a user; give users under',
    ],
    [{ url: "https://app:hunter2@search.example.com" }, "holds a password; give it by itself"],
    [{ url: "search.example.com:9200" }, "the URL of a server can't be read"],
  ])("is refused with %j", async (args, message) => {
    await expect(clientOf(args)).rejects.toThrow(message);
  });
});
