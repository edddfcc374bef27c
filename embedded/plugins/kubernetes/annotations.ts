/** Annotations by which a program says how one object is managed; the official plugin's. */
export const annotations = {
  /** "true": the name was made up, so a replacement may get another. Set by the plugin itself. */
  autonamed: "pulumi.com/autonamed",
  /** `foreground` (the default), `background` or `orphan`. */
  deletionPropagationPolicy: "pulumi.com/deletionPropagationPolicy",
  /** The name of the manager of the fields that the program sets. */
  patchFieldManager: "pulumi.com/patchFieldManager",
  /** "true": fields that others have set are taken over. */
  patchForce: "pulumi.com/patchForce",
  /** "true": a Job that is not ready is replaced by the next update. */
  replaceUnready: "pulumi.com/replaceUnready",
  /** "true": the object counts as ready at once. */
  skipAwait: "pulumi.com/skipAwait",
  /** How long readiness is waited for, where the program sets no `customTimeouts`. */
  timeoutSeconds: "pulumi.com/timeoutSeconds",
} as const;
