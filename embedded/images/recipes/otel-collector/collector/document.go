package main

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// timeOf is when something happened, or was heard of where that isn't known.
func timeOf(record plog.LogRecord) time.Time {
	if record.Timestamp() != 0 {
		return record.Timestamp().AsTime()
	}
	return record.ObservedTimestamp().AsTime()
}

// renamed holds the attributes that have another name in the Elastic Common Schema.
var renamed = map[string]string{
	"deployment.environment":      "service.environment",
	"deployment.environment.name": "service.environment",
	"service.instance.id":         "service.node.name",
	"event.name":                  "event.action",
	"exception.message":           "error.message",
	"exception.stacktrace":        "error.stack_trace",
	"exception.type":              "error.type",
}

// document is a record with the names of the Elastic Common Schema, each of whose parts is an object.
func document(resource pcommon.Resource, record plog.LogRecord, at time.Time) map[string]any {
	fields := map[string]any{}
	attributes(fields, resource.Attributes())
	attributes(fields, record.Attributes())
	set(fields, "@timestamp", at.Format(time.RFC3339Nano))
	set(fields, "message", record.Body().AsString())
	set(fields, "log.level", record.SeverityText())
	if record.SeverityNumber() != plog.SeverityNumberUnspecified {
		set(fields, "event.severity", int64(record.SeverityNumber()))
	}
	if !record.TraceID().IsEmpty() {
		set(fields, "trace.id", record.TraceID().String())
	}
	if !record.SpanID().IsEmpty() {
		set(fields, "span.id", record.SpanID().String())
	}
	return fields
}

func attributes(fields map[string]any, attributes pcommon.Map) {
	for name, value := range attributes.All() {
		if other, known := renamed[name]; known {
			name = other
		}
		set(fields, name, value.AsRaw())
	}
}

// set puts a value where a name with dots leads. What is both a value and an object keeps the value under "value".
func set(fields map[string]any, name string, value any) {
	parent, rest, nested := strings.Cut(name, ".")
	if !nested {
		if object, isObject := fields[name].(map[string]any); isObject {
			object["value"] = value
		} else {
			fields[name] = value
		}
		return
	}
	object, isObject := fields[parent].(map[string]any)
	if !isObject {
		object = map[string]any{}
		if before, taken := fields[parent]; taken {
			object["value"] = before
		}
		fields[parent] = object
	}
	set(object, rest, value)
}
