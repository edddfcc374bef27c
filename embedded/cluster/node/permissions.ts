/** What may be done to which kinds of objects. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** A role of the whole cluster, named as its one user. */
export function permissions(user: string, rules: readonly Rule[]) {
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const metadata = { name: user };
  return [
    { apiVersion, kind: "ClusterRole", metadata, rules },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: user },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }],
    },
  ];
}
