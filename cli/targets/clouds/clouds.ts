import { cloudKind } from "./kind.ts";

/** Amazon Web Services: https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html */
export const eks = cloudKind({
  title: "Amazon EKS",
  program: "aws",
  remedy:
    "install the AWS CLI, version 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
});

/** Google Cloud: https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin */
export const gke = cloudKind({
  title: "Google Kubernetes Engine",
  program: "gke-gcloud-auth-plugin",
  remedy: "install it with the Google Cloud CLI: gcloud components install gke-gcloud-auth-plugin",
});

/** Azure: https://learn.microsoft.com/azure/aks/kubelogin-authentication */
export const aks = cloudKind({
  title: "Azure Kubernetes Service",
  program: "kubelogin",
  remedy: "install it with the Azure CLI: az aks install-cli",
});
