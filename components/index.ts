export {
  ELITEDESK,
  type Demand,
  judge,
  type Machine,
  PROMISED_SHARE,
  type Verdict,
} from "./model/capacity.ts";
export type {
  Alert,
  Alerts,
  Dashboard,
  Metrics,
  MetricsCredentials,
  Monitored,
  NamedQuery,
  Panel,
  PanelKind,
  PanelUnit,
  Watchable,
  Watched,
} from "./model/monitoring.ts";
export { type Endpoint, type Grant, type Port, ref, Reference, type Setting } from "./model/reference.ts";
export type { SharedVolume, SharedVolumeArgs } from "./model/shared-volume.ts";
export { type Schedule, type TimeOfDay, type Weekday } from "./model/schedule.ts";
export type { Exposure, MetricsServer, Placement, Route, Step, Target } from "./model/target.ts";
export type { SaslLogin, Scaling, Signal } from "./model/scaling.ts";
export {
  type Check,
  FILES,
  type JobWorkload,
  type KernelNeed,
  type MachineView,
  type Probe,
  type Probes,
  type Recipe,
  type Resources,
  type SharedFolder,
  type Site,
  type User,
  type Volume,
  type Workload,
} from "./model/workload.ts";
export { images, type ImageName } from "./images.ts";
export {
  type Authority,
  authority,
  type Certificate,
  certificate,
  type CertificateArgs,
} from "./secrets/certificate.ts";
export { hexKey, password } from "./secrets/password.ts";
export { passwordProblems, strongPassword } from "./secrets/strong-password.ts";
export { CeleryWorker, type CeleryVariables, type CeleryWorkerArgs } from "./services/celery-worker.ts";
export { Chroma, CHROMA_RESOURCES, type ChromaArgs, type ChromaServer } from "./services/chroma.ts";
export type { Database, DatabaseServer } from "./services/database.ts";
export type { DocumentDatabase, DocumentServer } from "./services/document-database.ts";
export { Elasticsearch, ELASTICSEARCH_RESOURCES, type ElasticsearchArgs } from "./services/elasticsearch.ts";
export {
  ExternalElasticsearch,
  type ExternalElasticsearchArgs,
  type GivenUser,
} from "./services/external-elasticsearch.ts";
export type { SearchClient, SearchServer } from "./services/search-client.ts";
export type { IndexDefinition, Indices } from "./services/search-preparation.ts";
export { externalChroma, type ExternalChromaArgs } from "./services/external-chroma.ts";
export {
  externalMongodb,
  type ExternalMongodbArgs,
  type GivenDocumentDatabase,
} from "./services/external-mongodb.ts";
export {
  ExternalPostgres,
  type ExternalPostgresArgs,
  type GivenDatabase,
  type PostgresAdministrator,
} from "./services/external-postgres.ts";
export { externalNeo4j, type ExternalNeo4jArgs } from "./services/external-neo4j.ts";
export { externalKafka, type ExternalKafkaArgs, type GivenKafkaClient } from "./services/external-kafka.ts";
export { externalQdrant, type ExternalQdrantArgs } from "./services/external-qdrant.ts";
export { externalOllama, type ExternalOllamaArgs } from "./services/external-ollama.ts";
export { externalWeaviate, type ExternalWeaviateArgs } from "./services/external-weaviate.ts";
export { externalRedis, type ExternalRedisArgs } from "./services/external-redis.ts";
export { EXPORTER_RESOURCES } from "./services/exporter.ts";
export { Flower, FLOWER_RESOURCES, type FlowerArgs } from "./services/flower.ts";
export { Gateway, type GatewayArgs } from "./services/gateway.ts";
export { Grafana, GRAFANA_RESOURCES, type GrafanaArgs } from "./services/grafana.ts";
export { HttpService, type HttpServiceArgs } from "./services/http-service.ts";
export {
  HF_HOME,
  HuggingFaceModel,
  type HuggingFaceHub,
  type HuggingFaceModelArgs,
  type HuggingFaceSource,
  HF_OFFLINE,
} from "./services/hugging-face-model.ts";
export { Jaeger, JAEGER_RESOURCES, type JaegerArgs } from "./services/jaeger.ts";
export { Job, JOB_RESOURCES, type JobArgs } from "./services/job.ts";
export {
  Kafka,
  KAFKA_RESOURCES,
  type KafkaArgs,
  type KafkaClient,
  type KafkaClientArgs,
  type KafkaServer,
  type KafkaTopic,
  type KafkaTopicArgs,
} from "./services/kafka.ts";
export { Mongodb, MONGODB_RESOURCES, type MongodbArgs } from "./services/mongodb.ts";
export {
  type GraphServer,
  Neo4j,
  NEO4J_RESOURCES,
  type Neo4jArgs,
  type Neo4jLicence,
} from "./services/neo4j.ts";
export { MongodbExporter, type MongodbExporterArgs } from "./services/mongodb-exporter.ts";
export { NodeExporter, type NodeExporterArgs } from "./services/node-exporter.ts";
export { Ollama, OLLAMA_RESOURCES, type OllamaArgs, type OllamaServer } from "./services/ollama.ts";
export type { ModelArchive } from "./services/model-archive.ts";
export type { ArchivedModel, OllamaModel, PulledModel } from "./services/ollama-model.ts";
export {
  OtelCollector,
  OTEL_COLLECTOR_RESOURCES,
  type OtelCollectorArgs,
} from "./services/otel-collector.ts";
export type { Logs, Traces } from "./services/otel-collector-recipe.ts";
export { Postgres, POSTGRES_RESOURCES, type PostgresArgs } from "./services/postgres.ts";
export { PostgresExporter, type PostgresExporterArgs } from "./services/postgres-exporter.ts";
export { Prometheus, PROMETHEUS_RESOURCES, type PrometheusArgs } from "./services/prometheus.ts";
export { Qdrant, QDRANT_RESOURCES, type QdrantArgs, type QdrantServer } from "./services/qdrant.ts";
export { Redis, REDIS_RESOURCES, type RedisArgs, type RedisServer } from "./services/redis.ts";
export { RedisExporter, type RedisExporterArgs } from "./services/redis-exporter.ts";
export {
  POSTGRES_COPIES,
  ReplicatedPostgres,
  type ReplicatedPostgresArgs,
} from "./services/replicated-postgres.ts";
export { Weaviate, WEAVIATE_RESOURCES, type WeaviateArgs, type WeaviateServer } from "./services/weaviate.ts";
export { Worker, type WorkerArgs } from "./services/worker.ts";
export { AGENT_DASHBOARD } from "./monitoring/agent-dashboard.ts";
export { STANDARD_ALERTS } from "./monitoring/standard-alerts.ts";
export { STANDARD_DASHBOARDS } from "./monitoring/standard-dashboards.ts";
export { Acceleration } from "./platforms/acceleration.ts";
export type {
  AccelerationArgs,
  AccelerationExternal,
  ExternalDatabase,
  PineconeIndex,
} from "./platforms/acceleration-args.ts";
export type { ModelProvider } from "./platforms/acceleration-settings.ts";
export type { ServiceName } from "./platforms/acceleration-services.ts";
export type { Environment } from "./platforms/environment.ts";
export { Melvin } from "./platforms/melvin.ts";
export type {
  Administrator,
  ExternalApi,
  MelvinArgs,
  MelvinExternal,
  MelvinSizes,
  MelvinVectors,
  ScryfallSettings,
} from "./platforms/melvin-args.ts";
export type { MelvinCommand, MelvinService, MelvinSize } from "./platforms/melvin-services.ts";
export { Orchestration } from "./platforms/orchestration.ts";
export type {
  OrchestrationArgs,
  OrchestrationCommands,
  OrchestrationExternal,
} from "./platforms/orchestration-args.ts";
export type { OrchestrationConfiguration } from "./platforms/orchestration-configuration.ts";
export type { OrchestrationSize } from "./platforms/orchestration-sizes.ts";
export type { LogsArgs, ObservabilityArgs, ObservabilityImages } from "./platforms/observability-args.ts";
export { Semantik } from "./platforms/semantik.ts";
export type {
  EmbeddingModel,
  SemantikArgs,
  SemantikCommands,
  SemantikExternal,
  SemantikStorage,
  Superuser,
} from "./platforms/semantik-args.ts";
export type { SemantikVariables } from "./platforms/semantik-variables.ts";
export { Skills } from "./platforms/skills.ts";
export type {
  ElasticsearchChoice,
  McpApiKeys,
  SkillsArgs,
  SkillsEmbedding,
  SkillsExternal,
  SkillsSizes,
} from "./platforms/skills-args.ts";
export type { SkillsCommand, SkillsService, SkillsSize } from "./platforms/skills-services.ts";
export { Kubernetes } from "./targets/kubernetes/kubernetes.ts";
export type { KubernetesArgs, RegistryCredentials } from "./targets/kubernetes/kubernetes-args.ts";
export type {
  AddOn,
  Cluster,
  ClusterEntry,
  Features,
  NodePool,
  PrometheusOperator,
} from "./targets/kubernetes/cluster.ts";
export type { FilledVolume } from "./targets/kubernetes/folders.ts";
export type { EntryTls } from "./targets/kubernetes/entry.ts";
export { Docker } from "./targets/docker/docker.ts";
export type { DockerArgs } from "./targets/docker/docker-args.ts";
export { type ListedContainer, type Neighbours, neighboursAmong } from "./targets/docker/neighbours.ts";
export type { Tls } from "./targets/docker/proxy.ts";
