import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isHidden, type Setting, textOf } from "../../../components/model/reference.ts";
import { type JobWorkload, permissionsOf } from "../../../components/model/workload.ts";
import { Elasticsearch } from "../../../components/services/elasticsearch.ts";
import type { SearchClient } from "../../../components/services/search-client.ts";
import type { Indices } from "../../../components/services/search-preparation.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const text = async (setting: Setting) => (await settled(textOf(setting))).value;

const SKILLS = { mappings: { properties: { name: { type: "keyword" } } }, settings: { number_of_shards: 2 } };

/** A client of a server, and what its target was asked for. */
async function clientOf(name = "skill_api", indices: Indices = { agent_skills: SKILLS, "logs-*": {} }) {
  const target = new RecordingTarget();
  let client: SearchClient;
  const all = await deploy(async () => {
    client = new Elasticsearch("elasticsearch", { target }).client(name, indices);
    await settled(client.url.value);
  });
  return { target, all, client: client!, job: target.jobs["elasticsearch-skill-api-client"]! };
}

/** Runs a job with a `curl` that notes what it is asked, and finds indices as `found` says; gives the requests. */
async function requestsOf({ command, files = {}, env = {} }: JobWorkload, found: 200 | 404 | 503) {
  const contents = await Promise.all(
    Object.entries(files).map(async ([file, setting]) => [file, await text(setting)] as const),
  );
  const root = temporaryFolder(Object.fromEntries(contents));
  const here = (words: string) => words.replaceAll("/run/keelson", root);
  writeFileSync(`${root}/prepare.sh`, here(readFileSync(`${root}/prepare.sh`, "utf8")));
  const curl = `#!/bin/sh
method=GET
for word; do
  case $last in --request) method=$word;; --data) data=$word;; esac
  case $word in --head) method=HEAD;; http*) url=$word;; esac
  last=$word
done
echo "$method $url \${data##*/}" >> ${root}/requests
[ $method != HEAD ] || printf ${found}
`;
  writeFileSync(`${root}/curl`, curl);
  chmodSync(`${root}/curl`, 0o755);
  const [shell, ...rest] = command.map(here);
  const server = await text(env["SERVER"]!);
  execFileSync(shell!, rest, {
    env: { PATH: `${root}:${process.env["PATH"]}`, SERVER: server },
    stdio: "pipe",
  });
  return readFileSync(`${root}/requests`, "utf8").trimEnd().split("\n");
}

describe("a client of an Elasticsearch server", () => {
  it("[S3] is told the server as a URL and in parts, the secret ones as secrets", async () => {
    const { url, address, host, port, user, password } = (await clientOf()).client;
    const secret = "generated-by-elasticsearch-skill_api";
    expect(await text(url)).toBe(`http://skill_api:${secret}@elasticsearch:9200`);
    expect(await Promise.all([address, host, port, user, password].map(text))).toEqual([
      "elasticsearch:9200",
      "elasticsearch",
      "9200",
      "skill_api",
      secret,
    ]);
    expect([url, password].every(isHidden)).toBe(true);
    expect([address, host, port, user].some(isHidden)).toBe(false);
  });

  it("[S2] [G5] opens the server's port to itself and to the job that prepares it, and no other", async () => {
    const { client, job } = await clientOf();
    for (const grants of [client.url.grants, client.host.grants, permissionsOf(job)])
      expect(new Set(grants.map(({ endpoint: { host }, port }) => `${host} ${port}`))).toEqual(
        new Set(["elasticsearch http"]),
      );
  });

  it("[G6] keeps its password and the administrator's for as long as there is data", async () => {
    const passwords = (await clientOf()).all.filter(({ type }) => type.endsWith("RandomPassword"));
    expect(passwords.map(({ name, protect }) => [name, protect])).toEqual([
      ["elasticsearch-admin", true],
      ["elasticsearch-skill_api", true],
    ]);
  });

  it.each(["Api", "1st", "a-b", "x/../y", "a".repeat(64), "", "elastic", "kibana_system"])(
    "is not made by the name %j",
    async (name) => {
      await expect(clientOf(name)).rejects.toThrow(`"${name}" is no name of a client; use small letters`);
    },
  );

  it.each<[Indices, string]>([
    [{}, 'client "skill_api" has no index; name what it may read and write'],
    [{ Skills: {} }, '"Skills" is no name of an index; use small letters'],
    [{ _all: {} }, '"_all" is no name of an index'],
    [{ "*": {} }, '"*" is no name of an index'],
    [
      { "logs-*": SKILLS },
      '"logs-*" is a pattern, which no index can be made of; leave its definition empty',
    ],
  ])("is refused the indices %j", async (indices, message) => {
    await expect(clientOf("skill_api", indices)).rejects.toThrow(message);
  });
});

