import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { Reference, type Setting } from "../model/reference.ts";
import type { SharedVolume } from "../model/shared-volume.ts";
import type { Step, Target } from "../model/target.ts";
import type { Resources, User } from "../model/workload.ts";
import { Job, type JobArgs } from "./job.ts";
import { ARCHIVES, type ModelArchive } from "./model-archive.ts";

/** Arguments of {@link HuggingFaceModel}. */
export interface HuggingFaceModelArgs {
  readonly target: Target;
  /** Image that has the command `hf`: as a rule the application's own. */
  readonly image: string;
  /** What becomes `HF_HOME`; those that read models have it too, read-only, with `HF_HUB_OFFLINE`. */
  readonly cache: SharedVolume;
  /** As the hub has it: `Qwen/Qwen3-Embedding-0.6B`. */
  readonly model: string;
  /**
   * Branch, tag or commit; a commit alone is the same model every time.
   *
   * @defaultValue "main"
   */
  readonly revision?: string;
  /**
   * Where it comes from.
   *
   * @defaultValue the public hub
   */
  readonly source?: HuggingFaceSource;
  /**
   * Downloads from a hub; the model's name, `--revision` and the revision are appended.
   *
   * @defaultValue `hf download`
   */
  readonly command?: readonly string[];
  /**
   * Image that downloads and unpacks archives: `curl`, `tar` and a shell are in it.
   *
   * @defaultValue the catalogue's
   */
  readonly toolsImage?: string;
  /** @defaultValue 1000:1000 */
  readonly user?: User;
  /**
   * Time after which the download counts as failed, in seconds.
   *
   * @defaultValue 3600
   */
  readonly deadlineSeconds?: number;
}

/** Where a model comes from: a hub, or an archive that somebody made. */
export type HuggingFaceSource = HuggingFaceHub | ({ readonly kind: "archive" } & ModelArchive);

/** The public hub, or another that answers as it does. */
export interface HuggingFaceHub {
  readonly kind: "hub";
  /** @defaultValue "https://huggingface.co" */
  readonly endpoint?: string;
  /**
   * What the hub knows its users by, for models that not everybody may have.
   *
   * @defaultValue none
   */
  readonly token?: pulumi.Input<string>;
}

/** Folder that becomes `HF_HOME`, wherever a model is written or read. */
export const HF_HOME = "/app/.cache/huggingface";

/** What a program is told that reads models from a cache, and asks no hub. */
export const HF_OFFLINE: Readonly<Record<string, Setting>> = { HF_HOME, HF_HUB_OFFLINE: true };

const PUBLIC_HUB = "https://huggingface.co";

/** Files are written as they come, so that memory does not follow the size of the model. */
const DOWNLOAD_RESOURCES: Resources = {
  cpuRequest: 0.1,
  cpuLimit: 2,
  memoryRequestMiB: 256,
  memoryLimitMiB: 2048,
};

/**
 * A model in the layout of Hugging Face's cache, brought there by a job: again when model, revision or source change. The
 * services that read it come `after` it.
 */
export class HuggingFaceModel extends pulumi.ComponentResource implements Step {
  readonly done: pulumi.Input<pulumi.Resource>;

  constructor(name: string, args: HuggingFaceModelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:HuggingFaceModel", name, {}, opts);
    const { target, cache, source = { kind: "hub" }, deadlineSeconds = 3600 } = args;
    const { user = { uid: 1000, gid: 1000 } } = args;
    const problems = huggingFaceProblems(args);
    if (problems.length > 0) throw new pulumi.ResourceError(problems.join("; "), this, true);
    const fetched = wayOf(source).fetch(source, args);
    const { done } = new Job(
      name,
      {
        target,
        ...fetched,
        shared: { models: { volume: cache, path: HF_HOME, writable: true } },
        resources: DOWNLOAD_RESOURCES,
        user,
        deadlineSeconds,
      },
      { parent: this },
    );
    this.done = done;
    this.registerOutputs({});
  }
}

type Fetched = Pick<JobArgs, "image" | "command" | "env" | "folders">;

/** What is known of one kind of source. */
interface Way<Source> {
  readonly fetch: (source: Source, args: HuggingFaceModelArgs) => Fetched;
  readonly problems: (source: Source) => readonly string[];
}

const ways: {
  readonly [Kind in HuggingFaceSource["kind"]]: Way<Extract<HuggingFaceSource, { kind: Kind }>>;
} = {
  hub: { fetch: fromHub, problems: hubProblems },
  archive: { fetch: fromArchive, problems: archiveProblems },
};

function wayOf({ kind }: HuggingFaceSource): Way<HuggingFaceSource> {
  return ways[kind] as Way<HuggingFaceSource>;
}

