import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ELITEDESK, judge } from "../../../components/model/capacity.ts";
import { textOf } from "../../../components/model/reference.ts";
import { Skills } from "../../../components/platforms/skills.ts";
import type { SkillsArgs } from "../../../components/platforms/skills-args.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const images = { backend: "backend:1", dashboard: "dashboard:1" };
const KEYS = {
  current: "the-new-key-of-all-agents-of-2026",
  previous: "the-old-key-of-all-agents-of-2025",
};

/** The platform on a target that keeps what it is asked for. */
async function platform(args: Partial<SkillsArgs> = {}) {
  const target = new RecordingTarget();
  let skills: Skills | undefined;
  await deploy(() => {
    skills = new Skills("skills", { target, host: "ai.example.com", images, ...args });
  });
  return { target, skills: skills! };
}

/** What is wrong with arguments, and that nothing was made. */
async function refusal(args: Partial<SkillsArgs>): Promise<string> {
  const target = new RecordingTarget();
  const made = deploy(() => void new Skills("skills", { target, host: "ai.example.com", images, ...args }));
  const message = await made.then(
    () => "nothing was refused",
    (error: Error) => error.message,
  );
  expect(target).toMatchObject({ plan: {}, workloads: {}, jobs: {}, shared: {} });
  return message;
}

/** What the job that prepares Elasticsearch sends to make the index. */
async function index(args: Partial<SkillsArgs> = {}) {
  const { target } = await platform(args);
  const { files = {} } = target.jobs["elasticsearch-backend-client"]!;
  return { files, made: JSON.parse(files["index-0.json"] as string) };
}

describe("the Skill manager's arguments", () => {
  it("are refused with every mistake at once, before anything is made, and without a secret", async () => {
    const message = await refusal({
      elasticsearch: { copies: 1.5 },
      external: { elasticsearch: { url: "https://search.example.com" } },
      model: { name: "gemma", archive: { folder: "models", path: "m.gguf", sha256: "a".repeat(64) } },
      gpus: -1,
      embedding: { model: "intfloat/e5-base", revision: "--force" },
      fields: { embedding: { type: "keyword" } },
      mcpApiKeys: { ...KEYS, previous: "short, and bad" },
      sizes: { backend: { cpuRequest: 3 } },
    });
    for (const mistake of [
      "elasticsearch.copies is 1.5; it takes a whole number from 1",
      "elasticsearch is given, and the server runs elsewhere; leave it out",
      'external.elasticsearch has neither an admin, who could make the client "backend", nor',
      'model.archive.folder is "models", which the target does not have',
      "gpus is -1; it takes a whole number",
      'embedding.dimensions is missing; say how many numbers a vector of "intfloat/e5-base" has',
      'embedding.revision is "--force"',
      "fields.embedding is the vector's own; leave it out",
      "mcpApiKeys.previous is [secret]; it takes 32 characters or more",
      "sizes.backend.cpuRequest is 3, above cpuLimit, which is 2",
    ])
      expect(message).toContain(mistake);
    expect(message).not.toContain("short, and bad");
  });

  it("may be keys that are known later", async () => {
    const { target } = await platform({ mcpApiKeys: { current: pulumi.output(KEYS.current) } });
    const told = target.workloads["backend"]!.env!["MCP_API_KEYS"]!;
    expect(await settled(textOf(told))).toEqual({ value: KEYS.current, secret: true });
  });
});

describe("the Skill manager's index", () => {
  it("[S4] is agent_skills, with a vector of as many numbers as the embedding model has", async () => {
    const { made, files } = await index();
    expect(files["prepare.sh"]).toContain("index agent_skills 0");
    expect(made.mappings.properties).toMatchObject({
      content: { type: "text" },
      tags: { type: "keyword" },
      embedding: { type: "dense_vector", dims: 384, similarity: "cosine" },
    });
  });

  it("has other fields and another vector where they are given", async () => {
    const embedding = { model: "intfloat/e5-base", dimensions: 768 };
    const { made } = await index({ embedding, fields: { title: { type: "text" } } });
    expect(made.mappings.properties).toEqual({
      title: { type: "text" },
      embedding: { type: "dense_vector", dims: 768, index: true, similarity: "cosine" },
    });
  });
});

describe("the Skill manager", () => {
  it("maps indices into memory in one copy, and leaves the kernel alone in several unless it is told otherwise", async () => {
    const kernel = async (elasticsearch?: SkillsArgs["elasticsearch"]) => {
      const { target } = await platform(elasticsearch && { elasticsearch });
      return Object.keys(target.workloads["elasticsearch"]!.kernel ?? {});
    };
    expect(await kernel()).toEqual(["vm.max_map_count"]);
    expect(await kernel({ copies: 3 })).toEqual([]);
    expect(await kernel({ copies: 3, mapped: true })).toEqual(["vm.max_map_count"]);
  });

  it("tells the backend both keys that are valid, and hands out the current one", async () => {
    const { target, skills } = await platform({ mcpApiKeys: KEYS });
    const told = target.workloads["backend"]!.env!["MCP_API_KEYS"]!;
    expect(await settled(textOf(told))).toEqual({ value: `${KEYS.current},${KEYS.previous}`, secret: true });
    expect(await settled(skills.logins.mcp.password)).toEqual({ value: KEYS.current, secret: true });
    expect(await settled(textOf(target.kept["skills-mcp"]!["api-key"]!))).toMatchObject({
      value: KEYS.current,
    });
  });

  it("keeps MCP's clients and the dashboard's pages with their copy, on connections that may be silent", async () => {
    const { target } = await platform();
    const port = (name: string) => target.workloads[name]!.ports!["http"];
    expect(port("backend")).toMatchObject({ sticky: true, idleSeconds: 3600, protocol: "http" });
    expect(port("dashboard")).toMatchObject({ sticky: true, idleSeconds: 3600, protocol: "ws" });
  });

  it("tells where it is well: the dashboard, and the backend below its prefix", async () => {
    const { skills } = await platform();
    expect(skills.health).toEqual({
      dashboard: "http://ai.example.com/_stcore/health",
      backend: "http://ai.example.com/api/health",
    });
  });

  it("[G8] fits an EliteDesk in one copy of everything", async () => {
    const { target } = await platform();
    expect(judge(target.plan, ELITEDESK)).toMatchObject({ fits: true });
  });
});