describe("the job that prepares an Elasticsearch server for a client", () => {
  it("[S4] makes the index with its mapping, then the role, and at the end the user", async () => {
    const { job } = await clientOf();
    expect(await requestsOf(job, 404)).toEqual([
      "HEAD http://elasticsearch:9200/agent_skills ",
      "PUT http://elasticsearch:9200/agent_skills index-0.json",
      "PUT http://elasticsearch:9200/_security/role/client_skill_api role.json",
      "PUT http://elasticsearch:9200/_security/user/skill_api user.json",
    ]);
    expect(JSON.parse(await text(job.files!["index-0.json"]!))).toEqual({
      mappings: SKILLS.mappings,
      settings: { "index.auto_expand_replicas": "0-1", number_of_shards: 2 },
    });
  });

  it("[S4] [G13] adds to the mapping of an index that is there, and makes it not again", async () => {
    const { job } = await clientOf();
    const requests = await requestsOf(job, 200);
    expect(requests).toContain("PUT http://elasticsearch:9200/agent_skills/_mapping mapping-0.json");
    expect(requests.join()).not.toContain("index-0.json");
    expect(JSON.parse(await text(job.files!["mapping-0.json"]!))).toEqual(SKILLS.mappings);
  });

  it("leaves an index as it is that is there and has no mapping here", async () => {
    const { job } = await clientOf("skill_api", { agent_skills: {} });
    expect((await requestsOf(job, 200)).join()).not.toContain("PUT http://elasticsearch:9200/agent_skills");
    expect(await requestsOf(job, 404)).toContain("PUT http://elasticsearch:9200/agent_skills index-0.json");
  });

  it("ends at a server that can't tell whether the index is there", async () => {
    const { job } = await clientOf();
    await expect(requestsOf(job, 503)).rejects.toThrow("HEAD /agent_skills answered 503");
  });

  it("[S2] gives the user its own indices, and of the server nothing but to see how it is", async () => {
    const { job } = await clientOf();
    expect(JSON.parse(await text(job.files!["role.json"]!))).toEqual({
      cluster: ["monitor"],
      indices: [{ names: ["agent_skills", "logs-*"], privileges: ["all"] }],
    });
    expect(JSON.parse(await text(job.files!["user.json"]!))).toMatchObject({ roles: ["client_skill_api"] });
  });

  it("[G3] has the passwords in secret files, and neither in its variables nor on its command line", async () => {
    const { job } = await clientOf();
    expect(await text(job.files!["curl.conf"]!)).toBe('user = "elastic:generated-by-elasticsearch-admin"\n');
    expect(await text(job.files!["user.json"]!)).toContain("generated-by-elasticsearch-skill_api");
    expect(["curl.conf", "user.json"].every((file) => isHidden(job.files![file]!))).toBe(true);
    expect(Object.values(job.env ?? {}).some(isHidden)).toBe(false);
    expect(job.command).toEqual(["sh", "/run/keelson/prepare.sh"]);
    expect(job.user.uid).toBeGreaterThan(0);
  });
});
