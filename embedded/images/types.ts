import type Docker from "dockerode";
import type { ImageName as PublicImageName, OwnImageName } from "../../components/images.ts";

/** An image of the catalogue, or one that is always built here. */
export type ImageName = PublicImageName | OwnImageName;

/** An image that is present on the Docker host, and how it came there. */
export interface ObtainedImage {
  /** Name and tag, as given to `docker run`. */
  readonly reference: string;
  /** Whether it is the official image or its stand-in; for one that is always built here: what it is built on. */
  readonly kind: "official" | "embedded";
  /** How it was come by, in one phrase without a full stop. */
  readonly why: string;
}

/** What obtaining images needs. */
export interface ImagesOptions {
  /** The engine on which the images shall be present. */
  readonly docker: Docker;
  /** Is told, line by line, what is being pulled and built. */
  readonly report: (line: string) => void;
  /** The folder of caches and state. @defaultValue `keelsonHome()` */
  readonly home?: string;
  /** Stops pulls and builds, and has them clean up. SIGINT and SIGTERM do so in any case. */
  readonly signal?: AbortSignal;
}
