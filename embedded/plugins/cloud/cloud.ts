import type { Missing } from "./references.ts";
import type { LocalCluster } from "./local-cluster.ts";
import type { CloudStore, Stored } from "./store.ts";

/** A cloud as it is imagined: how it calls itself, and the words in which it refuses what cannot be. */
export interface Cloud {
  /** As its vendor writes it: `AWS`. */
  readonly title: string;
  /** The embedded plugin's name, which is its folder in the store too: `aws`. */
  readonly name: string;
  readonly refusals: {
    /** An input names something that does not exist. */
    readonly notFound: (missing: Missing) => string;
    /** Something with this id exists already. */
    readonly exists: (type: string, id: string) => string;
    /** Something is to be deleted that others still refer to. */
    readonly inUse: (type: string, id: string, users: readonly Stored[]) => string;
  };
}

/** What `configure` of a cloud's plugin answers at least. */
export interface CloudConfiguration {
  readonly cloud: Cloud;
  readonly store: CloudStore;
  readonly localCluster: LocalCluster;
}

/** What every output says of the cloud that made it. */
export function announcement({ title }: Cloud): string {
  return `this is keelson's embedded stand-in for ${title}: nothing is made in any cloud`;
}
