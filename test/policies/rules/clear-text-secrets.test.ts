import { clearTextSecrets } from "../../../policies/rules/clear-text-secrets.ts";
import { expect, it } from "vitest";
import { audit, notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer, dockerVolume, kubernetes } from "../examples.ts";
import { judge } from "../judge.ts";

const envs = (...variables: string[]) => dockerContainer({ envs: variables });
const run = (...words: string[]) => dockerContainer({ entrypoints: words });
const token = "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";
const key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA\n-----END EC PRIVATE KEY-----";

const scaledObject = (metadata: object) =>
  kubernetes("keda.sh/v1alpha1:ScaledObject", { spec: { triggers: [{ type: "rabbitmq", metadata }] } });

judge(
  clearTextSecrets,
  {
    passes: [
      [
        "the path of a file",
        envs("POSTGRES_PASSWORD_FILE=/run/keelson/password", "JWT_SECRET=/run/keelson/jwt"),
      ],
      [
        "names that only contain the word",
        envs("ACCESS_TOKEN_EXPIRE_MINUTES=1440", "MAX_TOKENS=512", "SECRET_NAME=api"),
      ],
      ["a switch", envs("REQUIRE_PASSWORD=true")],
      ["a URL without a password", envs("DATABASE_URL=postgresql://webui@db:5432/webui?ssl=require")],
      [
        "a variable that the shell fills in",
        run("sh", "-c", 'PGPASSWORD="$(cat /run/keelson/password)" psql -U "$USER"'),
      ],
      ["a URL that the shell fills in", run("sh", "-c", "redis-cli -u redis://:$PASSWORD@cache:6379/0 ping")],
      ["an option with a path", run("server", "--password-file", "/run/keelson/password")],
      ["values that are computed during the deployment", envs(notKnownYet)],
      ["a name that the configuration allows", envs("CANCEL_TOKEN=stop"), { allowedNames: ["CANCEL_TOKEN"] }],
      ["files that a volume carries", dockerCarrier()],
      ["a variable that comes from a Secret", deployment()],
      [
        "a variable that refers to another",
        deployment({ container: { env: [{ name: "PASSWORD", value: "$(DB_PASSWORD)" }] } }),
      ],
      [
        "settings without credentials",
        kubernetes("core/v1:ConfigMap", { data: { "app.yaml": "pool:\n  size: 5\n" } }),
      ],
      [
        "a Secret, where credentials belong",
        kubernetes("core/v1:Secret", { stringData: { PASSWORD: "hunter2" } }),
      ],
      ["what an autoscaler is told of a queue", scaledObject({ queueLength: "20", passwordFromEnv: "AMQP" })],
    ],
    fails: [
      [
        "a variable by its name",
        envs("POSTGRES_PASSWORD=hunter2"),
        /variable "POSTGRES_PASSWORD" of "api" holds a cred/,
      ],
      ["a placeholder, which is a password too", envs("JWT_SECRET_KEY=changeme"), /"JWT_SECRET_KEY"/],
      ["a name in another spelling", envs("openaiApiKey=abc123"), /"openaiApiKey"/],
      [
        "a URL with a password",
        envs("DATABASE_URL=postgresql://webui:hunter2@db:5432/webui"),
        /a URL with a password/,
      ],
      [
        "a URL with a password and no user",
        envs("REDIS_URL=redis://:hunter2@cache:6379/0"),
        /a URL with a password/,
      ],
      [
        "a known token, whatever its name",
        envs(`GREETING=hello ${token}`),
        /what secretlint calls GITHUB_TOKEN/,
      ],
      [
        "an option and its value",
        run("server", "--password", "hunter2"),
        /argument 2 of the entrypoints .*"--password"/,
      ],
      ["an option with its value", run("server", "--api-key=hunter2"), /"api-key"/],
      ["an assignment in a script", run("sh", "-c", "PGPASSWORD=hunter2 psql"), /argument 2 .*"PGPASSWORD"/],
      [
        "a health check",
        dockerContainer({ healthcheck: { tests: ["CMD", "ping", "--password", "hunter2"] } }),
        /health check/,
      ],
      [
        "a label",
        dockerVolume({ labels: [{ label: "backup.token", value: "hunter2" }] }),
        /label of "db-data" "backup.token"/,
      ],
      [
        "a pod's variable",
        deployment({ container: { env: [{ name: "DB_PASSWORD", value: "hunter2" }] } }),
        /"DB_PASSWORD"/,
      ],
      [
        "a pod's argument",
        deployment({ container: { args: ["--token", "hunter2"] } }),
        /argument 1 of the args/,
      ],
      [
        "an annotation",
        deployment({ annotations: { "example.com/api-key": "hunter2" } }),
        /annotation of "api"/,
      ],
      [
        "an annotation of a Secret",
        kubernetes("core/v1:Secret", {}, { "example.com/password": "hunter2" }),
        /annotation of "api" "example.com\/password"/,
      ],
      [
        "what an autoscaler is told",
        scaledObject({ host: "amqp://user:hunter2@queue:5672" }),
        /"host" of trigger 0 of "api" holds a URL with a password/,
      ],
      [
        "a private key among the settings",
        kubernetes("core/v1:ConfigMap", { data: { "tls.pem": key } }),
        /a private key/,
      ],
      [
        "a password inside a file of settings",
        kubernetes("core/v1:ConfigMap", { data: { "app.yaml": "db:\n  user: api\n  password: hunter2\n" } }),
        /"app.yaml" of config map "api" .*"password"/,
      ],
    ],
  },
  "G3",
);

it.each(["PASSWORD=hunter2", "URL=redis://:hunter2@cache", `TEXT=hunter2 ${token}`])(
  "[G3] a report about %s never repeats the credential",
  async (variable) => {
    const [report] = await audit(clearTextSecrets, envs(variable));
    expect(report).toBeDefined();
    expect(report).not.toContain("hunter2");
    expect(report).not.toContain(token);
  },
);
