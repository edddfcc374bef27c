module keelson/embedded/mongodb-exporter

go 1.26.0

tool github.com/percona/mongodb_exporter

require github.com/percona/mongodb_exporter v0.54.0
