import { images } from "../images.ts";
import { Reference, type Setting } from "../model/reference.ts";
import { FILES, type JobWorkload } from "../model/workload.ts";
import { ARCHIVES, type ModelArchive } from "./model-archive.ts";

/** A model that an Ollama server is to know: pulled by its name, or made from an archive. */
export type OllamaModel = PulledModel | ArchivedModel;

/** A model of a registry, which the server pulls. */
export interface PulledModel {
  /** As Ollama has it: `gemma2:2b`, or with a registry of its own, as in `hf.co/owner/name:Q4_K_M`. */
  readonly name: string;
  /**
   * SHA-256 of the model's manifest, as the server's `/api/tags` tells it; another model is removed, and fails the job.
   *
   * @defaultValue none: whatever has that name
   */
  readonly digest?: string;
}

/** A model whose weights are given, under a name of one's choice. */
export interface ArchivedModel {
  readonly name: string;
  /** A GGUF file. */
  readonly archive: ModelArchive;
}

/** Name of the job that has a server know a model. */
export function jobName(server: string, { name }: OllamaModel): string {
  const last = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
  return `${server}-${last.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 40)}-model`;
}

/** Registry, owner, name and tag, with nothing that has to be quoted. */
const NAME = /^[A-Za-z0-9][\w.-]*(:\d+)?(\/[A-Za-z0-9_][\w.-]*)*(:[A-Za-z0-9_][\w.-]*)?$/;

const SHA256 = /^[0-9a-f]{64}$/;

/** Why something can't be a model, if so. */
export function problemOf(model: OllamaModel): string | undefined {
  const { name } = model;
  if (!NAME.test(name))
    return `"${name}" is no name of a model; write it as in "gemma2:2b" or "hf.co/owner/name:Q4_K_M"`;
  const digest = "archive" in model ? model.archive.sha256 : model.digest;
  if (digest !== undefined && !SHA256.test(digest))
    return `"${digest}" of model "${name}" is no SHA-256; write its 64 hexadecimal digits in small letters`;
  return undefined;
}

/** Has a server know a model by its HTTP API; safe to repeat. The server's own image has nothing that could. */
export function modelJob(model: OllamaModel, server: Reference): JobWorkload {
  const { env, folders, script } = "archive" in model ? fromArchive(model) : byName(model);
  return {
    image: images.curl,
    command: ["sh", `${FILES}/model.sh`],
    env: { SERVER: server, MODEL: model.name, ...env },
    files: { "model.sh": `${HEAD}${script}` },
    folders,
    scratch: ["/tmp"],
    resources: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 32, memoryLimitMiB: 128 },
    user: { uid: 1000, gid: 1000 },
    // Some gigabytes on a slow line.
    deadlineSeconds: 7200,
  };
}

/** What one source of models needs of a job. */
interface Source {
  readonly env: Readonly<Record<string, Setting>>;
  readonly folders: Readonly<Record<string, string>>;
  readonly script: string;
}

function byName({ name, digest = "" }: PulledModel): Source {
  return { env: { LISTED: listed(name, digest) }, folders: {}, script: PULL };
}

function fromArchive({ archive }: ArchivedModel): Source {
  const { sha256 } = archive;
  return "url" in archive
    ? {
        env: { SHA256: sha256, ARCHIVE: Reference.outside(archive.url) },
        folders: {},
        script: DOWNLOAD + CREATE,
      }
    : {
        env: { SHA256: sha256, ARCHIVE: `${ARCHIVES}/${archive.path}` },
        folders: { [archive.folder]: ARCHIVES },
        script: READ + CREATE,
      };
}

/** How `/api/tags` lists a model of some digest, as a pattern of `grep`: whole names, but those of Ollama's own registry. */
function listed(name: string, digest: string): string {
  const short = name.replace(/^registry\.ollama\.ai\//, "").replace(/^library\//, "");
  const tagged = /:[^/]*$/.test(short) ? short : `${short}:latest`;
  return `"name":"${tagged.replaceAll(".", "\\.")}"[^{}]*"digest":"${digest}`;
}

const HEAD = `set -eu
ask() { curl --globoff --silent --show-error --fail-with-body --write-out '\\n' "$@"; }
fail() { echo "$*" >&2; exit 1; }
`;

const PULL = `listed() { ask "$SERVER/api/tags" | grep -q "$LISTED"; }
if listed; then echo "$MODEL is there already"; exit; fi
echo "$MODEL is being pulled"
ask --data "{\\"model\\":\\"$MODEL\\",\\"stream\\":false}" "$SERVER/api/pull"
if listed; then exit; fi
ask "$SERVER/api/tags"
ask --request DELETE --data "{\\"model\\":\\"$MODEL\\"}" "$SERVER/api/delete"
fail "$MODEL has another digest than it should, as the list above tells, and is removed"
`;

/** The server computes the digest of what it is sent, and knows nothing by a digest that it does not have. */
const CREATE = `ask --data "{\\"model\\":\\"$MODEL\\",\\"files\\":{\\"model.gguf\\":\\"sha256:$SHA256\\"},\\"stream\\":false}" "$SERVER/api/create"
`;

const UNLESS_THERE = `blob=$SERVER/api/blobs/sha256:$SHA256
if ! curl --silent --fail --output /dev/null --head "$blob"; then
`;

const READ = `${UNLESS_THERE}  test -r "$ARCHIVE" || fail "$ARCHIVE is not there, or not to be read by user $(id -u)"
  found=$(sha256sum "$ARCHIVE" | cut -c 1-64)
  test "$found" = "$SHA256" || fail "$ARCHIVE has the SHA-256 $found, and not $SHA256"
  ask --request POST --upload-file "$ARCHIVE" "$blob"
fi
`;

const DOWNLOAD = `${UNLESS_THERE}  curl --globoff --silent --show-error --fail --location "$ARCHIVE" | ask --request POST --upload-file - "$blob"
fi
`;