/** The client's own download: it resumes what was interrupted, and checks what the hub says of each file. */
function fromHub(source: HuggingFaceHub, args: HuggingFaceModelArgs): Fetched {
  const { endpoint = PUBLIC_HUB, token } = source;
  const { image, model, revision = "main", command = ["hf", "download"] } = args;
  return {
    image,
    command: [...command, model, "--revision", revision],
    env: {
      HF_HOME,
      HF_ENDPOINT: Reference.outside(endpoint),
      HF_HUB_DISABLE_TELEMETRY: true,
      // Programs keep caches below their home, which is read-only.
      HOME: "/tmp",
      ...(token !== undefined && { HF_TOKEN: Reference.hidden(token) }),
    },
  };
}

function fromArchive(source: ModelArchive, { model, toolsImage = images.curl }: HuggingFaceModelArgs) {
  const given = "url" in source;
  return {
    image: toolsImage,
    command: ["sh", "-eu", "-c", `${given ? DOWNLOAD : ""}${UNPACK}`],
    env: {
      HF_HOME,
      ARCHIVE_SHA256: source.sha256.toLowerCase(),
      MODEL_FOLDER: `hub/models--${model.replaceAll("/", "--")}`,
      ...(given
        ? { ARCHIVE: `${HF_HOME}/.archive`, ARCHIVE_URL: Reference.outside(source.url) }
        : { ARCHIVE: `${ARCHIVES}/${source.path}` }),
    },
    ...(!given && { folders: { [source.folder]: ARCHIVES } }),
  };
}

/** Onto the volume: `/tmp` is memory. */
const DOWNLOAD = `
trap 'rm -f "$ARCHIVE"' EXIT
curl --silent --show-error --fail --location --output "$ARCHIVE" "$ARCHIVE_URL"
`;

/** Nothing is unpacked that is not what was promised. Not every tar finds out by itself that an archive is compressed. */
const UNPACK = `
fail() { echo "$1" >&2; exit 1; }
[ -r "$ARCHIVE" ] || fail "there is no archive at $ARCHIVE, or it can't be read by user $(id -u)"
found=$(sha256sum "$ARCHIVE" | cut -d " " -f 1)
[ "$found" = "$ARCHIVE_SHA256" ] || fail "the archive has the SHA-256 $found, and is to have $ARCHIVE_SHA256: nothing is unpacked"
compressed=
[ "$(head -c 2 "$ARCHIVE" | od -A n -t x1 | tr -d " ")" != 1f8b ] || compressed=-z
tar -x $compressed -f "$ARCHIVE" -C "$HF_HOME"
[ -d "$HF_HOME/$MODEL_FOLDER/snapshots" ] || fail "the archive has no $MODEL_FOLDER/snapshots; pack it by: tar -C ~/.cache/huggingface -cf model.tar $MODEL_FOLDER"
echo "unpacked $MODEL_FOLDER"
`;

/** A part of what may be said of a model: the form that it has, and what that is, for people. */
interface Form {
  readonly form: RegExp;
  readonly takes: string;
}

/** What may be said of a model; nothing of it needs quoting or leads out of a folder, and no address holds a password. */
export const huggingFaceForms = {
  model: { form: /^\w[\w.-]*(\/\w[\w.-]*)?$/, takes: 'a model of the hub, as in "owner/name"' },
  revision: { form: /^(?!.*\.\.)\w[\w./-]*$/, takes: "a branch, a tag or a commit" },
  endpoint: { form: /^https?:\/\/[^\s/@]+(\/[^\s@]*)?$/, takes: "the address of a hub, as https://…" },
  url: { form: /^https?:\/\/[^\s/@]+\/[^\s@]+$/, takes: "an address without user and password" },
  path: { form: /^(?!\/)(?!.*\.\.)\S+$/, takes: "a path within the folder, as in models/qwen.tar.gz" },
  sha256: { form: /^[0-9a-f]{64}$/i, takes: "64 hexadecimal digits" },
} as const satisfies Readonly<Record<string, Form>>;

/** What can't be right of a model, each in a sentence that begins with the argument. */
export function huggingFaceProblems({
  model,
  revision = "main",
  source = { kind: "hub" },
}: Pick<HuggingFaceModelArgs, "model" | "revision" | "source">): readonly string[] {
  const forms = huggingFaceForms;
  return [
    ...problem("model", model, forms.model),
    ...problem("revision", revision, forms.revision),
    ...wayOf(source).problems(source),
  ];
}

function hubProblems({ endpoint = PUBLIC_HUB }: HuggingFaceHub): readonly string[] {
  return problem("source.endpoint", endpoint, huggingFaceForms.endpoint);
}

function archiveProblems(source: ModelArchive): readonly string[] {
  const { sha256, url, path } = huggingFaceForms;
  return [
    ...problem("source.sha256", source.sha256, sha256),
    ...("url" in source ? problem("source.url", source.url, url) : problem("source.path", source.path, path)),
  ];
}

function problem(path: string, value: string, { form, takes }: Form): readonly string[] {
  return form.test(value)
    ? []
    : [`${path} is "${value.replace(/\/\/.*@/s, "//[secret]@")}"; it takes ${takes}`];
}
