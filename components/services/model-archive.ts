/** A file with a model, and the SHA-256 that it must have, in hexadecimal. */
export type ModelArchive = { readonly sha256: string } & (
  | {
      /** Where the job downloads it; no secret may be in it. */
      readonly url: string;
    }
  | {
      /** A folder of the target, by the name under which the target knows it. */
      readonly folder: string;
      /** Where the file is within that folder. */
      readonly path: string;
    }
);

/** Where jobs find the folder of the target that archives are in. */
export const ARCHIVES = "/archives";
