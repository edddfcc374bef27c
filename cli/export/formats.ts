import type { Resource } from "../resources.ts";
import { manifests } from "./manifests.ts";

/** A file of an export. */
export interface ExportedFile {
  readonly name: string;
  readonly content: string;
  /** Whether there are secrets in it: then its owner alone may read it. */
  readonly isSecret: boolean;
}

/** What an export is told beside the resources. */
export interface ExportOptions {
  /** Name for the namespace that everything is in, in place of its own. */
  readonly namespace?: string;
}

/** A kind of plain files that a deployment can be written as. */
export interface Format {
  /** Name of the kind of target whose stacks can be written so. */
  readonly target: string;
  /** Ends the names of files that whoever uses a folder of them would take for its own. */
  readonly ending: RegExp;
  /** The files, from the resources of a stack with their secrets in clear. */
  files(resources: readonly Resource[], options: ExportOptions): readonly ExportedFile[];
  /** The command that deploys them. */
  use(folder: string): string;
}

/** Every format, by the name that it is asked for. */
export const formats: Readonly<Record<string, Format>> = { manifests };
