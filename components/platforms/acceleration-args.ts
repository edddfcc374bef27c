import type { Input } from "@pulumi/pulumi";
import type { Target } from "../model/target.ts";
import type { ServiceName } from "./acceleration-services.ts";
import type { ModelProvider } from "./acceleration-settings.ts";
import type { Environment } from "./environment.ts";

/** Arguments of the Acceleration platform. */
export interface AccelerationArgs {
  readonly target: Target;
  /** Host name that browsers use. */
  readonly host: string;
  /** Images of the applications. */
  readonly images: Readonly<Record<ServiceName | "web", string>>;
  /**
   * Images of public services that shall not be the catalogue's.
   *
   * @defaultValue none
   */
  readonly publicImages?: Partial<Record<"postgres" | "redis" | "chroma", string>>;
  /** @defaultValue "production" */
  readonly environment?: Environment;
  /**
   * Where vectors are kept: in a Chroma server of the platform's own, or with Pinecone.
   *
   * @defaultValue Chroma
   */
  readonly vectors?: Vectors;
  /**
   * Keys of language models that the services may ask.
   *
   * @defaultValue none: the services have no way out
   */
  readonly modelKeys?: Partial<Record<ModelProvider, Input<string>>>;
  /**
   * Room for the databases, in GiB.
   *
   * @defaultValue 20
   */
  readonly databaseStorageGiB?: number;
  /**
   * Room for vectors and documents in Chroma, in GiB.
   *
   * @defaultValue 20
   */
  readonly vectorStorageGiB?: number;
}

/** Where vectors are kept. */
export type Vectors =
  | { readonly kind: "chroma" }
  /** `indexUrl` is the address of the index, as Pinecone's console shows it. */
  | { readonly kind: "pinecone"; readonly indexUrl: string; readonly apiKey: Input<string> };
