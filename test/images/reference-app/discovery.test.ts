import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discover, type Dependency } from "../../../images/reference-app/discovery.ts";

/** What is found, in a form that reads well. */
function found(variables: Record<string, string>) {
  return discover(variables).dependencies.map(
    ({ name, protocol, target }) => `${name}: ${protocol} at ${target}`,
  );
}

describe("discover", () => {
  it.each<[Record<string, string>, string[]]>([
    [
      { DATABASE_URL: "postgresql+asyncpg://u:p@postgres:5432/rag?ssl=require" },
      ["database: postgresql at postgres:5432"],
    ],
    [{ DATABASE_URL: "postgresql+psycopg://u:p@postgres/rag" }, ["database: postgresql at postgres:5432"]],
    [{ DATABASE_URL: "postgres://u:p@postgres:5433/rag" }, ["database: postgresql at postgres:5433"]],
    [{ REDIS_URL: "redis://:p@redis:6379/0" }, ["redis: redis at redis:6379"]],
    [{ REDIS_URL: "rediss://redis" }, ["redis: redis at redis:6379"]],
    [{ CELERY_BROKER_URL: "redis://:p@redis:6379/0" }, ["celery-broker: celery at redis:6379"]],
    [{ CELERY_RESULT_BACKEND: "redis://redis:6379/1" }, ["celery-result-backend: redis at redis:6379"]],
    [
      { MONGODB_URL: "mongodb://u:p@mongodb:27017/rag?authSource=rag" },
      ["mongodb: mongodb at mongodb:27017"],
    ],
    [{ MONGODB_URI: "mongodb://mongodb/rag" }, ["mongodb: mongodb at mongodb:27017"]],
    [
      { MONGO_URL: "mongodb+srv://u:p@cluster.example.net/rag" },
      ["mongo: mongodb at cluster.example.net:27017"],
    ],
    [
      { NEO4J_URI: "neo4j://graph:7687", NEO4J_USERNAME: "neo4j", NEO4J_PASSWORD: "p" },
      ["neo4j: neo4j at graph:7687"],
    ],
    [{ NEO4J_URI: "neo4j+s://graph.example.com" }, ["neo4j: neo4j at graph.example.com:7687"]],
    [{ GRAPH_URL: "bolt://graph" }, ["graph: neo4j at graph:7687"]],
    [{ KAFKA_BOOTSTRAP_SERVERS: "kafka:9092" }, ["kafka: kafka at kafka:9092"]],
    [{ KAFKA_BOOTSTRAP_SERVERS: "kafka" }, ["kafka: kafka at kafka:9092"]],
    [
      {
        KAFKA_BOOTSTRAP_SERVERS: "b1.example.com:9096, b2.example.com:9096",
        KAFKA_SASL_USERNAME: "core",
        KAFKA_SASL_PASSWORD: "p",
      },
      ["kafka: kafka at b1.example.com:9096"],
    ],
    [{ CHROMA_URL: "http://chroma:8000" }, ["chroma: chroma at chroma:8000"]],
    [{ CHROMA_HOST: "chroma" }, ["chroma: chroma at chroma:8000"]],
    [{ CHROMA_HOST: "chroma", CHROMA_PORT: "8100" }, ["chroma: chroma at chroma:8100"]],
    [{ QDRANT_URL: "http://qdrant:6333", QDRANT_API_KEY: "k" }, ["qdrant: qdrant at qdrant:6333"]],
    [{ OLLAMA_URL: "http://ollama:11434" }, ["ollama: ollama at ollama:11434"]],
    [{ OLLAMA_BASE_URL: "https://models.example.com" }, ["ollama: ollama at models.example.com:443"]],
    [{ OLLAMA_HOST: "http://ollama:11434" }, ["ollama: ollama at ollama:11434"]],
    [{ OLLAMA_HOST: "ollama" }, ["ollama: ollama at ollama:11434"]],
    [{ QDRANT_HOST: "qdrant", QDRANT_API_KEY: "k" }, ["qdrant: qdrant at qdrant:6333"]],
    [{ QDRANT_HOST: "qdrant", QDRANT_PORT: "6400" }, ["qdrant: qdrant at qdrant:6400"]],
    [
      { WEAVIATE_URL: "http://weaviate:8080", WEAVIATE_API_KEY: "k" },
      ["weaviate: weaviate at weaviate:8080"],
    ],
    [
      { ELASTICSEARCH_URL: "http://u:p@elasticsearch:9200" },
      ["elasticsearch: elasticsearch at elasticsearch:9200"],
    ],
    [{ ELASTICSEARCH_HOST: "search" }, ["elasticsearch: elasticsearch at search:9200"]],
    [{ ORCHESTRATOR_URL: "http://orchestrator:8001" }, ["orchestrator: http at orchestrator:8001"]],
    [{ WORKFLOW_ENGINE_URL: "https://workflow-engine" }, ["workflow-engine: http at workflow-engine:443"]],
    [
      {
        POSTGRES_HOST: "postgres",
        POSTGRES_PORT: "5432",
        POSTGRES_USER: "u",
        POSTGRES_PASSWORD: "p",
        POSTGRES_DB: "d",
      },
      ["postgres: postgresql at postgres:5432"],
    ],
  ])("[D] finds in %o %j", (variables, expected) => {
    expect(found(variables)).toEqual(expected);
    expect(discover(variables).problems).toEqual([]);
  });

  it.each<[Record<string, string>, string]>([
    [
      { OPENAI_API_KEY: "sk-1234", JWT_SECRET_KEY: "0123", PINECONE_API_KEY: "pc" },
      "keys of external services",
    ],
    [{ OPENAI_BASE_URL: "https://api.openai.com/v1" }, "addresses of external services"],
    [{ CORS_ORIGINS: '["http://localhost:3000"]', LOG_LEVEL: "INFO" }, "settings"],
    [{ NEXT_PUBLIC_API_URL: "http://localhost:8080/api" }, "addresses for the browser"],
    [{ STATIC_URL: "/static/", WEBHOOK_URL: "" }, "paths and empty addresses"],
    [{ HTTP_PROXY: "http://proxy:3128" }, "addresses under another kind of name"],
  ])("does not take %o for dependencies: %s", (variables) => {
    expect(discover(variables)).toEqual({
      dependencies: [],
      problems: [],
    });
  });

  it("takes an address in parts only where no URL names the same protocol", () => {
    const variables = { DATABASE_URL: "postgresql://u:p@primary:5432/d", POSTGRES_HOST: "postgres" };
    expect(found(variables)).toEqual(["database: postgresql at primary:5432"]);
  });

  it("says which addresses it can't use, all at once and without their values", () => {
    const { problems } = discover({
      DATABASE_URL: "postgresql//app:hidden@db",
      LEDGER_URL: "ldap://app:hidden@ledger",
      CHROMA_HOST: "chroma",
      CHROMA_PORT: "eight thousand",
      REDIS_URL: "redis:///0",
      KAFKA_BOOTSTRAP_SERVERS: "kafka:plain",
    });
    expect(problems).toHaveLength(5);
    expect(problems[0]).toMatch(/^DATABASE_URL is not a URL: expected scheme:/);
    expect(problems[1]).toMatch(
      /^LEDGER_URL has the scheme "ldap", which is not spoken here: postgresql, postgres, redis/,
    );
    expect(problems[2]).toBe("REDIS_URL names no host");
    expect(problems).toContainEqual(expect.stringMatching(/^CHROMA_HOST and CHROMA_PORT make no address/));
    expect(problems).toContainEqual(expect.stringMatching(/^KAFKA_BOOTSTRAP_SERVERS makes no address/));
    expect(problems.join()).not.toContain("hidden");
  });

  it("[G3] keeps any password out of all but the URL, and keeps it whole there", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 1, unit: "grapheme" }),
        (user, password) => {
          const parts = { POSTGRES_HOST: "db", POSTGRES_USER: user, POSTGRES_PASSWORD: `~${password}~` };
          const { dependencies } = discover(parts);
          const { url, ...shown } = dependencies[0] as Dependency;
          expect(decodeURIComponent(url.password)).toBe(`~${password}~`);
          expect(decodeURIComponent(url.username)).toBe(user);
          expect(JSON.stringify(shown)).not.toContain(`~${password}~`);
        },
      ),
    );
  });
});
