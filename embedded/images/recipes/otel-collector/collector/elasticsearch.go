package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/pdata/plog"
)

// elasticsearchConfig holds those settings of the official exporter that keelson makes use of, by the same names.
type elasticsearchConfig struct {
	confighttp.ClientConfig `mapstructure:",squash"`
	Queue                   exporterhelper.QueueBatchConfig `mapstructure:"sending_queue"`
	Retry                   configretry.BackOffConfig       `mapstructure:"retry_on_failure"`
	LogsIndex               string                          `mapstructure:"logs_index"`
	LogstashFormat          struct {
		Enabled bool `mapstructure:"enabled"`
	} `mapstructure:"logstash_format"`
	Mapping struct {
		Mode string `mapstructure:"mode"`
	} `mapstructure:"mapping"`
}

// Validate refuses what the official exporter would do otherwise.
func (config *elasticsearchConfig) Validate() error {
	if config.Endpoint == "" || config.LogsIndex == "" {
		return errors.New("endpoint and logs_index are needed")
	}
	if config.Mapping.Mode != "ecs" || !config.LogstashFormat.Enabled {
		return errors.New("this stand-in knows no other mapping::mode than ecs, and needs logstash_format::enabled")
	}
	return nil
}

func newElasticsearchFactory() exporter.Factory {
	return exporter.NewFactory(
		component.MustNewType("elasticsearch"),
		func() component.Config {
			client := confighttp.NewDefaultClientConfig()
			client.Timeout = 90 * time.Second
			return &elasticsearchConfig{
				ClientConfig: client,
				Queue:        exporterhelper.NewDefaultQueueConfig(),
				Retry:        configretry.NewDefaultBackOffConfig(),
			}
		},
		exporter.WithLogs(newElasticsearchLogs, component.StabilityLevelDevelopment),
	)
}

func newElasticsearchLogs(ctx context.Context, set exporter.Settings, config component.Config) (exporter.Logs, error) {
	elasticsearch := &elasticsearchExporter{config: config.(*elasticsearchConfig), telemetry: set.TelemetrySettings}
	return exporterhelper.NewLogs(ctx, set, config, elasticsearch.push,
		exporterhelper.WithStart(elasticsearch.start),
		// The client has a time limit of its own.
		exporterhelper.WithTimeout(exporterhelper.TimeoutConfig{Timeout: 0}),
		exporterhelper.WithRetry(elasticsearch.config.Retry),
		exporterhelper.WithQueue(elasticsearch.config.Queue),
	)
}

type elasticsearchExporter struct {
	config    *elasticsearchConfig
	telemetry component.TelemetrySettings
	client    *http.Client
}

func (e *elasticsearchExporter) start(ctx context.Context, host component.Host) (err error) {
	e.client, err = e.config.ToClient(ctx, host, e.telemetry)
	return err
}

// push writes records by the bulk API. What the server refuses for good, such as a field that has another type in the index,
// is lost, and counted and logged as such; everything else comes again.
func (e *elasticsearchExporter) push(ctx context.Context, logs plog.Logs) error {
	body, err := e.bulk(logs)
	if err != nil {
		return consumererror.NewPermanent(err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(e.config.Endpoint, "/")+"/_bulk", body)
	if err != nil {
		return consumererror.NewPermanent(err)
	}
	request.Header.Set("Content-Type", "application/x-ndjson")
	response, err := e.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	switch {
	case response.StatusCode == http.StatusTooManyRequests || response.StatusCode >= http.StatusInternalServerError:
		return fmt.Errorf("the server answered %s", response.Status)
	case response.StatusCode != http.StatusOK:
		return consumererror.NewPermanent(fmt.Errorf("the server answered %s: %s", response.Status, answer))
	}
	return refused(answer)
}

func (e *elasticsearchExporter) bulk(logs plog.Logs) (*bytes.Buffer, error) {
	body := &bytes.Buffer{}
	lines := json.NewEncoder(body)
	for _, resource := range logs.ResourceLogs().All() {
		for _, scope := range resource.ScopeLogs().All() {
			for _, record := range scope.LogRecords().All() {
				at := timeOf(record)
				action := map[string]any{"create": map[string]any{"_index": e.config.LogsIndex + "-" + at.Format("2006.01.02")}}
				if err := errors.Join(lines.Encode(action), lines.Encode(document(resource.Resource(), record, at))); err != nil {
					return nil, err
				}
			}
		}
	}
	return body, nil
}

// refused tells how many of a request's records are not in the index, and why the first is not.
func refused(answer []byte) error {
	var result struct {
		Errors bool
		Items  []map[string]struct {
			Status int
			Error  struct{ Type, Reason string }
		}
	}
	if err := json.Unmarshal(answer, &result); err != nil || !result.Errors {
		return err
	}
	var reasons []string
	for _, item := range result.Items {
		for _, outcome := range item {
			if outcome.Status >= http.StatusBadRequest {
				reasons = append(reasons, outcome.Error.Type+": "+outcome.Error.Reason)
			}
		}
	}
	return consumererror.NewPermanent(fmt.Errorf("the server refused %d records, the first for %s", len(reasons), reasons[0]))
}
